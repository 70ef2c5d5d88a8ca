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

# A limit of the system's on files is a failure like any other: nothing is lost.
cp -r mill small
rss feed.xml 9
for blocks in 1 40 200; do
    (
        ulimit -f $blocks
        run 4 refresh -C small
    ) || exit 1
    count 1 err ""
    entries 3 small/output/news/atom.xml
done
run 0 refresh -C small
entries 9 small/output/news/atom.xml
rss feed.xml 3

# A store that is lost, or empty, is told of once, and what was published stays.
for how in rm truncate; do
    cp -r mill lost
    rm -f lost/.feedmill/store.db-*
    case $how in
    rm) rm -r lost/.feedmill ;;
    *) : >lost/.feedmill/store.db ;;
    esac
    cp lost/output/news/atom.xml before
    run 0 refresh -C lost
    count 1 err ""
    has err "there is no store, though output/ was published from one"
    cmp -s lost/output/news/atom.xml before || fail "the feed is another"
    run 0 refresh -C lost
    empty err
    rm -r lost
done

# Files on their way to the disk are not held open, however many there are.
for topic in a b c d e f; do
    cp mill/feeds/topics/news.yaml mill/feeds/topics/$topic.yaml
done
(
    ulimit -n 16
    run 0 refresh -C mill
) || exit 1
entries 3 mill/output/f/atom.xml
