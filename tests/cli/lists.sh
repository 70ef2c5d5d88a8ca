# Articles of a list page: each is fetched once; one that fails is named once
# and asked for again later, not at every run; two lists may name the same.
. ./lib.sh
start_site
mkdir -p site/l
article() {
    printf '<!doctype html><html><head><title>%s</title></head><body>' "$1"
    printf '<article><h1>%s</h1>' "$1"
    for i in 1 2 3 4 5; do
        printf '<p>Paragraph %d of %s tells, at some length and with a comma, ' "$i" "$1"
        printf 'what the people who were there that morning saw and said.</p>'
    done
    printf '</article></body></html>'
}
for n in 1 2 3; do article "Harbour report $n" >site/l/$n.html; done
for list in one two; do
    {
        printf '<html><body><ul>'
        for n in 1 2 3 4; do printf '<li><a href="%d.html">Report %d</a></li>' $n $n; done
        printf '</ul></body></html>'
    } >site/l/$list.html
done
printf 'status 500\n' >site/l/4.html.route
mill "{url: \"$origin/l/one.html\", links: li a}"
printf 'title: Other\nsources:\n  - {url: "%s/l/two.html", links: li a}\n' \
    "$origin" >mill/feeds/topics/other.yaml

export FEEDMILL_NOW=2025-03-01T00:00:00Z
run 1 refresh -C mill
entries 3 mill/output/news/atom.xml
entries 3 mill/output/other/atom.xml
count 1 err "$origin/l/4.html: HTTP status 500"
count 1 site.log "ask GET /l/1.html"

# Nothing is asked again, too soon.
export FEEDMILL_NOW=2025-03-01T00:10:00Z
run 0 refresh -C mill
empty err
entries 3 mill/output/news/atom.xml
entries 3 mill/output/other/atom.xml
count 1 site.log "ask GET /l/1.html"
count 1 site.log "ask GET /l/4.html"

# Again after a quarter of an hour, without a word; then not for an hour.
export FEEDMILL_NOW=2025-03-01T00:16:00Z
run 1 refresh -C mill
empty err
count 2 site.log "ask GET /l/4.html"
export FEEDMILL_NOW=2025-03-01T00:40:00Z
run 0 refresh -C mill
count 2 site.log "ask GET /l/4.html"
rm site/l/4.html.route
article "Harbour report 4" >site/l/4.html
export FEEDMILL_NOW=2025-03-01T01:20:00Z
run 0 refresh -C mill
entries 4 mill/output/news/atom.xml

# A list that is new gets what another one had fetched.
cp site/l/one.html site/l/three.html
printf 'title: Third\nsources:\n  - {url: "%s/l/three.html", links: li a}\n' \
    "$origin" >mill/feeds/topics/third.yaml
run 0 refresh -C mill
entries 4 mill/output/third/atom.xml
count 1 site.log "ask GET /l/1.html"

# Looking changes nothing beside the store, nor holds a run up or waits for it.
rm -rf mill
rss calm.xml 3 Calm
printf 'hang\n' >site/slow.xml.route
mill "$origin/calm.xml"
run 0 refresh -C mill
ls -A mill/.feedmill >before
cksum mill/.feedmill/store.db >>before
for look in "list sources" "list stories --all" "why https://example.org/calm.xml/1" export "export --state" "check --moved"; do
    run 0 $look -C mill
    [ -s out ] || [ "$look" = "check --moved" ] || fail "$look says nothing"
    { ls -A mill/.feedmill && cksum mill/.feedmill/store.db; } | cmp - before ||
        fail "$look has left something"
done
rss calm.xml 4 Calm
mill "$origin/calm.xml" "$origin/slow.xml"
"$FEEDMILL" refresh -C mill 2>late &
run_pid=$!
wait_for "the run" grep -q 'GET /slow.xml' site.log
for i in 1 2 3; do
    run 0 list items -C mill --json
    grep -c . out >lines
    [ "$(cat lines)" = 3 ] || [ "$(cat lines)" = 4 ] || fail "$(cat lines) items"
done
kill "$run_pid"
wait "$run_pid" 2>/dev/null || :
