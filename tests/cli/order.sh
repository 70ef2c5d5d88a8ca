# In which order answers come decides nothing: of entries of one moment the same ones
# are published, under the same ids, and the others archived, in the same documents.
. ./lib.sh
start_site
for feed in a b c; do
    {
        printf '<rss version="2.0"><channel><title>%s</title>' $feed
        for i in 1 2 3 4 5 6; do
            printf '<item><title>Report %d of %s</title><link>https://example.org/%s/%d</link>' $i $feed $feed $i
            printf '<guid>https://example.org/%s/%d</guid><pubDate>Tue, 03 Dec 2024 00:00:00 GMT</pubDate>' $feed $i
            printf '<description>What %s tells of its matter %d%d%d.</description></item>' $feed $i $i $i
        done
        # What all have alike: a text alone, and a link to a front page.
        printf '<item><description>Nothing new.</description></item>'
        printf '<item><guid>notice %s</guid><link>https://example.org/</link>' $feed
        printf '<title>Notice of %s</title></item></channel></rss>' $feed
    } >site/$feed.txt
done
FEEDMILL_NOW=2025-01-15T12:00:00Z
export FEEDMILL_NOW
mill "$origin/a" "$origin/b" "$origin/c"
sed -i 's/^title: News/&\nentries: 9/' mill/feeds/topics/news.yaml
for late in a b c; do
    for feed in a b c; do
        printf 'file %s.txt\ntype text/xml\n' $feed >site/$feed.route
    done
    printf 'delay 300\n' >>site/$late.route
    cp -r mill $late
    run 0 refresh -C $late
    entries 9 $late/output/news/atom.xml
    diff -r a/output $late/output || fail "published otherwise when $late comes last"
done
[ -e a/output/news/atom-2.xml ] || fail "nothing is archived"
