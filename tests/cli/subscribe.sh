# Sources come and go by command; the owner's comments and order stay.
. ./lib.sh
start_site
rss a.xml 3
rss b.xml 2 Other
mill "$origin/a.xml"
cat >site/home.html <<HTML
<html><head><title>Home</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
<link rel="alternate" type="application/rss+xml" title="News" href="/b.xml">
</head><body><p>Welcome to this page.</p></body></html>
HTML
topic=mill/feeds/topics/news.yaml
cat >$topic <<YAML
# ours
title: News   # the title
keep: |
  report
sources:
    # the first
    - $origin/a.xml   # plain

    # the end of the list
entries: 20
YAML
cp $topic before

# It is shown, not written.
run 0 add -C mill --dry-run "$origin/b.xml"
has out "entries   2; topic news would keep 2"
has out "Other report 1"
cmp $topic before || fail "a dry run wrote"

# A page gives way to the feed it names; nothing else in the file moves.
run 0 add -C mill "$origin/home.html"
has out "feed      $origin/b.xml  (named by $origin/home.html)"
has out "feeds/topics/news.yaml: 1 added"
grep -vF "$origin/b.xml" $topic >without || :
cmp without before || fail "other lines changed"
has $topic "    - $origin/b.xml"
run 0 refresh -C mill
entries 5 mill/output/news/atom.xml

# Once is enough.
cp $topic before
run 0 add -C mill "$origin/b.xml"
has out "0 added, 1 there already"
cmp $topic before || fail "it was added twice"

# Out again, to the byte; the last one leaves a list behind that is one.
run 0 remove -C mill "$origin/b.xml"
cmp $topic without || fail "remove left something"
empty err
run 1 remove -C mill "$origin/b.xml"
has err "no topic has this source"
run 2 remove -C mill --topic absent "$origin/a.xml"
has err "no topic of this mill: absent"
run 0 remove -C mill "$origin/a.xml"
has err "feeds/topics/news.yaml: the topic has no sources left"
run 0 check -C mill
has err "the topic has no sources: name them under sources:"
has $topic "entries: 20"
run 0 add -C mill "$origin/a.xml"
run 0 check -C mill
run 0 remove -C mill "$origin/a.xml"

# A new topic is a new file.
run 0 add -C mill --topic tech "$origin/a.xml"
has out "a new topic"
run 0 refresh -C mill
entries 3 mill/output/tech/atom.xml

# What cannot be had is not written down.
run 2 add -C mill "$origin/a.xml"
has err "which topic?"
run 2 add -C mill --topic index "$origin/a.xml"
has err "feedmill add: --topic index: this name is reserved"
run 2 add -C mill --topic Index "$origin/a.xml"
has err "feedmill add: --topic Index: a topic's name is made of a-z"
run 1 add -C mill --topic tech "$origin/absent.xml"
printf '<rss version="2.0"><channel><title>t</title></channel></rss>' >site/none.xml
run 1 add -C mill --topic tech "$origin/none.xml"
has err "no entry in it"
# Nor what refresh would not ask for.
run 1 add -C mill --topic tech "http://127.0.0.3:$port/a.xml"
has err "not in allow_private"
run 2 add -C mill --topic ../x "$origin/a.xml"
run 2 add -C mill --topic tech example.org/feed
run 0 add -C mill --dry-run --topic tech "feed:$origin/a.xml"
has out "feed      $origin/a.xml"
count 1 mill/feeds/topics/tech.yaml "$origin"

# A front page that names no feed gives way to the news sitemap of its site; a
# section's page, and a front page whose sitemap has no titles, are lists.
links() {
    printf '<html><head><title>%s</title></head><body><h1>%s</h1><ul>' "$1" "$1"
    for item in 1 2 3 4 5 6; do
        printf '<li><h3><a href="/2024/05/0%d/report.html">' $item
        printf 'The council reports on plan %d of the harbour wall</a></h3>' $item
        printf '<p>2024-05-0%d</p></li>' $item
    done
    printf '</ul></body></html>'
}
sitemap() {
    printf '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    printf ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    for item in 1 2 3; do
        printf '<url><loc>%s/s%d.html</loc>%s</url>' "$origin" $item "${1-}"
    done
    printf '</urlset>'
}
links Front >site/index.html
links Section >site/section.html
run 0 add -C mill --dry-run --topic tech "$origin/"
has out "list      $origin/"
sitemap >site/sitemap.xml
run 0 add -C mill --dry-run --topic tech "$origin/"
has out "list      $origin/"
printf 'User-agent: *\nAllow: /\nSitemap: %s/all.xml\nSitemap: /news-map.xml\n' \
    "$origin" >site/robots.txt
sitemap '<news:news><news:title>Wall report</news:title></news:news>' >site/news-map.xml
run 0 add -C mill --dry-run --topic tech "$origin/"
has out "feed      $origin/news-map.xml  (named by $origin/)"
has out "Wall report"
run 0 add -C mill --dry-run --topic tech "$origin/section.html"
has out "list      $origin/section.html"

# A list of feeds is no source, and an empty page none either.
printf '<?xml version="1.0"?>\n<opml version="2.0"><head/><body><outline type="rss" text="A" xmlUrl="%s/a.xml"/></body></opml>' \
    "$origin" >site/list.opml
run 1 add -C mill "$origin/list.opml" --topic lists
has err "a list of feeds; feedmill import takes them over"
echo '<html><body></body></html>' >site/bare.html
run 1 add -C mill "$origin/bare.html" --topic lists
has err "there is no entry in it"
[ ! -e mill/feeds/topics/lists.yaml ] || fail "a topic of nothing"
# Nor does one that is there all the same publish an entry of nothing.
mkdir -p blank/feeds/topics
cp mill/feeds/mill.yaml blank/feeds/
printf 'title: Lists\nsources: [%s/list.opml, %s/bare.html]\n' "$origin" "$origin" \
    >blank/feeds/topics/lists.yaml
run 0 refresh -C blank
entries 0 blank/output/lists/atom.xml
run 0 list sources -C blank
count 2 out "empty"

# A sitemap without titles is shown by its addresses, and what comes of it has its
# host for a name.
run 0 add -C mill --topic map "$origin/sitemap.xml"
has out "entries   3"
has out "$origin/s3.html"
printf '<rss version="2.0"><channel><item><title>Wall</title><link>%s/wall</link></item></channel></rss>' \
    "$origin" >site/untitled.xml
run 0 add -C mill --topic map "$origin/untitled.xml"
run 0 refresh -C mill "$origin/untitled.xml"
run 0 list items -C mill --topic map
has out "Wall (127.0.0.1)"
has mill/output/map/atom.xml "<title>127.0.0.1</title>"
