# A feed that makes up guids and addresses at each fetch does not publish its
# entries again, be they ever so short.
. ./lib.sh
needs xmllint
start_site
# feed ITEM PREFIX
feed() {
    cat >site/new.txt <<X
<rss version="2.0"><channel><title>A</title><link>https://example.org/</link><description>d</description>
$1<item><title>One thing happened</title><link>https://example.org/$2/1</link><guid>$2-1</guid><pubDate>Tue, 03 Dec 2024 10:00:00 GMT</pubDate><description>First.</description></item>
<item><title>Another happened</title><link>https://example.org/$2/2</link><guid>$2-2</guid><pubDate>Tue, 03 Dec 2024 11:00:00 GMT</pubDate></item>
<item><title>This one names no time</title><link>https://example.org/$2/3</link><guid>$2-3</guid><description>It has none.</description></item>
</channel></rss>
X
}
feed "" '$COUNT'
printf 'template new.txt\n' >site/new.xml.route
mill "$origin/new.xml"
run 0 refresh -C mill
entries 3 mill/output/news/atom.xml
facts() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="id" or local-name()="published" or local-name()="updated"]/text()' \
        mill/output/news/atom.xml | sort
}
facts >before
for i in 1 2 3; do
    run 0 refresh -C mill
    [ $i -gt 1 ] || has err "new guids and addresses: they are known by title, text and date"
    facts | cmp -s before - || fail "other entries at fetch $i"
done
run 0 list items -C mill
[ "$(wc -l <out)" = 3 ] || fail "items are stored again"

# What is new in such a document is new.
feed '<item><title>Something new</title><link>https://example.org/$COUNT/4</link><guid>$COUNT-4</guid><pubDate>Tue, 03 Dec 2024 12:00:00 GMT</pubDate></item>' '$COUNT'
run 0 refresh -C mill
entries 4 mill/output/news/atom.xml
# The operator sees why; and a feed that keeps its ids is well again.
run 0 list sources -C mill
has out "repeating"
feed "" fixed
run 0 refresh -C mill
feed "<!-- one more -->" fixed
run 0 refresh -C mill
has err "well again"
entries 4 mill/output/news/atom.xml

# Entries without a date that got one from their pages are theirs still, and their
# pages are not asked for at each fetch.
mkdir -p site/p
for n in Ferries Seagulls Fishermen; do
    {
        printf '<!doctype html><html><head><title>%s before the council</title>' $n
        printf '<meta property="article:published_time" content="2024-12-0%dT10:00:00+00:00"></head>' ${#n}
        printf '<body><article><h1>%s before the council</h1>' $n
        printf '<p>%s was the talk of the harbour on Monday, when the council met behind closed doors.</p>' $n
        for i in 1 2 3 4 5 6; do
            printf '<p>Paragraph %d about %s tells, at some length and with a comma, ' $i $n
            printf 'what the people who were there that morning saw and said.</p>'
        done
        printf '</article></body></html>'
    } >site/p/$n
    for i in 1 2 3; do
        cp site/p/$n site/p/$n.$i
    done
done
{
    printf '<rss version="2.0"><channel><title>A</title><link>%s/</link><description>d</description>\n' "$origin"
    for n in Ferries Seagulls Fishermen; do
        printf '<item><title>%s before the council</title><link>%s/p/%s.$COUNT</link>' $n "$origin" $n
        printf '<guid>urn:x:$COUNT:%s</guid>' $n
        printf '<description>%s was the talk of the harbour on Monday, when the council [...]</description></item>\n' $n
    done
    printf '</channel></rss>\n'
} >site/undated.txt
printf 'template undated.txt\n' >site/undated.xml.route
mill "$origin/undated.xml"
rm -r mill/.feedmill mill/output
sed -i 's/^pages: .*/pages: 9/' mill/feeds/mill.yaml
run 0 refresh -C mill
has mill/output/news/atom.xml "Paragraph 6 about Seagulls"
facts >before
grep -q 2024-12-07T10:00:00Z before || fail "no date from a page"
for i in 2 3; do
    run 0 refresh -C mill
    facts | cmp -s before - || fail "other entries at fetch $i of the undated feed"
    has mill/output/news/atom.xml "Paragraph 6 about Seagulls"
    count 3 site.log "ask GET /p/"
done
