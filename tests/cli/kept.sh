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
