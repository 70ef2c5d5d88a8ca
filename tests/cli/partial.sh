# Words on the command line pick sources; what is not asked is not touched.
. ./lib.sh
start_site
rss a.xml 2 Alpha
rss b.xml 2 Beta
mill "$origin/a.xml"
printf 'title: Other\nsources:\n  - %s/b.xml\n' "$origin" \
    >mill/feeds/topics/other.yaml
run 0 refresh -C mill other
count 0 site.log "GET /a.xml"
count 1 site.log "GET /b.xml"
entries 2 mill/output/other/atom.xml
run 0 refresh -C mill "$origin/a.xml"
count 1 site.log "GET /a.xml"
count 1 site.log "GET /b.xml"
entries 2 mill/output/news/atom.xml
run 2 refresh -C mill nowhere
has err nowhere

# --dry-run looks, and writes nothing; nor does it make a store.
rss a.xml 3 Alpha
state_of mill >before
run 0 refresh -C mill --dry-run --json
has out '"exit":0'
has out '"new":1'
state_of mill | diff before - || fail "a dry run wrote"
run 0 refresh -C mill
entries 3 mill/output/news/atom.xml
rm -r mill/.feedmill mill/output
run 0 refresh -C mill --dry-run
[ ! -e mill/.feedmill ] || fail "a dry run made .feedmill"
[ ! -e mill/output ] || fail "a dry run made output"
