# Large documents that come faster than they can be read wait in files, and memory
# holds only those at hand.
. ./lib.sh
start_site -n 64
python3 - <<'X'
# A legacy charset is the slowest to read.
line = "港口昨天装上了一台新的起重机，码头因此关闭了三天。\n".encode("gbk")
filler = line * (6 * 1024 * 1024 // len(line))
with open("site/large.txt", "wb") as f:
    f.write(b'<?xml version="1.0" encoding="gbk"?><rss version="2.0"><channel>'
            b"<title>Large</title><!-- " + filler + b" --><item><title>Report</title>"
            b"<link>https://example.org/1</link><description>Long ago.</description>"
            b"</item></channel></rss>")
X
set --
allowed=
last=61
case $FEEDMILL in
*tsan*) last=9 ;; # no memory is measured there, and each takes ten times as long
esac
for i in $(seq 2 $last); do
    printf 'type application/xml; charset=gbk\nfile large.txt\n' >"site/l$i.xml.route"
    allowed="$allowed\"127.0.0.$i:$port\", "
    set -- "$@" "http://127.0.0.$i:$port/l$i.xml"
done
mill "$@"
sed -i "s/^timeout:.*/timeout: 60s/; s/^allow_private:.*/allow_private: [${allowed%, }]/" \
    mill/feeds/mill.yaml
cat >measure.py <<'X'
import os, resource, subprocess, sys
with open("out", "wb") as out, open("err", "wb") as err:
    status = subprocess.call([os.environ["FEEDMILL"]] + sys.argv[1:], stdout=out,
                             stderr=err)
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
X
read -r status mb <<X
$(python3 measure.py refresh -C mill --jobs 1)
X
echo "$mb MB"
[ "$status" = 0 ] || fail "status $status"
empty err
has mill/output/news/atom.xml "https://example.org/1\""
[ -z "$(ls mill/.feedmill | grep spool)" ] || fail "files are left"
case $FEEDMILL in
*asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed
*) [ "$mb" -lt 128 ] || fail "the run took $mb MB" ;;
esac
