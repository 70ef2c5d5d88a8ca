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

# The same while pages of teasers come: none is lost.
mkdir -p site/t
{
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
    n=1
    while [ $n -le 30 ]; do
        {
            printf '<!doctype html><title>Story %d of them</title><article><h1>Story %d of them</h1>' $n $n
            for p in 1 2 3 4 5; do
                printf '<p>Paragraph %d of story %d tells at length, with a comma, what was seen and said that day.</p>' $p $n
            done
        } >site/t/$n.html
        printf '<item><title>Story %d of them</title><guid>urn:t:%d</guid>' $n $n
        printf '<link>%s/t/%d.html</link><pubDate>Tue, 03 Dec 2024 10:00:00 +0800</pubDate>' "$origin" $n
        printf '<description>Paragraph 1 of story %d ...</description></item>' $n
        n=$((n + 1))
    done
    printf '</channel></rss>'
} >site/t.xml
rm -rf mill calm
mill "$origin/t.xml"
sed -i 's/^pages: .*/pages: 40/' mill/feeds/mill.yaml
cp -r mill calm
run 0 refresh -C calm
count 30 calm/output/news/atom.xml "Paragraph 5 of story"
for delay in 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1; do
    "$FEEDMILL" refresh -C mill >/dev/null 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
done
run 0 refresh -C mill
diff -r mill/output calm/output || fail "a killed run lost a page"
