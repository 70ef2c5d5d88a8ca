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

# Once more changes nothing.
run 0 export -C mill --state
cp out all
run 0 import -C mill --state state
has err "of 3 items the store knew 3"
run 0 export -C mill --state
cmp -s all out || fail "the same once more: $(diff all out | head -3)"

# Into a store that went on without it: what it does not know comes in, what it
# has otherwise stays and is told.
rm -r mill/.feedmill mill/output
FEEDMILL_NOW=2025-03-05T00:00:00Z run 0 refresh -C mill
entries 2 $atom
lacks $atom "deleted-entry"
sed 's#2025-03-0[0-9]T[0-9:]*Z#DATE#' $atom >ours
run 0 import -C mill --state state
has err "of 3 items the store knew 2"
count 2 err "of 2025-03-05 stays; the state has it as"
FEEDMILL_NOW=2025-03-06T00:00:00Z run 0 refresh -C mill
empty err
has $atom '<at:deleted-entry ref='
has $atom "<published>2025-03-05T00:00:00Z</published>"
lacks $atom "<published>2025-03-01T00:00:00Z</published>"
entries 2 $atom

# Other rows have the numbers of those in the state meanwhile.
rm -r mill/.feedmill mill/output
cp site/a.xml a.xml
hourly a.xml 20 25
run 0 refresh -C mill
mv a.xml site/a.xml
run 0 import -C mill --state state
empty err
FEEDMILL_NOW=2025-03-06T00:00:00Z run 0 refresh -C mill
has $atom "<published>2025-03-01T00:00:00Z</published>"
has $atom "<published>2025-03-02T00:00:00Z</published>"
has $atom '<at:deleted-entry ref='
entries 8 $atom

# A broken line is named, and nothing is kept of it.
rm -r mill/.feedmill
{ head -3 state; echo '{"table": "item"'; } >cut
run 1 import -C mill --state cut
has err "cut:4"
echo '{"table": "nothing"}' >odd
run 1 import -C mill --state odd
has err "odd:1"
{ head -1 state; echo '{"table": "item", "id": 7, "short_id": "abc", "source": 1, "story": 99}'; } >stray
run 1 import -C mill --state stray
has err "stray:2"
echo '{"table": "source", "id": "one", "name": 1}' >odd
run 1 import -C mill --state odd
run 1 import -C mill --state absent
run 2 import -C mill --state state --dry-run
run 0 import -C mill --state state
run 0 export -C mill --state
cmp out state || fail "a failed import left something"

# A copy that comes later is known for one, though the store is a new one.
# report NAME HOUR [MORE]: one report, the same in all but for MORE.
report() {
    {
        printf '<rss version="2.0"><channel><title>%s</title>' "$1"
        printf '<link>https://%s.example/</link><description>d</description>' "$1"
        printf '<item><title>Ferry of the north bay%s</title>' "${3:-}"
        printf '<link>https://%s.example/ferry</link><guid>%s</guid>' "$1" "$1"
        printf '<pubDate>Mon, 03 Mar 2025 0%d:00:00 GMT</pubDate><description>' "$2"
        for i in 1 2 3 4 5 6 7 8; do
            printf 'The old ferry, number %d of its line, crossed the bay ' $((i * 7919))
            printf 'on Monday with %d guests and a brass band. ' $((i * 104729))
        done
        printf '%s</description></item></channel></rss>\n' "${3:-}"
    } >"site/$1.xml"
}
report first 8
mill "$origin/first.xml" "$origin/second.xml"
rm -r mill/.feedmill mill/output mill/feeds/decisions.yaml
FEEDMILL_NOW=2025-03-03T10:00:00Z run 1 refresh -C mill
run 0 export -C mill --state
cp out state
rm -r mill/.feedmill
run 0 import -C mill --state state
FEEDMILL_NOW=2025-03-03T11:00:00Z run 1 refresh -C mill --all
report second 9 " runs again"
FEEDMILL_NOW=2025-03-03T12:00:00Z run 0 refresh -C mill --all
has err "second.xml: well again"
run 0 list items -C mill
count 2 out Ferry
count 1 out "  folded  "

# The copy is there before its original has its body again.
rm -rf mill/.feedmill mill/output
rm site/second.xml
FEEDMILL_NOW=2025-03-03T10:00:00Z run 1 refresh -C mill
run 0 export -C mill --state
cp out state
rm -r mill/.feedmill mill/output
run 0 import -C mill --state state
run 0 export -C mill --state
cmp out state || fail "what was read is written otherwise"
mv site/first.xml first.xml
report second 9 " runs again"
FEEDMILL_NOW=2025-03-03T11:00:00Z run 1 refresh -C mill --all
mv first.xml site/first.xml
FEEDMILL_NOW=2025-03-03T12:00:00Z run 0 refresh -C mill --all
run 0 list items -C mill
count 2 out Ferry
count 1 out "  folded  "
entries 1 $atom
