# Teasers get the text of their pages: some in each run, each page asked for
# once; the entry stays the same one.
. ./lib.sh
mkdir -p site/a
start_site

# page NAME TITLE SUBJECT: an article; its first paragraph is the teaser's.
page() {
    {
        printf '<!doctype html><html><head><title>%s | Daily</title></head><body>' "$2"
        printf '<nav><a href="/">Home</a> <a href="/a">All</a></nav>'
        printf '<article><h1>%s</h1><p>%s was the talk of the harbour on Monday, when the council met behind closed doors.</p>' "$2" "$3"
        for i in 1 2 3 4 5 6; do
            printf '<p>Paragraph %d about %s tells, at some length and with a comma, ' "$i" "$3"
            printf 'what the people who were there that morning saw and said.</p>'
        done
        printf '</article></body></html>'
    } >"site/a/$1"
}
# teaser N TITLE SUBJECT: an item whose page is N.html.
teaser() {
    printf '<item><title>%s</title><link>%s/a/%s.html</link>' "$2" "$origin" "$1"
    printf '<guid>urn:x:%s</guid><pubDate>Tue, 0%s Dec 2024 10:00:00 +0800</pubDate>' "$1" "$1"
    printf '<description>%s was the talk of the harbour on Monday, when the council [...]</description></item>\n' "$3"
}
head='<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>
<link>https://example.org/</link><description>d</description>'
subjects='0 Ferries Lighthouses Fishermen Warehouses Seagulls Breakwaters Customs'
subject() { echo "$subjects" | cut -d' ' -f$(($1 + 1)); }
feed() {
    {
        printf '%s\n' "$head"
        for n in 1 2 3 4 5 6 7; do
            teaser $n "$(subject $n) before the council${2:+$([ "$2" != $n ] || echo ' again')}" "$(subject $n)${1:-}"
        done
        printf '</channel></rss>\n'
    } >site/feed.xml
}
feed
for n in 1 2 3 4; do
    page $n.html "$(subject $n) before the council" "$(subject $n)"
done
# 5 is dead; 6 asks for consent under the right title; 7 is a soft 404.
page 6.html "$(subject 6) before the council" "Cookies"
sed -i 's/Cookies/Your privacy choices/g; s/the talk of the harbour on Monday, when the council met behind closed doors/stored by our partners/; s/what the people.*said/how vendors process personal data for advertising/g' site/a/6.html
page 7.html "Nothing found here" "Our search"
sed -i 's/the talk.*closed doors/without any result/' site/a/7.html
printf 'Disallow: /nowhere\n' >site/robots.txt
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 3/' mill/feeds/mill.yaml
atom=mill/output/news/atom.xml
asked() { count "$1" site.log "ask GET /a/"; }
ids() { grep -o '<id>[^<]*' $atom | sort; }

# All are published at once; the newest three have been asked about: 7, 6, 5.
export FEEDMILL_NOW=2025-03-01T00:00:00Z
run 0 refresh -C mill
empty err
entries 7 $atom
asked 3
lacks $atom "Paragraph 1"
ids >ids.1
grep '<updated>' $atom >updated.1

# Then the next three, with nothing new in the feed; then the last one.
export FEEDMILL_NOW=2025-03-01T01:00:00Z
run 0 refresh -C mill
asked 6
has $atom "Paragraph 6 about Lighthouses"
has $atom "Paragraph 6 about Warehouses"
lacks $atom "Paragraph 6 about Ferries"
export FEEDMILL_NOW=2025-03-01T02:00:00Z
run 0 refresh -C mill
asked 7
has $atom "Paragraph 6 about Ferries"
lacks $atom "vendors process"
lacks $atom "Our search"
entries 7 $atom
ids | cmp - ids.1 || fail "an atom:id has changed"
grep '<updated>' $atom | cmp - updated.1 || fail "updated has moved"

# Nothing is asked again, and nothing written.
state_of mill/output >before
for h in 03 04 05; do
    export FEEDMILL_NOW=2025-03-01T$h:00:00Z
    run 0 refresh -C mill
done
asked 7
state_of mill/output | cmp - before || fail "output is written again"

# What is known of it.
run 0 why -C mill "$origin/a/1.html"
has out "the text is the page's"
has out "note        full-text: $origin/a/1.html"
run 0 why -C mill "$origin/a/5.html"
has out "its page could not be had: HTTP status 404"
run 0 why -C mill "$origin/a/6.html"
has out "its page has another text"
run 0 why -C mill "$origin/a/7.html"
has out "its page has another title"
run 0 list -C mill items
count 4 out "(Daily, text of its page)"
count 3 out "(Daily)"
run 0 list -C mill items --json
count 4 out '"text_from":"page"'
count 3 out '"text_from":"feed"'

# The feed says something else of one: that page is asked for again, once.
feed '' 1
page 1.html "Ferries before the council again" "Ferries and trams"
export FEEDMILL_NOW=2025-03-02T00:00:00Z
run 0 refresh -C mill
asked 8
has $atom "Ferries before the council again"
has $atom "Paragraph 6 about Ferries and trams"
ids | cmp - ids.1 || fail "an atom:id has changed"
export FEEDMILL_NOW=2025-03-02T01:00:00Z
run 0 refresh -C mill
asked 8

# A second feed with the same teasers asks for none of the pages.
cp site/feed.xml site/copy.xml
printf 'title: Other\nsources:\n  - %s/copy.xml\n' "$origin" >mill/feeds/topics/other.yaml
run 0 refresh -C mill
run 0 refresh -C mill
asked 8
has mill/output/other/atom.xml "Paragraph 6 about Warehouses"

# The owner wants the feed's own text.
printf 'title: News\nsources:\n  - {url: "%s/feed.xml", full_text: never}\n' "$origin" >mill/feeds/topics/news.yaml
rm mill/feeds/topics/other.yaml
run 0 check -C mill
run 0 refresh -C mill
asked 8
entries 7 $atom
lacks $atom "Paragraph 6"
ids | cmp - ids.1 || fail "an atom:id has changed"

# A teaser in other words before a page that is as it was: nobody is shown it again.
rm -rf mill
page 8.html "Lanterns before the council" "Lanterns"
lanterns() {
    printf '%s\n<item><title>Lanterns before the council</title>' "$head"
    printf '<link>%s/a/8.html</link><guid>urn:x:8</guid>' "$origin"
    printf '<pubDate>Tue, 03 Dec 2024 10:00:00 +0800</pubDate>'
    printf '<description>%s [...]</description></item></channel></rss>\n' "$1"
}
lanterns "Lanterns was the talk of the harbour on Monday, when the council met" >site/feed.xml
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 3/' mill/feeds/mill.yaml
run 0 refresh -C mill
has $atom "Paragraph 6 about Lanterns"
grep '<updated>' $atom >updated.1
lanterns "Windmills turned slowly while engineers measured how strongly each gust blew" >site/feed.xml
FEEDMILL_NOW=2025-03-03T00:00:00Z run 0 refresh -C mill
count 2 site.log "ask GET /a/8.html"
grep '<updated>' $atom | cmp - updated.1 || fail "updated has moved"
