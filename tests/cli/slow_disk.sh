# A run that ends, by whatever, while files wait to be flushed: what has its name is
# whole, no file is newer than the packed one beside it, and the next run makes all of it
# what an undisturbed mill has.
. ./lib.sh
needs python3 sqlite3 gzip
start_site
FEEDMILL_NOW=2025-01-15T12:00:00Z
export FEEDMILL_NOW SLOW_DISK
# The sanitizers want to be loaded first.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"

# feeds N: four of N items, which have nothing to do with each other.
feeds() {
    python3 - "$1" <<'Y'
import random, sys
for name in "abcd":
    rnd = random.Random(name)
    words = lambda n: " ".join("".join(rnd.choices("abdefgiklmnoprstuw", k=7)) for _ in range(n))
    items = ["<item><title>%s</title><link>https://example.org/%s/%d</link><pubDate>Tue, 03 Dec 2024 1%d:00:00 GMT"
             "</pubDate><description>%s</description></item>" % (words(6), name, i, i, words(60)) for i in range(9)]
    open("site/%s.xml" % name, "w").write("<rss version='2.0'><channel><title>%s</title>%s</channel></rss>"
                                          % (name, "".join(items[:int(sys.argv[1])])))
Y
}

mill
rm mill/feeds/topics/news.yaml
for topic in a b c d; do
    printf 'title: %s\narchive: yes\nentries: 3\nsources:\n  - %s/%s.xml\n' \
        $topic "$origin" $topic >mill/feeds/topics/$topic.yaml
done
echo 'gzip: yes' >>mill/feeds/mill.yaml
cp -r mill new
feeds 4
run 0 refresh -C mill
feeds 9
for how in mill new; do
    cp -r $how calm.$how
    run 0 refresh -C calm.$how
done

# whole HOW: what is published in cut is well-formed, and not newer than what is packed.
whole() {
    find cut/output -name '*.xml' >files
    while read -r f; do
        xmllint --noout "$f" || fail "half-written $f"
        if cmp -s "$f" "calm.$1${f#cut}"; then
            gzip -dc "$f.gz" | cmp - "$f" || fail "$f is there, and not what is packed"
        fi
    done <files
}

# settle HOW: the next run makes cut what the calm one is.
settle() {
    sqlite3 "cut/.feedmill/store.db" 'pragma integrity_check' | grep -qx ok ||
        fail "the store is damaged"
    LD_PRELOAD=$SLOW_DISK run 0 refresh -C cut
    empty err
    diff -r cut/output "calm.$1/output" || fail "the run that was ended left its mark"
    find cut -name '*tmp*' | grep . && fail "temporary files are left"
    rm -r cut
}

# Signals, at once and some while later: the first file waits, or another one.
for signal in INT TERM KILL; do
    for later in 0 0.15; do
        for how in mill new; do
            cp -r $how cut
            python3 - $signal $later <<'Y' || fail "$signal after $later s"
import glob, os, signal, subprocess, sys, time
env = dict(os.environ, LD_PRELOAD=os.environ["SLOW_DISK"], SLOW_DISK_MS="10")
p = subprocess.Popen([os.environ["FEEDMILL"], "refresh", "-C", "cut"], env=env,
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
end = time.time() + 60
while not glob.glob("cut/output/*/.*.feedmill-tmp"):
    if p.poll() is not None or time.time() > end:
        sys.exit("no file ever waits: status %s" % p.poll())
    time.sleep(.002)
time.sleep(float(sys.argv[2]))
p.send_signal(getattr(signal, "SIG" + sys.argv[1]))
status = p.wait(60)
if status != -getattr(signal, "SIG" + sys.argv[1]):
    sys.exit("status %d" % status)
Y
            [ $signal = KILL ] || ! find cut -name '*tmp*' | grep . ||
                fail "temporary files are left after $signal"
            whole $how
            settle $how
        done
    done
done

# A flush that fails is told once, whichever it is, and nothing is lost.
for fails in 1 20 41; do
    cp -r mill cut
    LD_PRELOAD=$SLOW_DISK SLOW_DISK_FAILS=$fails run 4 refresh -C cut
    count 1 err ""
    has err "/output/"
    find cut -name '*tmp*' | grep . && fail "temporary files are left"
    whole mill
    settle mill
done
