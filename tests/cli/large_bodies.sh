# Many bodies that are large, or pretend to be, at once: little memory, and those
# that are honest come through.
. ./lib.sh
start_site -n 64
set --
for i in $(seq 2 37); do
    case $((i % 3)) in
    0) printf 'bomb 10737418240\n' ;;
    1) printf 'endless <item><title>again and again</title></item>\n' ;;
    2) printf 'bomb 10737418240\nlength none\n' ;;
    esac >"site/bad$i.route"
    set -- "$@" "http://127.0.0.$i:$port/bad$i"
done
# Honest: an item and two megabytes that do not pack well, plain and compressed.
python3 - <<'X'
import random
random.seed(5)
for i in range(40, 52):
    filler = "".join("%x" % random.getrandbits(400) + "\n" for _ in range(20000))
    open("site/large%d.txt" % i, "w").write(
        '<rss version="2.0"><channel><title>Large %d</title><!-- %s -->'
        "<item><title>Report %d of %x</title><link>https://example.org/large/%d"
        "</link><description>%s</description></item></channel></rss>"
        % (i, filler, i, random.getrandbits(60), i, filler[:400]))
    open("site/large%d.xml.route" % i, "w").write(
        "%sfile large%d.txt\n" % ("gzip\n" if i % 2 else "", i))
X
allowed=
for i in $(seq 2 64); do
    allowed="$allowed\"127.0.0.$i:$port\", "
    [ "$i" -lt 40 ] || [ "$i" -ge 52 ] ||
        set -- "$@" "http://127.0.0.$i:$port/large$i.xml"
done
mill "$@"
sed -i "s/^timeout:.*/timeout: 20s/; s/^allow_private:.*/allow_private: [${allowed%, }]/" \
    mill/feeds/mill.yaml
cat >measure.py <<'X'
import os, resource, subprocess, sys
with open("out", "wb") as out, open("err", "wb") as err:
    status = subprocess.call([os.environ["FEEDMILL"]] + sys.argv[1:], stdout=out,
                             stderr=err)
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
X
read -r status mb <<X
$(python3 measure.py refresh -C mill)
X
echo "$mb MB"
[ "$status" = 1 ] || fail "status $status"
count 36 err "feedmill: "
count 24 err "unpacks to more than 150 times its size"
count 12 err "longer than the limit"
for i in $(seq 40 51); do
    has mill/output/news/atom.xml "https://example.org/large/$i\""
done
case $FEEDMILL in
*asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed
*) [ "$mb" -lt 128 ] || fail "the run took $mb MB" ;;
esac
