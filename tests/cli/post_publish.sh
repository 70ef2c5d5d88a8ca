# post_publish: a command that is told which files have changed.
. ./lib.sh
start_site
rss a.xml 3
mill "$origin/a.xml"
hook() {
    sed -i '/^post_publish/,$d' mill/feeds/mill.yaml
    cat >>mill/feeds/mill.yaml
}
# told [N]: the command was told N times since the last look; of which files is
# in the file told.
told() {
    n=0
    [ ! -e mill/told ] || n=$(grep -c '^--' mill/told || :)
    [ "$n" = "${1:-1}" ] || fail "told $n times, not ${1:-1}"
    rm -f told
    [ ! -e mill/told ] || grep -v '^--' mill/told >told || :
    rm -f mill/told
}
cat >mill/tell <<'X'
#!/bin/sh
[ -n "$*" ] || exit 9
read -r line && exit 8
echo "said by tell"
{ echo "--$1"; shift; printf '%s\n' "$@"; } >>told
X
chmod +x mill/tell

# A list is a program and its arguments; files are named as refresh --json does.
hook <<'X'
post_publish: [./tell, an argument]
X
run 0 refresh -C mill --json
has err "said by tell"
lacks out "said by tell"
told
(cd mill && find output -type f ! -name '.*' | LC_ALL=C sort) >want
has want output/news/atom.xml
cmp want told || fail "told of others"
run 0 refresh -C mill
run 0 publish -C mill
told 0
run 0 refresh -C mill --dry-run
told 0

# A line is for sh, with the files behind it, or where it wants them.
hook <<'X'
post_publish: X=text; ./tell "$X"
X
rss a.xml 4
run 0 refresh -C mill
told
has told "output/news/atom.xml"
lacks told "output/feeds.opml"
hook <<'X'
post_publish: |
  set -e
  ./tell script "$@"
  exit 0
X
rss a.xml 5
run 0 refresh -C mill
told
has told "output/news/atom.xml"

# What is removed is named too.
mv mill/feeds/topics/news.yaml mill/feeds/topics/fresh.yaml
run 0 publish -C mill
told
has told "output/news/atom.xml"
has told "output/fresh/atom.xml"
has told "output/sitemap.xml"
run 0 publish -C mill
told 0

# A command that fails is a fault, named with the line that has it, and is told of
# the same files again, until it takes them.
hook <<'X'
post_publish: [sh, -c, exit 7]
X
rss a.xml 6
run 1 refresh -C mill
has err "feeds/mill.yaml:13:15: post_publish: ended with status 7"
run 1 publish -C mill
entries 6 mill/output/fresh/atom.xml
hook <<'X'
post_publish: [sh, -c, kill -9 $$]
X
run 1 publish -C mill
has err "post_publish: was ended by signal 9"
hook <<'X'
post_publish: [./no-such-program]
X
run 1 publish -C mill
has err "post_publish: ./no-such-program cannot be started: No such file"
hook <<'X'
post_publish: [./tell, again]
X
run 0 publish -C mill
told
has told "output/fresh/atom.xml"
lacks told "output/fresh/index.html.gz"
run 0 publish -C mill
told 0

# It has its time, and takes what it started with it.
hook <<'X'
post_publish: sleep 60 & echo $! >sleeper; wait; true
post_publish_timeout: 1s
X
rss a.xml 7
before=$(date +%s)
run 1 refresh -C mill
has err "post_publish: was not done after 1 s"
[ $(($(date +%s) - before)) -lt 5 ] || fail "the time limit is none"
wait_for "the end of the sleeper" sh -c "! kill -0 $(cat mill/sleeper)"

# A signal ends it, and the run; the lock is held until then.
hook <<'X'
post_publish: sleep 60 & echo $! >sleeper; wait; true
X
rm mill/sleeper
python3 - <<'X' || fail "SIGINT does not end the run as it should"
import os, signal, subprocess, sys, time
p = subprocess.Popen([os.environ["FEEDMILL"], "publish", "-C", "mill"], stderr=subprocess.DEVNULL,
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
end = time.time() + 10
while not os.path.exists("mill/sleeper") and time.time() < end:
    time.sleep(0.02)
time.sleep(0.2)
other = subprocess.run([os.environ["FEEDMILL"], "publish", "-C", "mill"], capture_output=True)
start = time.time()
p.send_signal(signal.SIGINT)
status = p.wait(20)
took = time.time() - start
if other.returncode != 3 or status != -signal.SIGINT or took > 2:
    sys.exit("status %d after %.1f s, the other run %d" % (status, took, other.returncode))
X
wait_for "the end of the sleeper" sh -c "! kill -0 $(cat mill/sleeper)"

# A run that is killed before it tells anybody is not the end of the news.
hook <<'X'
post_publish: kill -9 $PPID
X
got=0
"$FEEDMILL" publish -C mill 2>err || got=$?
[ $got = 137 ] || fail "not killed: $got"
hook <<'X'
post_publish: [./tell, at last]
X
run 0 publish -C mill
told
has told "output/fresh/atom.xml"

# Another folder is told of by its whole path.
run 0 publish -C mill --to www
told
has told "$work/www/fresh/atom.xml"
lacks told "output/"

# More files than one command line may have.
for i in $(seq 1 120); do
    printf 'title: T\nfrom: [fresh]\nentries: 1\narchive: no\n' \
        >mill/feeds/topics/t$(printf %0230d $i).yaml
done
run 0 publish -C mill
told 2
[ "$(grep -c '/atom.xml$' told)" -eq 120 ] || fail "not told of all topics"
[ "$(sort -u told | wc -l)" -eq "$(wc -l <told)" ] || fail "told of files twice"

for bad in '[]' '""' '[""]' '{a: b}' '[a, [b]]'; do
    echo "post_publish: $bad" | hook
    run 2 check -C mill
    has err "feeds/mill.yaml:13"
done
hook <<'X'
post_publish_timeout: 10ms
X
run 2 check -C mill
has err "feeds/mill.yaml:13"
