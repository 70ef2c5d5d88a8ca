# Pages made to cost: each ends soon and in little memory, with a result.
. ./lib.sh
cat >measure.py <<'X'
import os, subprocess, sys
with open("out", "wb") as out, open("err", "wb") as err:
    p = subprocess.Popen([os.environ["FEEDMILL"], "extract", sys.argv[1]],
                         stdout=out, stderr=err)
    _, status, usage = os.wait4(p.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024,
      int(1000 * (usage.ru_utime + usage.ru_stime)))
X
# make NAME BEGIN PIECE TIMES END: a page, written in steps to stay small itself;
# HAN in PIECE stands for a dozen letters, WORD for a word, others each time
make() {
    python3 - "$@" <<'X'
import random, re, sys
name, begin, piece, times, end = sys.argv[1:]
random.seed(name)
han = [chr(0x4E00 + k) for k in range(3000)]
def some(match):
    if match[0] == "HAN":
        return "".join(random.choices(han, k=12))
    return "%x" % random.getrandbits(28)
with open(name, "w") as f:
    f.write("<!doctype html><title>t</title><body><p>A page like no other.</p>" + begin)
    for k in range(0, int(times), 1000):
        f.write(re.sub("HAN|WORD", some, piece * min(1000, int(times) - k)))
    f.write(end)
X
}
# page NAME ...: such a page ends well
page() {
    name=$1
    make "$@"
    read -r status mb ms <<X
$(python3 measure.py "$name")
X
    echo "$name: $mb MB, $ms ms"
    [ "$status" = 0 ] || fail "$name: status $status"
    empty err
    has out '"_feedmill"'
    case $FEEDMILL in
    *asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed, and are slow
    *)
        [ "$mb" -lt 128 ] || fail "$name: $mb MB"
        [ "$ms" -lt 2000 ] || fail "$name: $ms ms"
        ;;
    esac
    rm "$name"
}
page nested.html '' '<div>' 300000 x
page attributes.html '<p ' 'a b=c d="e" ' 50000 '>x</p>'
page formatting.html '' '<a><b><i>' 100000 x
page paragraphs.html '' '<p>x' 4000000 ''
page text.html '<p>' 'some words and no end of them ' 6700000 ''
page cells.html '<table><tr>' '<td>1' 1000000 ''
page rows.html '<table>' '<tr><td>1</td><td>2</td></tr>' 500000 '</table>'
page attribute.html '<p title="' 'abcdefghij' 100000 '">x</p>'
page large_attributes.html '' "<p title=\"$(printf '%01000d' 0)\">x" 16000 ''
page tables.html '' '<table><tr><td>' 100000 x
page comments.html '' '<!--' 4000000 ''
page scripts.html '' '<script>a = "<b>" + "and some more of it";</script>' 200000 x
page script.html '<script>' 'a = "<b>";' 1600000 ''
page links.html '' '<a href=/a>x</a>' 1000000 ''
page captions.html '' '<div><img src=https://a.example/x><p>what is shown</p></div>' 60000 x
page figures.html '<figure><img src=https://a.example/x>' '<figcaption>what is shown' 60000 x
page dates.html '' '<p>2024-11-14 10:00, by Jane Roe</p>' 400000 ''
page references.html '<p>' '&amp;&lt;' 1600000 ''
page lines.txt '' 'x y
' 4000000 ''
page words.txt '' 'some words and no end of them ' 530000 ''
prose='<p>The harbour council met on Tuesday to talk of the breakwater, which the winter storms of the last years have worn down, and voted to rebuild it.</p>'
page offers.html "$prose$prose$prose" '<p>Casino bonus: add vx12345, act now.</p>' 60000 ''
page inserts.html "$prose$prose$prose<p>" 'The harbour is old. Casino bonus: add vx12345. ' 60000 ''
page han.html '' '<p>HAN，HAN。</p>' 30000 ''
page han_breaks.html '<div>' 'HAN<br>' 100000 ''
page han_rows.html '<table>' '<tr><td>HAN<td>HAN' 100000 '</table>'
page han_links.html '<ul>' '<li><a href=/2024/11/14/WORD.html>HAN</a> 2024-11-14' 60000 ''
page word_links.html '' '<p><a href=/WORD>WORD WORD WORD WORD WORD</a>' 60000 ''
page words.html '' '<p>WORD WORD WORD, WORD WORD WORD WORD. WORD WORD, WORD WORD.' 30000 ''
page headings.html '' '<h2>WORD WORD WORD</h2><p>WORD WORD WORD, WORD WORD. WORD WORD WORD.' 15000 ''
