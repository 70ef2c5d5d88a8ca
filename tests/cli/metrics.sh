# --metrics writes what Prometheus reads, whole, after every run that ends.
. ./lib.sh
start_site
rss a.xml 4
rss b.xml 3 Other
printf 'status 500\n' >site/broken.route
mill "$origin/a.xml" "$origin/b.xml" "$origin/broken"

# check FILE: a small reader of the text format; prints NAME{LABELS} VALUE.
cat >check.py <<'X'
import re, sys
text = open(sys.argv[1]).read()
assert text.endswith("\n")
helped, typed, seen = set(), {}, set()
for line in text.splitlines():
    if m := re.fullmatch(r"# HELP ([a-z_]+) (\S.*)", line):
        assert m[1] not in helped, line
        helped.add(m[1])
    elif m := re.fullmatch(r"# TYPE ([a-z_]+) (gauge|counter)", line):
        assert m[1] in helped and m[1] not in typed, line
        typed[m[1]] = m[2]
    else:
        m = re.fullmatch(r'([a-z_]+)((?:\{[a-z_]+="[^"\\\n]*"\})?) ([0-9.]+)', line)
        assert m and m[1] in typed, line
        assert m[1] + m[2] not in seen, line
        assert m[1].startswith("feedmill_"), line
        seen.add(m[1] + m[2])
        float(m[3])
        print(m[1] + m[2], m[3])
X
value() {
    python3 check.py metrics.prom >values || fail "no text format"
    grep -qxF -- "$1 $2" values || fail "no $1 $2: $(grep -F -- "$1" values)"
}

run 1 refresh -C mill --metrics metrics.prom
value 'feedmill_sources{state="ok"}' 2
value 'feedmill_sources{state="failing"}' 1
value 'feedmill_sources{state="gone"}' 0
value 'feedmill_run_items{result="new"}' 7
value feedmill_run_sources_asked 3
value feedmill_run_sources_failed 1
value 'feedmill_topic_entries{topic="news"}' \
    "$(grep -c '<entry>' mill/output/news/atom.xml)"
grep -q '^feedmill_run_received_bytes [1-9]' values || fail "no bytes"
grep -q '^feedmill_run_duration_seconds [0-9]*\.[0-9]' values || fail "no duration"
[ "$(stat -c %a metrics.prom)" = 644 ] || fail "nobody else can read it"

printf 'status 410\n' >site/broken.route
FEEDMILL_NOW=1900000000 run 1 refresh -C mill --all --metrics metrics.prom
value 'feedmill_sources{state="unchanged"}' 2
value 'feedmill_sources{state="gone"}' 1
value 'feedmill_run_items{result="new"}' 0
value feedmill_last_success_timestamp_seconds 1900000000

# Nothing is written by a run that does nothing, and a place that cannot be
# written is a fault.
cp metrics.prom before
run 2 refresh -C mill --metrics metrics.prom --dry-run
run 2 refresh -C mill --metrics metrics.prom no-such-topic
cmp metrics.prom before || fail "written by a run that did nothing"
run 4 refresh -C mill --metrics absent/metrics.prom
has err "absent/metrics.prom"
