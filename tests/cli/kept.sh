# A topic that would become empty because its sources fail keeps its last
# edition, whatever became of the store, also for publish; another topic that
# has nothing to show is written all the same.
. ./lib.sh
start_site
rss a.xml 2 Alpha
rss b.xml 2 Beta
mill "$origin/a.xml"
printf 'title: Other\nsources:\n  - %s/b.xml\n' "$origin" \
    >mill/feeds/topics/other.yaml
run 0 refresh -C mill
entries 2 mill/output/news/atom.xml
state_of mill/output/news >before

rm -r mill/.feedmill site/a.xml
printf 'keep: Gamma\n' >>mill/feeds/topics/other.yaml
run 0 publish -C mill
state_of mill/output/news | diff before - || fail "publish emptied the edition"
run 1 refresh -C mill
state_of mill/output/news | diff before - || fail "refresh emptied the edition"
entries 0 mill/output/other/atom.xml
run 0 publish -C mill
state_of mill/output/news | diff before - || fail "publish emptied the edition"

# An id that is no IRI is not published as one.
printf '<rss version="2.0"><channel><title>C</title><item>%s</item></channel></rss>' \
    '<title>C</title><guid isPermaLink="false">http://x.example/?{c}|d</guid>' \
    >site/a.xml
run 0 refresh -C mill
entries 1 mill/output/news/atom.xml
lacks mill/output/news/atom.xml '{c}'
has mill/output/news/atom.xml '<id>urn:uuid:'

# A topic that never had an entry, and ailments that never were, are of the moment they
# were first published at, at the first run and later.
printf '<rss version="2.0"><channel><title>C</title></channel></rss>' >site/c.xml
mkdir -p none/feeds/topics
cp mill/feeds/mill.yaml none/feeds/
printf 'title: None\nsources:\n  - %s/c.xml\n' "$origin" >none/feeds/topics/none.yaml
FEEDMILL_NOW=2024-12-01T10:00:00Z run 0 refresh -C none
has none/output/none/atom.xml '<updated>2024-12-01T10:00:00Z</updated>'
has none/output/health.xml '<updated>2024-12-01T10:00:00Z</updated>'
! grep -r 1970 none/output || fail "a time that nothing happened at"
state_of none/output >before
FEEDMILL_NOW=2024-12-01T11:00:00Z run 0 publish -C none
state_of none/output | diff before - || fail "published again, it is otherwise"

# What has expired goes with the run that finds it so, and not with the next one.
rm -r none/.feedmill none/output
printf 'keep_items: 5d\n' >>none/feeds/mill.yaml
sed -i 's/archive:.*//; s/^title.*/&\narchive: no/' none/feeds/topics/none.yaml
hourly c.xml 1 3
FEEDMILL_NOW=2024-12-02T00:00:00Z run 0 refresh -C none --all
hourly c.xml 3 5
FEEDMILL_NOW=2024-12-04T00:00:00Z run 0 refresh -C none --all
FEEDMILL_NOW=2024-12-06T00:00:00Z run 0 refresh -C none --all
entries 5 none/output/none/atom.xml
FEEDMILL_NOW=2024-12-08T00:00:00Z run 0 refresh -C none --all
entries 3 none/output/none/atom.xml
