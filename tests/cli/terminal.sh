# On a terminal a run shows how far it is, how fast, how long still, and ends with
# one line; Ctrl-C there ends it soon.
. ./lib.sh
start_site
for i in 1 2 3; do
    rss "feed$i.xml" 2
done
rss slow.txt 2
printf 'delay 1600\nfile slow.txt\n' >site/slow.xml.route
printf 'delay 1300\nfile slow.txt\n' >site/less-slow.xml.route
mill "$origin/feed1.xml" "$origin/feed2.xml" "$origin/feed3.xml" \
    "$origin/slow.xml" "http://127.0.0.2:$port/less-slow.xml"
cat >terminal.py <<'X'
import os, pty, signal, sys, time
stop_after = float(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execv(os.environ["FEEDMILL"], ["feedmill", "refresh", "-C", "mill", "--all"])
seen, start, sent = b"", time.time(), 0
while True:
    if stop_after and not sent and time.time() - start > stop_after:
        os.write(fd, b"\x03")
        sent = time.time()
    import select
    if fd in select.select([fd], [], [], 0.05)[0]:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
_, status = os.waitpid(pid, 0)
open("seen", "wb").write(seen)
if sent:
    print("signal" if os.WIFSIGNALED(status) else "exit", int((time.time() - sent) * 1000))
else:
    print("exit", os.WEXITSTATUS(status))
X
[ "$(python3 terminal.py 0)" = "exit 0" ] || fail "$(cat seen)"
tr '\r' '\n' <seen >lines
grep -qE 'refresh [0-9]/5' lines || fail "no progress: $(cat lines)"
grep -qE 'refresh 4/5  [0-9.]+/s  [0-9]+ s left' lines || fail "no rate: $(cat lines)"
grep -c 'sources asked, ' lines | grep -qx 1 || fail "not one summary: $(cat lines)"
grep -q '5 sources asked, 0 failed; 10 new items' lines || fail "$(cat lines)"

printf 'hang\n' >site/slow.xml.route
sed -i 's/^timeout: .*/timeout: 60s/' mill/feeds/mill.yaml
set -- $(python3 terminal.py 0.5)
[ "$1" = signal ] || fail "Ctrl-C does not end the run as a signal"
[ "$2" -lt 2000 ] || fail "Ctrl-C took $2 ms"
