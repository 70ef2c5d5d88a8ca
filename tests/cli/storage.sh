# Trouble with files: status 4, one line, and what was there stays.
. ./lib.sh
start_site
rss feed.xml 3
mill "$origin/feed.xml"

# The output folder cannot be made, or is no folder.
echo "no folder" >mill/output
run 4 refresh -C mill
count 1 err ""
has err output
rm mill/output
run 0 refresh -C mill
entries 3 mill/output/news/atom.xml

# A read-only output folder (root writes anyway).
if [ "$(id -u)" != 0 ]; then
    chmod -R a-w mill/output
    rss feed.xml 4
    run 4 refresh -C mill
    has err output
    chmod -R u+w mill/output
    run 0 refresh -C mill
    entries 4 mill/output/news/atom.xml
fi

# A store that is damaged, and one of a newer feedmill, stay as they are.
cp -r mill damaged
rm -f damaged/.feedmill/store.db-*
head -c 20000 /dev/urandom >damaged/.feedmill/store.db
cp damaged/.feedmill/store.db before
state_of damaged/output >state
run 4 refresh -C damaged
count 1 err ""
has err store.db
cmp damaged/.feedmill/store.db before || fail "a damaged store was touched"
state_of damaged/output | diff state - || fail "the output was touched"
run 4 publish -C damaged

cp -r mill newer
sqlite3 newer/.feedmill/store.db 'pragma user_version=9999; pragma wal_checkpoint(truncate)' >/dev/null
cp newer/.feedmill/store.db before
run 4 refresh -C newer
count 1 err ""
has err newer
cmp newer/.feedmill/store.db before || fail "a newer store was touched"
