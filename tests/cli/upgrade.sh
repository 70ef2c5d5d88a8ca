# A store that the first schema made is brought up to date with all that is in it:
# its items are known, its entries keep their ids and dates.
. ./lib.sh
needs sqlite3
start_site
mkdir -p site
cp "$here/data/store_1.xml" site/a.xml
mill "$origin/a.xml"
db=mill/.feedmill/store.db
atom=mill/output/news/atom.xml
mkdir -m 700 mill/.feedmill
{
    cat "$here/../../src/store/schema/001_start.sql"
    sed "s,@ORIGIN@,$origin," "$here/data/store_1.sql"
} | sqlite3 -bail $db || fail "no old store"
[ "$(sqlite3 $db 'PRAGMA user_version')" = 1 ] || fail "not the first schema"

# known FEED: what readers know its entries by.
known() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="id" or
        local-name()="published" or local-name()="updated"]/text()' "$1"
}
cat >want <<'X'
urn:uuid:f8b4559e-16f8-8099-b230-1f29350982a7
2024-12-05T12:00:00Z
2024-12-05T12:00:00Z
urn:uuid:3aca5c9c-fd92-872a-bd2f-158325566468
2024-12-03T08:30:00Z
2024-12-03T08:30:00Z
https://example.org/crane
2024-12-02T10:00:00+01:00
2024-12-06T12:00:00Z
X
# A look alone changes nothing.
cksum $db >before
run 0 list items -C mill --json
cksum $db | cmp - before || fail "list has changed the store"
count 3 out '"state":"published"'
has out '"title":"港口的新起重机"'

FEEDMILL_NOW=2024-12-07T12:00:00Z run 0 publish -C mill
known $atom >got
cmp want got || fail "other entries: $(diff want got)"
newest=$(ls "$here"/../../src/store/schema/*.sql | wc -l)
[ "$(sqlite3 $db 'PRAGMA user_version')" = "$newest" ] || fail "not the newest schema"
[ "$(sqlite3 $db 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok ] || fail "damaged"

# The source gives the same again: all are known, and nothing moves.
cp $atom published.xml
FEEDMILL_NOW=2024-12-08T12:00:00Z run 0 refresh -C mill --json
has out '"items":{"new":0,'
known $atom >got
cmp want got || fail "other entries after a fetch: $(diff want got)"
cmp published.xml $atom || fail "the feed has changed: $(diff published.xml $atom)"

# What is edited and what is new is told from what was there.
sed -i 's/from the north/from the far north/; s,</channel>,<item><title>The quay is closed</title><link>https://example.org/quay</link><pubDate>Sun\, 08 Dec 2024 09:00:00 GMT</pubDate><description>For a week\, from tomorrow on\, while the crane is set up.</description></item>&,' site/a.xml
FEEDMILL_NOW=2024-12-09T12:00:00Z run 0 refresh -C mill --json
has out '"items":{"new":1,"changed":1,"same":2}'
entries 4 $atom
has $atom "<id>https://example.org/crane</id>"
