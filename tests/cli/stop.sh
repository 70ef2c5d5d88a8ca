# SIGINT and SIGTERM: the run ends soon, by that signal, with a whole store.
. ./lib.sh
start_site
rss feed.xml 2
printf 'hang\n' >site/hang.route
mill "$origin/feed.xml" "$origin/hang"
sed -i 's/^timeout: .*/timeout: 60s/' mill/feeds/mill.yaml

for signal in INT TERM; do
    : >site.log
    # A background job of sh ignores SIGINT, so a small program starts ours.
    python3 - "$signal" <<'X' || fail "$signal does not end the run as it should"
import os, signal, subprocess, sys, time
p = subprocess.Popen([os.environ["FEEDMILL"], "refresh", "-C", "mill"],
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
end = time.time() + 10
while "GET /hang" not in open("site.log").read() and time.time() < end:
    time.sleep(0.02)
time.sleep(0.2)
start = time.time()
p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
status = p.wait(20)
took = time.time() - start
if status != -getattr(signal, "SIG" + sys.argv[1]) or took > 2:
    sys.exit("status %d after %.1f s" % (status, took))
X
done
sqlite3 mill/.feedmill/store.db 'pragma integrity_check' | grep -qx ok ||
    fail "the store is damaged"
printf 'status 404\n' >site/hang.route
run 1 refresh -C mill
entries 2 mill/output/news/atom.xml
