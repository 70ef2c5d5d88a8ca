# A feed that its server cuts in the middle, at the length it declares, is a fault:
# what came whole is stored, the entry that the cut goes through stays as it was,
# no other vanishes, and the next request is for all of it.
. ./lib.sh
start_site

# feed FORMAT LAST: entries 1 to LAST in site/whole, and where the third one's text
# is half through, in site/half.
feed() {
    entry=1
    : >site/whole
    case $1 in
    rss) printf '<rss version="2.0"><channel><title>Paper</title>' ;;
    rdf) printf '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>Paper</title></channel>' ;;
    atom) printf '<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>' ;;
    json) printf '{"version":"https://jsonfeed.org/version/1.1","title":"Paper","items":[' ;;
    esac >site/whole
    while [ $entry -le "$2" ]; do
        link=https://example.org/$1/$entry
        text="Entry number $entry of $1 begins here, and a long way behind it ends as $entry$entry$entry"
        case $1 in
        rss) printf '<item><title>Title %d</title><link>%s</link><guid>%s</guid><pubDate>Tue, 03 Dec 2024 10:0%d:00 GMT</pubDate><description>%s</description></item>' $entry $link $link $entry "$text" ;;
        rdf) printf '<item rdf:about="%s"><title>Title %d</title><link>%s</link><description>%s</description></item>' $link $entry $link "$text" ;;
        atom) printf '<entry><title>Title %d</title><link href="%s"/><id>%s</id><updated>2024-12-03T10:0%d:00Z</updated><content>%s</content></entry>' $entry $link $link $entry "$text" ;;
        json) [ $entry = 1 ] || printf ,; printf '{"id":"%s","url":"%s","title":"Title %d","content_text":"%s"}' $link $link $entry "$text" ;;
        esac >>site/whole
        [ $entry != 3 ] || head -c -40 site/whole >site/half
        [ $entry != 2 ] || cp site/whole site/between
        entry=$((entry + 1))
    done
    case $1 in
    rss) printf '</channel></rss>' ;;
    rdf) printf '</rdf:RDF>' ;;
    atom) printf '</feed>' ;;
    json) printf ']}' ;;
    esac >>site/whole
}
is_cut() { # the run says so, and how much came
    has out '"state":"failing"'
    has out "the feed ends before its end, behind $1 whole entries"
}

for format in rss rdf atom json; do
    feed $format 6
    rm -rf mill
    cat >site/$format.route <<ROUTE
etag auto
type application/$([ $format = json ] && echo json || echo xml)
on 1
file whole
on 2
file half
on 3
file between
gzip
on 4+
file whole
ROUTE
    mill "$origin/$format"
    run 0 refresh -C mill
    entries 6 mill/output/news/atom.xml
    cp mill/output/news/atom.xml before.xml
    for at in 2 3; do
        run 1 refresh -C mill --json
        is_cut 2
        cmp before.xml mill/output/news/atom.xml || fail "$format: a cut changed what is published"
        run 0 list sources -C mill
        has out "failing"
    done
    run 0 refresh -C mill --json
    has out '"state":"ok"'
    cmp before.xml mill/output/news/atom.xml || fail "$format: the end of the cut changed what is published"
    grep "ask GET /$format" "$work/site.log" >asks
    sed -n 2p asks | grep -q If-None-Match || fail "$format: validators are not sent at all"
    sed -n 3,4p asks | grep -q If-None-Match && fail "$format: asked for less than the whole: $(sed -n 3,4p asks)"
    run 0 refresh -C mill
    grep "ask GET /$format" site.log | sed -n 5p | grep -q If-None-Match || fail "$format: no validators after the whole"
done

# From the first request on, nothing whole at all, and only its last tags missing.
feed rss 2
rm -rf mill
printf 'on 1\nfile start\non 2\nfile most\non 3\nfile rest\n' >site/late.route
head -c 60 site/whole >site/start
head -c -6 site/whole >site/rest
sed 's/<link>[^<]*2<.*//' site/whole >site/most
mill "$origin/late"
run 1 refresh -C mill --json
is_cut 0
run 1 refresh -C mill --json
is_cut 1
entries 1 mill/output/news/atom.xml
run 0 refresh -C mill --json
has out '"state":"ok"'
entries 2 mill/output/news/atom.xml

# One that is cut always is asked for as often as ever, and told of once.
rm -rf mill
feed rss 6
printf 'file half\n' >site/always.route
mill "$origin/always"
sed -i 's/^min_interval.*/min_interval: 15m/; s/^max_interval.*/max_interval: 1h/' mill/feeds/mill.yaml
sed -i 's/<channel>/<channel><ttl>30<\/ttl>/' site/half
for minute in 00 40 80 120 160 200; do
    FEEDMILL_NOW=$(($(date -d 2024-12-03T11:00:00Z +%s) + minute * 60))
    export FEEDMILL_NOW
    run 1 refresh -C mill
    [ $minute != 00 ] || has err "the feed ends before its end"
    [ $minute = 00 ] || empty err
done
[ "$(grep -c "ask GET /always" site.log)" = 6 ] || fail "asked for $(grep -c "ask GET /always" site.log) times of six"

# A page's packed body that breaks off behind frames that are whole: it is asked for
# again, and none of its beginning is published.
unset FEEDMILL_NOW
rm -rf mill
{
    printf '<html><head><title>Harbour report</title></head><body><article><h1>Harbour report</h1>'
    for i in $(seq 1 12); do
        printf '<p>Paragraph %d of the harbour report tells, at some length and with a comma, what %d people saw there.</p>' "$i" $((i * 7919))
    done
    printf '</article></body></html>'
} >site/report
printf 'on 1\nfile cut.gz\nheader Content-Encoding: gzip\non 2+\nfile report\ngzip\n' >site/report.html.route
gzip -c site/report | head -c -60 >site/cut.gz
mill "{url: \"$origin/report.html\", type: text/html}"
run 1 refresh -C mill
has err "report.html: the answer ends before its end"
entries 0 mill/output/news/atom.xml
run 0 refresh -C mill
entries 1 mill/output/news/atom.xml
has mill/output/news/atom.xml "Paragraph 12"
