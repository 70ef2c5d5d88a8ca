# A source that moved for good, and whose owner takes its new address over, is the one
# it was: what it lists no more stays published, and nothing comes back as unread.
. ./lib.sh
needs sqlite3
start_site
hourly old.xml 1 5
printf 'redirect 301 %s/new.xml\n' "$origin" >site/old.xml.route
hourly new.xml 1 5
rm site/old.xml
mill "$origin/old.xml"
feed=mill/output/news/atom.xml
at() {
    FEEDMILL_NOW=2025-01-$1T00:00:00Z run 0 refresh -C mill --all
}
ids() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="id" or local-name()="updated"]/text()' $feed
}
at 01
at 02
at 03
has err "moved for good to $origin/new.xml"
hourly new.xml 4 6
at 04
entries 6 $feed
ids >before

run 0 check -C mill --moved
to=$(sed -n 's/.* -> //p' out)
sed -i "s,$origin/old.xml,$to," mill/feeds/topics/news.yaml
FEEDMILL_NOW=2025-01-05T00:00:00Z run 0 publish -C mill
entries 6 $feed
at 05
entries 6 $feed
ids | cmp - before || fail "entries have changed"
run 0 list sources -C mill
count 1 out ".xml"
lacks out moved
run 0 check -C mill --moved
empty out

# Where both are the owner's, each stays what it is.
mill "$origin/old.xml" "$origin/new.xml"
rm -r mill/.feedmill mill/output
for day in 06 07 08 09; do at $day; done
run 0 list sources -C mill
has out "$origin/old.xml"
has out "$origin/new.xml"

# The new address is out of order for some days, when the old one is gone for good: it
# is asked again.
rm -r mill
hourly new.xml 1 5
mill "$origin/old.xml"
for day in 10 11 12; do at $day; done
rm site/old.xml.route
at 13
printf 'status 500\n' >site/new.xml.route
for day in 14 15 16 17 18 19; do
    FEEDMILL_NOW=2025-01-${day}T00:00:00Z run 1 refresh -C mill --all
done
count 2 site.log "end 404 /old.xml"
hourly new.xml 4 6
rm site/new.xml.route
at 20
entries 6 mill/output/news/atom.xml

# An owner need not wait until a move is believed: once seen is enough, also when the
# old address has failed since.
rm -r mill
hourly old.xml 1 5
hourly new.xml 4 6
mill "$origin/old.xml"
at 21
rm site/old.xml
printf 'redirect 301 %s/new.xml\n' "$origin" >site/old.xml.route
at 22
printf 'status 410\n' >site/old.xml.route
FEEDMILL_NOW=2025-01-23T00:00:00Z run 1 refresh -C mill --all
sed -i "s,/old.xml,/new.xml," mill/feeds/topics/news.yaml
: >site.log
FEEDMILL_NOW=2025-01-23T01:00:00Z run 0 refresh -C mill
count 1 site.log "ask GET /new.xml"
entries 6 mill/output/news/atom.xml
run 0 list sources -C mill
count 1 out ".xml"
lacks out gone

# The same of a source that comes with a state of before.
rm -r mill
cat >site/old.xml <<XML
<rss version="2.0"><channel><title>A</title><link>https://example.org/</link>
<item><title>No date one</title><guid isPermaLink="false">one</guid><description>One of the words that have no date.</description></item>
<item><title>No date two</title><description>Two of the words that have no date, nor a guid.</description></item>
</channel></rss>
XML
cp site/old.xml site/new.xml
rm site/old.xml.route
mill "$origin/old.xml"
at 24
mv site/old.xml old.xml
printf 'redirect 301 %s/new.xml\n' "$origin" >site/old.xml.route
for day in 25 26 27; do at $day; done
grep -E '<(id|published)>' mill/output/news/atom.xml >before
count 2 before 2025-01-24
run 0 export -C mill --state
cp out state
rm -r mill/.feedmill mill/output
sed -i "s,/old.xml,/new.xml," mill/feeds/topics/news.yaml
run 0 import -C mill --state state
run 0 export -C mill --state
cmp out state || fail "what was read is written otherwise"
at 28
entries 2 mill/output/news/atom.xml
grep -E '<(id|published)>' mill/output/news/atom.xml | cmp - before || fail "other entries"
