# A store that is made anew gives the same entries the same ids and dates, when
# its state was kept as text.
. ./lib.sh
start_site
cat >site/a.xml <<XML
<rss version="2.0"><channel><title>A</title><link>https://example.org/</link>
<item><title>No date one</title><link>https://example.org/1</link><description>One of the words that have no date.</description></item>
<item><title>No date two</title><link>https://example.org/2</link><description>Two of the words that have no date.</description></item>
</channel></rss>
XML
mill "$origin/a.xml"
atom=mill/output/news/atom.xml
FEEDMILL_NOW=2025-03-01T00:00:00Z run 0 refresh -C mill
sed -i 's#<item><title>No date two.*#<item><title>Three</title><link>https://example.org/3</link><description>Three came later than all.</description></item>#' site/a.xml
FEEDMILL_NOW=2025-03-02T00:00:00Z run 0 refresh -C mill
FEEDMILL_NOW=2025-03-03T00:00:00Z run 0 decide -C mill retract https://example.org/2
FEEDMILL_NOW=2025-03-03T00:00:00Z run 0 publish -C mill
entries 2 $atom
has $atom "deleted-entry"
cp $atom before

run 0 export -C mill --state
cp out state
[ "$(wc -l <state)" -gt 5 ] || fail "no state"
has state '"date_is_first_seen":1'
rm -r mill/.feedmill mill/output
run 0 import -C mill --state state
run 0 export -C mill --state
cmp out state || fail "what was read is written otherwise"
FEEDMILL_NOW=2025-03-04T00:00:00Z run 0 refresh -C mill
empty err
cmp before $atom || fail "other entries: $(diff before $atom)"

# Not over what is there; a broken line is named, and nothing is kept of it.
run 2 import -C mill --state state
has err "has a store already"
rm -r mill/.feedmill
{ head -3 state; echo '{"table": "item"'; } >cut
run 1 import -C mill --state cut
has err "cut:4"
echo '{"table": "nothing"}' >odd
run 1 import -C mill --state odd
has err "odd:1"
run 1 import -C mill --state absent
run 2 import -C mill --state state --dry-run
run 0 import -C mill --state state
run 0 export -C mill --state
cmp out state || fail "a failed import left something"
