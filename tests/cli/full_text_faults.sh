# Pages that cannot be had, or are of no use: asked again ever more seldom, or
# not at all; a source of such pages is left alone, and told of.
. ./lib.sh
mkdir -p site/a
start_site
subjects='0 Ferries Lighthouses Fishermen Warehouses Seagulls Breakwaters Customs Pilots'
subject() { echo "$subjects" | cut -d' ' -f$(($1 + 1)); }
page() {
    {
        printf '<!doctype html><html><head><title>%s in the harbour</title></head>' "$(subject "$1")"
        printf '<body><article><h1>%s in the harbour</h1>' "$(subject "$1")"
        for i in 1 2 3 4 5 6; do
            printf '<p>Paragraph %d about %s tells, at some length and with a comma, ' "$i" "$(subject "$1")"
            printf 'what the people who were there that morning saw and said.</p>'
        done
        printf '</article></body></html>'
    } >"site/a/$1.html"
}
# feed FIRST LAST: of teasers.
feed() {
    {
        printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>'
        printf '<link>https://example.org/</link><description>d</description>\n'
        for n in $(seq "$1" "$2"); do
            printf '<item><title>%s in the harbour</title><link>%s/a/%s.html</link>' "$(subject "$n")" "$origin" "$n"
            printf '<guid>urn:x:%s</guid><pubDate>Tue, 0%s Dec 2024 10:00:00 +0800</pubDate>' "$n" "$n"
            printf '<description>Paragraph 1 about %s tells ...</description></item>\n' "$(subject "$n")"
        done
        printf '</channel></rss>\n'
    } >site/feed.xml
}
atom=mill/output/news/atom.xml
asked() { count "$1" site.log "ask GET /a/"; }
at() { export FEEDMILL_NOW="$1"; }

# 2 is forbidden; 3 cannot be had at first; 1 is there.
feed 1 3
page 1
page 2
printf 'status 500\n' >site/a/3.html.route
printf 'User-agent: *\nDisallow: /a/2.html\n' >site/robots.txt
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 50/' mill/feeds/mill.yaml
at 2025-03-01T00:00:00Z
run 0 refresh -C mill --json
empty err
has out '"full_text":1'
asked 2
count 0 site.log "ask GET /a/2.html"
entries 3 $atom
has $atom "Paragraph 6 about Ferries"
run 0 why -C mill "$origin/a/2.html"
has out "robots.txt forbids it"
run 0 why -C mill "$origin/a/3.html"
has out "HTTP status 500, internal server error; its page is to be asked for, not before 2025-03-01T00:15:00Z"
run 0 list -C mill sources
has out "full text of 1 entries  1 pages to be asked"
at 2025-03-01T00:10:00Z
run 0 refresh -C mill
asked 2
at 2025-03-01T00:16:00Z
run 0 refresh -C mill
asked 3
at 2025-03-01T01:00:00Z
run 0 refresh -C mill
asked 3
rm site/a/3.html.route
page 3
at 2025-03-01T01:20:00Z
run 0 refresh -C mill
asked 4
has $atom "Paragraph 6 about Fishermen"
entries 3 $atom

# What never comes is given up.
printf 'status 500\n' >site/a/4.html.route
feed 1 4
day=2
while [ $day -le 20 ]; do
    at "$(printf '2025-03-%02dT00:00:00Z' $day)"
    run 0 refresh -C mill
    empty err
    day=$((day + 1))
done
count 12 site.log "ask GET /a/4.html"
run 0 why -C mill "$origin/a/4.html"
has out "full text   its page could not be had: HTTP status 500"

# A source of dead pages: after five of them it is left alone for a week, then
# one page is asked for; the operator is told.
rm -rf mill site/a/*
: >site.log
feed 1 8
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 5/' mill/feeds/mill.yaml
at 2025-04-01T00:00:00Z
run 0 refresh -C mill
asked 5
at 2025-04-05T00:00:00Z
run 0 refresh -C mill
asked 5
run 0 list -C mill sources
has out "no full text: its page could not be had: HTTP status 404, not found, since 2025-04-01T00:00:00Z, 5 pages"
run 0 list -C mill sources --json
has out '"full_text":{"entries":0,"waiting":3,"in_vain":5,"since":"2025-04-01T00:00:00Z"'
has mill/output/health.xml "Daily: no full text"
for n in 1 2 3 4 5 6 7 8; do page $n; done
at 2025-04-09T00:00:00Z
run 0 refresh -C mill
asked 6
entries 8 $atom
count 1 $atom "Paragraph 6 about"
lacks mill/output/health.xml "no full text"
# It was good: the rest follows.
at 2025-04-09T01:00:00Z
run 0 refresh -C mill
has $atom "Paragraph 6 about Ferries"

# What a feed says of another site's page is not that page's teaser.
rm -rf mill
feed 8 8
sed -i "s/127.0.0.1/127.0.0.2/g" site/feed.xml
: >site.log
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 5/' mill/feeds/mill.yaml
run 0 refresh -C mill
asked 0
sed -i 's/Paragraph 1 about.*\.\.\.//' site/feed.xml
run 0 refresh -C mill
asked 1
has $atom "Paragraph 6 about Pilots"

# full_text: always asks for the page of a long entry, too; pages: 0 for none.
rm -rf mill
{
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>'
    printf '<item><title>Pilots in the harbour</title><link>%s/a/8.html</link><guid>urn:l</guid><description>' "$origin"
    for i in 1 2 3 4 5 6 7 8 9; do
        printf 'Paragraph %d about Pilots tells, at some length and with a comma, ' "$i"
        printf 'what the people who were there that morning saw and said. '
    done
    printf '</description></item></channel></rss>'
} >site/feed.xml
: >site.log
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 5/' mill/feeds/mill.yaml
run 0 refresh -C mill
asked 0
printf 'title: News\nsources:\n  - {url: "%s/feed.xml", full_text: always}\n' "$origin" >mill/feeds/topics/news.yaml
run 0 refresh -C mill
asked 1
sed -i 's/^pages: .*/pages: many/' mill/feeds/mill.yaml
run 2 check -C mill
has err "mill.yaml:"
has err "a whole number from 0 to 100000 is wanted: many"
