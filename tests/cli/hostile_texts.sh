# Documents that are one thing over and over: 200 MB of it in two seconds and
# 64 MB, so 30 MB in .3 s; on a busy machine or not optimized, some times what plain
# words take: what is quadratic takes thousands.
. ./lib.sh
case $FEEDMILL in
*asan* | *fuzz* | *tsan*) exit 0 ;; # sanitizers are slow, and keep what was freed
esac
cat >measure.py <<'P'
import os, subprocess, sys
writer = subprocess.Popen([sys.executable, "huge.py", *sys.argv[1:]], stdout=subprocess.PIPE)
with open("out", "wb") as out, open("err", "wb") as err:
    process = subprocess.Popen([os.environ["FEEDMILL"], "parse", "-"], stdout=out, stderr=err,
                               stdin=writer.stdout)
    writer.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
writer.wait()
print(os.waitstatus_to_exitcode(status), used.ru_maxrss // 1024,
      int(1000 * (used.ru_utime + used.ru_stime)))
P
cat >huge.py <<'P'
import sys
SIZE = int(sys.argv[2])
rss = "<rss version='2.0'><channel><item><title>first</title>%s</item>%s<item><title>last</title></item></channel></rss>"
text = rss % ("<description>%s</description>", "")
atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>first</title>%s</entry><entry><title>last</title></entry></feed>"
xhtml = atom % "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>%s</div></content>"
html = atom % "<content type='html'>%s</content>"
opml = "<opml><head>%s</head><body><outline text='last' xmlUrl='http://a.example/'/></body></opml>"
sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a.example/%s</loc></url><url><loc>http://a.example/last</loc></url></urlset>"
json = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1",%s},{"id":"2","title":"last"}]}'
words = "Some words of text, and more of them. "
kinds = {
    "words": (text, words), "references": (text, "&foo;"), "angles": (text, "< "),
    "returns": (text, "\r"), "nuls": (text, "\0"), "controls": (text, "\u0085"),
    "sections": (text, "<![CDATA[x]]>"), "comments": (text, "<!--x-->"),
    "instructions": (text, "<?x y?>"),
    "brackets": (text % "<![CDATA[%s]]>", "]"), "hyphens": (text % "<!--%s-->", "-"),
    "tags": (text, "<a/>"), "breaks": (text, "<br>"), "pairs": (text, "<a>b</a>"),
    "xhtml": (xhtml, "<p>x</p>"), "html": (html, "&lt;br>"), "opened": (text, "<p>x"),
    "marked": (text % "<![CDATA[%s]]>", "<img src='x'>"),
    "heading": (rss % ("<title>%s</title>", ""), "<b>x</b>"),
    "parts": (rss % ("%s", ""), "<pubDate>x</pubDate>"),
    "depths": (rss % ("%s", ""), "<a><b><c>"), "apart": (rss % ("", "%s"), "<a/>"),
    "between": (rss % ("", "%s"), "< "), "name": (rss % ("<%s/>", ""), "x"),
    "attribute": (rss % ("<enclosure url='%s'/>", ""), "x"),
    "titles": (opml % "<title>%s</title>", words), "outline": (opml % "<outline text='%s'/>", words),
    "loc": (sitemap, "x"), "string": (json % '"title":"%s"', words),
    "halves": (json % '"title":"%s"', "\\ud800"), "number": (json % '"_x":%s', "1"),
    "key": (json % '"%s":1', words),
}
shape, unit = kinds[sys.argv[1]]
begin, end = shape.split("%s")
block = (unit * (1000000 // len(unit))).encode()
try:
    sys.stdout.buffer.write(begin.encode())
    for _ in range(SIZE // len(block)):
        sys.stdout.buffer.write(block)
    sys.stdout.buffer.write(end.encode())
    sys.stdout.buffer.flush()
except BrokenPipeError:
    pass
P
# check MEGABYTES MILLISECONDS TIMES KIND...: at most that long each, or that many
# times what words take.
check() {
    size=$1 limit=$2 times=$3
    shift 3
    usual=0
    for kind in words "$@"; do
        for try in 1 2 3; do # others may have been at work
            read -r status mb ms <<P
$(python3 measure.py $kind ${size}000000)
P
            echo "$kind: $mb MB, $ms ms"
            [ $usual -gt 0 ] || usual=$ms
            [ "$ms" -gt $limit ] && [ "$ms" -gt $((times * usual)) ] || break
        done
        [ "$status" = 0 ] || fail "$kind: status $status"
        grep -q last out || fail "$kind: the last entry is missing"
        [ "$mb" -le 64 ] || fail "$kind: $mb MB"
        [ "$ms" -le $limit ] || [ "$ms" -le $((times * usual)) ] ||
            fail "$kind: $ms ms"
    done
}
check 30 300 40 references angles returns nuls controls sections comments \
    instructions brackets hyphens between name attribute titles outline loc \
    string halves number key
# Markup costs more, up to where the text that holds it is cut.
check 200 2000 60 tags breaks pairs xhtml html opened marked heading parts depths \
    apart
