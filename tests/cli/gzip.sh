# gzip: a packed file beside each; the same bytes again for the same bytes, and
# gone when it is not wanted any more.
. ./lib.sh
needs gzip
start_site
rss a.xml 3
mill "$origin/a.xml"
printf 'title: Second\nfrom: all\ngzip: no\n' >mill/feeds/topics/second.yaml
echo 'gzip: yes' >>mill/feeds/mill.yaml
# packed FILE...: each is there, and holds the file beside it.
packed() {
    for f in "$@"; do
        gzip -dc "mill/output/$f.gz" | cmp - "mill/output/$f" || fail "$f.gz"
        [ "$(stat -c %a "mill/output/$f.gz")" = 644 ] || fail "$f.gz is not for everybody"
    done
}
run 0 refresh -C mill --json
has out '"output/news/atom.xml.gz"'
lacks out '"output/second/atom.xml.gz"'
all='index.html feeds.opml health.xml sitemap.xml news/atom.xml news/rss.xml news/feed.json news/index.html'
packed $all
[ "$(find mill/output/second -name '*.gz')" = "" ] || fail "second is packed"
state_of mill/output >before
FEEDMILL_NOW=2030-01-01T00:00:00Z run 0 publish -C mill
state_of mill/output | cmp - before || fail "nothing was new, and something is written"

# The same bytes elsewhere and later.
run 0 publish -C mill --to www
diff -r mill/output www || fail "other files"

# What differs is packed anew, and what was damaged.
rss a.xml 4
run 0 refresh -C mill
packed $all
echo damage >mill/output/news/rss.xml.gz
rm mill/output/news/feed.json.gz
echo damage >mill/output/news/atom.xml
run 0 publish -C mill
packed $all

# A topic may want what the mill does not; what is not wanted is removed.
echo 'gzip: true' >>mill/feeds/topics/second.yaml
run 2 check -C mill
has err "feeds/topics/second.yaml:4:1: key gzip stands twice"
sed -i '/gzip: no/d' mill/feeds/topics/second.yaml
sed -i '/^gzip/d' mill/feeds/mill.yaml
run 0 publish -C mill
packed second/atom.xml second/index.html
[ "$(find mill/output -name '*.gz' ! -path '*/second/*')" = "" ] || fail "packed files stay"
echo 'gzip: best' >>mill/feeds/mill.yaml
run 2 check -C mill
has err "best is none of: yes, no, true, false"
