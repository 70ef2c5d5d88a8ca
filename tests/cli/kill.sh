# kill -9 at many moments, then a run to the end: what is published is what an
# undisturbed mill publishes, and no half-written file lies about.
. ./lib.sh
start_site
i=1
sources=
while [ $i -le 12 ]; do
    rss "f$i.xml" 15 "Source$i"
    sources="$sources $origin/f$i.xml"
    i=$((i + 1))
done
FEEDMILL_NOW=2025-01-15T12:00:00Z
export FEEDMILL_NOW
# shellcheck disable=SC2086
mill $sources
sed -i 's/^title: News/&\nentries: 200/' mill/feeds/topics/news.yaml
cp -r mill calm
run 0 refresh -C calm
entries 180 calm/output/news/atom.xml

for delay in 0.005 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1 0.12 0.15 0.2 0.3; do
    "$FEEDMILL" refresh -C mill >/dev/null 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    for f in mill/output/*/*.xml; do
        [ ! -e "$f" ] || xmllint --noout "$f" || fail "half-written $f"
    done
done
run 0 refresh -C mill
diff -r mill/output calm/output || fail "a killed run left its mark"
find mill -name '*tmp*' | grep . && fail "temporary files are left"
run 0 refresh -C mill
diff -r mill/output calm/output || fail "a later run changed the output"
