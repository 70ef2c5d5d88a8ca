# What the editor is shown: of each topic who stands for a story there, what waits,
# and which limit keeps an item out of the feed.
. ./lib.sh
start_site
# paper NAME HOUR: a feed of one long report, the same in all.
paper() {
    {
        printf '<rss version="2.0"><channel><title>%s</title>' "$1"
        printf '<link>https://%s.example/</link><description>d</description>' "$1"
        printf '<item><title>Ferry of the north bay runs again</title>'
        printf '<link>https://%s.example/ferry</link><guid>%s</guid>' "$1" "$1"
        printf '<pubDate>Mon, 02 Dec 2024 0%d:00:00 GMT</pubDate><description>' "$2"
        for i in 1 2 3 4 5 6 7 8; do
            printf 'The old ferry, number %d of its line, crossed the bay ' $((i * 7919))
            printf 'on Monday with %d guests and a brass band. ' $((i * 104729))
        done
        printf '</description></item></channel></rss>\n'
    } >"site/$1.xml"
}
paper first 8
paper second 9
mill "$origin/first.xml"
printf 'title: Other\nreview: all\nsources:\n  - %s/second.xml\n' "$origin" \
    >mill/feeds/topics/other.yaml
run 0 refresh -C mill
id_of() { sed -n "s/^\([a-z2-7]*\) .*($1.*/\1/p" "$2"; }
run 0 list items -C mill
first=$(id_of first out)
second=$(id_of second out)
[ -n "$first" ] && [ -n "$second" ] || fail "no items"

# Published in one topic, it waits in the other, where the copy stands for it.
run 0 list stories -C mill --all
has out "$first  published "
run 0 list stories -C mill --topic other
has out "$second  held "
for what in stories items; do
    run 0 list $what -C mill --state held
    count 1 out ""
    has out "$second  held "
done
run 0 decide -C mill approve "$second" --topic other
run 0 publish -C mill
entries 1 mill/output/other/atom.xml
run 0 list items -C mill --topic other
has out "$second  published "
run 0 list stories -C mill --all --json
has out '"topics":["news","other"]'

# What is new is what came within a day.
run 0 list stories -C mill --topic other --state new
has out "$second  published "
FEEDMILL_NOW=$(($(date +%s) + 90000)) run 0 list items -C mill --state new
empty out
run 2 list items -C mill --state expired
run 2 list items -C mill --state lost
run 2 why -C mill "$second" --topic absent
has err "no topic of this mill: absent"

# A topic with both has one of them; the other is folded, for why and list alike.
printf 'title: Both\nsources:\n  - %s/first.xml\n  - %s/second.xml\n' \
    "$origin" "$origin" >mill/feeds/topics/both.yaml
run 0 why -C mill "$second" --topic both
has out "topic       both: folded;"
has out "$first leads its story"
run 0 list items -C mill --topic both
has out "$second  folded "
run 0 decide -C mill lead "$second" --topic both
run 0 why -C mill "$second" --topic both
has out "topic       both: published;"
run 0 list items -C mill --topic both
has out "$first  folded "

# What belongs and has no place: by which limit.
rss many.xml 4
topic=mill/feeds/topics/many.yaml
printf 'title: Many\nsources:\n  - %s/many.xml\n  - %s/first.xml\n' \
    "$origin" "$origin" >$topic
run 0 refresh -C mill
oldest=https://example.org/many.xml/1
run 0 why -C mill $oldest --topic many
lacks out "not in the feed"
for limit in 'entries: 3' 'per_source: 2'; do
    sed -i "1a $limit" $topic
    run 0 why -C mill $oldest --topic many
    has out "topic       many: published;"
    has out "not in the feed now: no room by $limit"
    run 0 why -C mill https://example.org/many.xml/4 --topic many
    lacks out "not in the feed"
    sed -i 's/^title: .*/&\norder: rank/' $topic
    run 0 why -C mill $oldest --topic many
    has out "not in the feed now: no room by $limit"
    sed -i "2,3d" $topic
done
sed -i "1a days: 1" $topic
FEEDMILL_NOW=2024-12-04T09:00:00Z run 0 why -C mill $oldest --topic many
has out "not in the feed now: no room by days: 1"
run 0 decide -C mill pin $oldest
FEEDMILL_NOW=2024-12-04T09:00:00Z run 0 why -C mill $oldest --topic many
lacks out "not in the feed"

# What has no title is known by its beginning, as in the feed.
rss a.xml 2
sed 's#<title>Plain report 1</title>##' site/a.xml >site/b.xml
grep -q 'report 1<' site/b.xml && fail "it has a title"
mill "$origin/b.xml"
rm -r mill/.feedmill mill/output
run 0 refresh -C mill
run 0 list items -C mill
has out "Item 1 of a.xml tells"
