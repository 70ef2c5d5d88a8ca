# No address is asked for twice in a run: not when two sources are one by their
# URL key, nor when a source is also the page of a teaser, an article of a list,
# or a further page of an article; two lists that name one article ask once.
. ./lib.sh
start_site

# page NAME TITLE [MORE]: an article; MORE is markup at its end.
page() {
    {
        printf '<!doctype html><html><head><title>%s</title></head><body>' "$2"
        printf '<article><h1>%s</h1>' "$2"
        printf '<p>%s was the talk of the harbour on Monday, when the council met behind closed doors.</p>' "$2"
        for i in 1 2 3 4 5; do
            printf '<p>Paragraph %d of %s tells, at some length and with a comma, ' "$i" "$2"
            printf 'what the people who were there that morning saw and said.</p>'
        done
        printf '</article>%s</body></html>' "${3:-}"
    } >"site/$1"
}
# list NAME PAGE...
list() {
    name=$1
    shift
    {
        printf '<html><body><ul>'
        for p in "$@"; do printf '<li><a href="/%s">Report of %s</a></li>' "$p" "$p"; done
        printf '</ul></body></html>'
    } >"site/$name"
}
# once: what this run asked for, in the file asked, is no target twice.
before=0
once() {
    tail -n +$((before + 1)) site.log >run.log
    before=$(wc -l <site.log)
    cut -f1 run.log | sed -n 's/.* ask GET //p' | grep -v robots >asked
    sed 's/?.*//' asked | sort | uniq -d >twice
    empty twice
}
# is_asked TARGET...: these and no others, in the order of the alphabet.
is_asked() {
    printf '%s\n' "$@" >want
    sort asked | cmp -s - want || fail "asked for: $(sort asked | tr '\n' ' ')"
}
hour=0
refresh() {
    hour=$((hour + 1))
    FEEDMILL_NOW=$((1740787200 + hour * 3600))
    export FEEDMILL_NOW
    run 0 refresh -C mill "$@"
    empty err
    once
}

# Two sources of one address take turns, and both get what is there.
rss twin.xml 3
mill "$origin/twin.xml" "$origin/twin.xml?utm_source=other"
printf 'title: Other\nsources:\n  - %s/twin.xml?utm_source=other\n' "$origin" \
    >mill/feeds/topics/other.yaml
refresh
is_asked /twin.xml
entries 3 mill/output/news/atom.xml
refresh --all
is_asked '/twin.xml?utm_source=other'
entries 3 mill/output/other/atom.xml
refresh
is_asked /twin.xml
refresh "$origin/twin.xml"
is_asked /twin.xml

# Lists that name each other, themselves and one article.
rm -rf mill
page a.html "Harbour report"
list one.html one.html two.html a.html
list two.html one.html two.html a.html
mill "{url: \"$origin/one.html\", links: li a}"
printf 'title: Other\nsources:\n  - {url: "%s/two.html", links: li a}\n' \
    "$origin" >mill/feeds/topics/other.yaml
refresh
is_asked /a.html /one.html /two.html
entries 1 mill/output/news/atom.xml
refresh
is_asked /one.html /two.html

# A teaser's page that is a source as well; without that source it is asked for.
rm -rf mill
page b.html "Ferries before the council"
cat >site/teasers.xml <<XML
<rss version="2.0"><channel><title>Daily</title><link>$origin/</link>
<description>d</description><item><title>Ferries before the council</title>
<link>$origin/b.html</link><guid>urn:x:1</guid>
<pubDate>Tue, 03 Dec 2024 10:00:00 +0800</pubDate>
<description>Ferries before the council was the talk of the harbour on Monday,
when the council [...]</description></item></channel></rss>
XML
mill "$origin/teasers.xml"
sed -i 's/^pages: .*/pages: 5/' mill/feeds/mill.yaml
printf 'title: Other\nsources:\n  - {url: "%s/b.html", type: text/html}\n' \
    "$origin" >mill/feeds/topics/other.yaml
refresh
is_asked /b.html /teasers.xml
lacks mill/output/news/atom.xml "Paragraph 5"
refresh "$origin/teasers.xml"
is_asked /b.html /teasers.xml
has mill/output/news/atom.xml "Paragraph 5"

# So is the second page of an article.
rm -rf mill
page c.html "Lighthouses" '<div>1 <a href="/c_2.html">2</a></div>'
page c_2.html "Lighthouses" '<div><a href="/c.html">1</a> 2</div>'
list three.html c.html
mill "{url: \"$origin/three.html\", links: li a}" "{url: \"$origin/c_2.html\", type: text/html}"
refresh
is_asked /c.html /c_2.html /three.html

# Two sources that lead to one place, which is a source too: one answer a run, and
# in three runs each has had its own.
rm -rf mill
rss place.xml 3 Place
printf 'redirect 301 /place.xml\n' >site/x.xml.route
printf 'redirect 302 http://127.0.0.2:%s/y2.xml\n' "$port" >site/y.xml.route
printf 'redirect 302 %s/place.xml\n' "$origin" >site/y2.xml.route
mill "$origin/x.xml" "$origin/y.xml" "$origin/place.xml"
sed -i 's/^connections: .*/connections: 1/' mill/feeds/mill.yaml
for i in 1 2 3; do
    refresh
    count 1 asked /place.xml
done
entries 3 mill/output/news/atom.xml
run 0 list sources -C mill
lacks out " new "
lacks out failing

# Articles of a list that lead to one, to the list, and round in a circle.
rm -rf mill
page d.html "Windmills"
printf 'redirect 302 /d.html\n' >site/e.html.route
printf 'redirect 302 /four.html\n' >site/f.html.route
list four.html d.html e.html f.html
mill "{url: \"$origin/four.html\", links: li a}"
refresh
is_asked /d.html /e.html /f.html /four.html
entries 1 mill/output/news/atom.xml
refresh
is_asked /four.html
printf 'redirect 302 /h.xml\n' >site/g.xml.route
printf 'redirect 302 /g.xml\n' >site/h.xml.route
rm -rf mill
mill "$origin/g.xml"
run 1 refresh -C mill
has err "redirects that go round in a circle"
once
is_asked /g.xml /h.xml
