# Entries that a changed feed lists as they were are gone by, and all is as if
# they had been read: two mills follow one site, of which one is made to forget
# what each feed listed last.
. ./lib.sh
needs sqlite3
start_site

# feed ENTRY...: an Atom feed of these.
attributes='xml:lang="en" xml:base="https://example.org/"'
title=Feed
author=Ada
feed() {
    {
        printf '<feed xmlns="http://www.w3.org/2005/Atom" %s>' "$attributes"
        printf '<title>%s</title><author><name>%s</name></author>' "$title" "$author"
        printf '<id>urn:example:feed</id><updated>2025-01-06T10:00:00Z</updated>'
        printf '<link rel="alternate" href="%s"/>%s</feed>\n' "${home:-/}" "$*"
    } >site/a.xml
}
# entry ID WORD [TITLE]: one whose text is made of WORD.
entry() {
    printf '<entry><id>urn:example:%s</id><title>%s</title>' "$1" "${3:-Report $1}"
    printf '<link href="entries/%s"/><updated>2025-01-06T10:00:00Z</updated>' "$1"
    printf '<content type="html">&lt;p&gt;The %s of %s was told.&lt;/p&gt;' "$2" "$1"
    printf '</content></entry>'
}
# bare ID WORD: one without an id, known by its address.
bare() {
    entry "$1" "$2" | sed 's,<id>[^<]*</id>,,'
}

db=.feedmill/store.db
now=1764547200
# step NEW CHANGED: both mills read the site as it is, and come to the same.
step() {
    now=$((now + ${wait:-3600}))
    FEEDMILL_NOW=$now
    export FEEDMILL_NOW
    run "${status:-0}" refresh -C whole --json
    mv out whole.json
    run "${status:-0}" refresh -C mill --json
    has out "\"items\":{\"new\":$1,\"changed\":$2,"
    cmp -s out whole.json || fail "the reports differ"
    for m in mill whole; do
        run 0 export -C $m --state
        mv out $m.state
        run 0 list items -C $m --all --json
        mv out $m.items
        sqlite3 $m/$db 'SELECT id, story, state, last_seen, hex(whole), title FROM item;
            SELECT hex(hash), item, kind, is_shared FROM item_key;
            SELECT source, name, churned, guid_unstable, last_read FROM source, (SELECT 0 AS source);
            SELECT item, page, is_wanted, next, why FROM full_text' >$m.rows
    done
    cmp mill.state whole.state || fail "the states differ"
    cmp mill.items whole.items || fail "the items differ"
    cmp mill.rows whole.rows || fail "the rows differ: $(diff mill.rows whole.rows)"
    diff -r mill/output whole/output >diff || fail "what is published differs: $(cat diff)"
    sqlite3 whole/$db 'DELETE FROM listed'
}

feed "$(entry 1 fox)$(entry 2 owl)$(bare 3 elk)"
mill "$origin/a.xml"
cp -R mill whole
step 3 0
[ "$(sqlite3 mill/$db 'SELECT length(entries) / 32 FROM listed')" = 3 ] ||
    fail "what the feed listed is not remembered"

# Without the marks of one item: only who reads its entry again would notice.
sqlite3 mill/$db "DROP TRIGGER listed_item_other;
    UPDATE item SET whole = zeroblob(16) WHERE title = 'Report 2'"
cp -R mill marked
feed "$(entry 4 hen)$(entry 1 fox)$(entry 2 owl)$(bare 3 elk)"
FEEDMILL_NOW=$((now + 3600)) run 0 refresh -C marked --json
has out '"items":{"new":1,"changed":0,"same":3}'
rm -rf mill
cp -R whole mill
FEEDMILL_NOW=$now run 0 refresh -C mill
FEEDMILL_NOW=$now run 0 refresh -C whole

# Edited, and edited back; gone, and there again, edited; a new order.
feed "$(entry 4 hen)$(entry 1 fox)$(entry 2 bat)$(bare 3 elk)"
step 0 1
feed "$(entry 4 hen)$(entry 1 fox)$(entry 2 owl)$(bare 3 elk)"
step 0 1
feed "$(entry 4 hen)$(entry 1 fox)"
step 0 0
feed "$(entry 4 hen)$(entry 1 fox)$(entry 2 owl)$(bare 3 yak)"
step 0 1
feed "$(bare 3 yak)$(entry 1 fox)$(entry 2 owl)$(entry 4 hen)"
step 0 0

# One entry twice; a new version before the old one, and behind it; one id for
# two entries; one address for two.
feed "$(entry 1 fox)$(entry 1 fox)$(entry 2 owl)"
step 0 0
feed "$(entry 1 cat)$(entry 1 fox)$(entry 2 owl)"
step 0 1
feed "$(entry 1 cat)$(entry 1 fox)$(entry 2 owl)$(entry 5 ant)"
step 1 0
feed "$(entry 1 fox)$(entry 2 owl)"
step 0 1
feed "$(entry 2 owl)$(entry 2 asp 'Report of another')"
step 1 0
feed "$(entry 2 owl)$(entry 2 asp 'Report of another')$(bare 6 eel)"
step 1 0
feed "$(bare 6 eel | sed 's,Report 6,Report 7,')$(bare 6 eel)$(entry 2 owl)"
step 1 1
feed "$(bare 6 eel)$(entry 2 owl)$(entry 2 asp 'Report of another')"
step 0 0

# What the feed says of all of them.
attributes='xml:lang="de" xml:base="https://example.org/"'
feed "$(entry 1 fox)$(entry 2 owl)"
step 0 2
attributes='xml:lang="de" xml:base="https://example.org/moved/"'
feed "$(entry 1 fox)$(entry 2 owl)"
step 1 1
author=Grace
feed "$(entry 1 fox)$(entry 2 owl)"
step 0 0
title='Another feed'
feed "$(entry 1 fox)$(entry 2 owl)"
step 0 0

# New ids beside one that stays.
feed "$(entry 11 auk)$(entry 12 cod)$(entry 13 doe)"
step 3 0
new_id() {
    sed 's,urn:example:,&new,'
}
feed "$(entry 11 auk | new_id)$(entry 12 cod | new_id)$(entry 13 doe)"
step 2 0
feed "$(entry 1 fox)$(entry 2 owl)"
step 0 0

# Ids that are made up at each fetch.
for turn in x y; do
    feed "$(entry 1 fox | sed "s,urn:example:,&$turn,")$(
        entry 2 owl | sed "s,urn:example:,&$turn,")$(bare 3 yak)"
    step $([ $turn = x ] && echo 1 2 || echo 0 0)
done

# Seen for long; and not seen for longer than they are kept.
feed "$(bare 3 yak)$(bare 8 gnu)"
wait=1000000
step 1 0
feed "$(bare 3 yak)$(bare 8 gnu) "
step 0 0
mv site/a.xml site/b.xml
status=1
wait=9000000
step 0 0
wait=60 # which three runs are to tell
step 0 0
step 0 0
step 0 0
mv site/b.xml site/a.xml
status=0
feed "$(bare 3 yak)$(bare 8 gnu)  "
step 0 2
wait=3600
feed "$(bare 3 yak)$(bare 8 gnu)$(bare 9 pig)"
step 1 0

# An older store put back, behind what the feed lists now.
cp mill/$db before.db
feed "$(bare 3 yak)$(bare 8 emu)$(bare 9 pig)"
step 0 1
rm -f mill/$db-* whole/$db-*
cp before.db mill/$db
cp before.db whole/$db
sqlite3 whole/$db 'DELETE FROM listed'
step 0 1

# Full texts: of entries known the pages are wanted as before, and are asked for
# when the feed's home page turns out to be their site.
attributes='xml:lang="en"'
home=https://example.org/
teaser() {
    printf '<entry><id>urn:example:t%s</id><title>Teaser %s</title>' "$1" "$1"
    printf '<link href="%s/page%s"/><updated>2025-01-06T10:00:00Z</updated>' https://example.net "$1"
    printf '<content type="html">It begins like this and goes on ...</content></entry>'
}
feed "$(teaser 1)$(teaser 2)"
step 2 0
wanted() {
    sqlite3 mill/$db "SELECT count(*) FROM full_text WHERE page LIKE '%example.net%'"
}
[ "$(wanted)" = 0 ] || fail "a page elsewhere is wanted"
home=https://example.net/
feed "$(teaser 1)$(teaser 2)$(teaser 3)"
step 1 0
[ "$(wanted)" = 3 ] || fail "a page of the site is not wanted"
for how in always never auto; do
    for m in mill whole; do
        printf 'title: News\nsources:\n  - {url: "%s", full_text: %s}\n' \
            "$origin/a.xml" $how >$m/feeds/topics/news.yaml
    done
    step 0 0
    feed "$(teaser 1)$(teaser 2)$(teaser 3) $how"
    step 0 0
done
