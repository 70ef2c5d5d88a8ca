# SIGINT, SIGTERM and SIGHUP: the run ends soon, by that signal, with a whole store.
. ./lib.sh
start_site
export limit=2 # seconds
case $FEEDMILL in
*tsan*) limit=20 ;; # what is in flight takes ten times as long there
esac
rss feed.xml 2
printf 'hang\n' >site/hang.route
mill "$origin/feed.xml" "$origin/hang"
sed -i 's/^timeout: .*/timeout: 60s/' mill/feeds/mill.yaml

for signal in INT TERM HUP; do
    : >site.log
    # A background job of sh ignores SIGINT, so a small program starts ours.
    python3 - "$signal" <<'X' || fail "$signal does not end the run as it should"
import os, signal, subprocess, sys, time
p = subprocess.Popen([os.environ["FEEDMILL"], "refresh", "-C", "mill"],
                     preexec_fn=lambda: [signal.signal(s, signal.SIG_DFL)
                                         for s in (signal.SIGINT, signal.SIGHUP)])
end = time.time() + 10 * int(os.environ["limit"])
while "GET /hang" not in open("site.log").read() and time.time() < end:
    time.sleep(0.02)
time.sleep(0.2)
start = time.time()
p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
status = p.wait(20)
took = time.time() - start
if status != -getattr(signal, "SIG" + sys.argv[1]) or took > int(os.environ["limit"]):
    sys.exit("status %d after %.1f s" % (status, took))
X
done
sqlite3 mill/.feedmill/store.db 'pragma integrity_check' | grep -qx ok ||
    fail "the store is damaged"
printf 'status 404\n' >site/hang.route
run 1 refresh -C mill
entries 2 mill/output/news/atom.xml

# What was fetched and waits to be read and stored holds nobody up: it is fetched
# again by the next run.
python3 - <<'X'
import random
random.seed(3)
words = ["w%d" % i for i in range(400)]
for n in range(60):
    items = "".join(
        "<item><title>%s</title><link>https://example.org/%d/%d</link>"
        "<description>%s</description></item>"
        % (" ".join(random.choices(words, k=6)), n, i,
           " ".join(random.choices(words, k=800)))
        for i in range(60))
    open("site/many%d.xml" % n, "w").write(
        "<rss version='2.0'><channel><title>Many</title>%s</channel></rss>" % items)
X
rm -rf mill
mill $(for n in $(seq 0 59); do echo "$origin/many$n.xml"; done)
sed -i 's/^connections: .*/connections: 60/' mill/feeds/mill.yaml
python3 - <<'X' || fail "a run with much to store does not end soon"
import os, signal, subprocess, sys, time
p = subprocess.Popen([os.environ["FEEDMILL"], "refresh", "-C", "mill"])
end = time.time() + 10 * int(os.environ["limit"])
while open("site.log").read().count("GET /many") < 60 and time.time() < end:
    time.sleep(0.02)
start = time.time()
p.send_signal(signal.SIGTERM)
status = p.wait(60)
took = time.time() - start
if status != -signal.SIGTERM or took > int(os.environ["limit"]):
    sys.exit("status %d after %.1f s" % (status, took))
X
sqlite3 mill/.feedmill/store.db 'pragma integrity_check' | grep -qx ok ||
    fail "the store is damaged"
