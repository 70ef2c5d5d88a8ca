# The editor merges and splits stories; a line taken out is undone.
. ./lib.sh
start_site
rss a.xml 2 Apples
rss b.xml 2 Bridges
mill "$origin/a.xml" "$origin/b.xml"
atom=mill/output/news/atom.xml
decisions=mill/feeds/decisions.yaml
a1=https://example.org/a.xml/1
b1=https://example.org/b.xml/1
b2=https://example.org/b.xml/2
ids() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="id"]/text()' \
        "$atom" | sort
}
run 0 refresh -C mill
entries 4 $atom
ids >all

# Merged: one entry, with the id of the one published first; both when undone.
run 0 decide -C mill merge $b1 --into $a1
has $decisions "do: merge, into: \"$a1\""
run 0 publish -C mill
empty err
entries 3 $atom
has $atom 'rel="related"'
run 0 list stories -C mill
has out "and 1 more"
run 0 why -C mill $b1
has out "merge into"
ids >merged
cp $atom first
run 0 publish -C mill
cmp $atom first || fail "a second run differs"
cp $decisions kept
: >$decisions
run 0 publish -C mill
ids >again
cmp all again || fail "a merge is not undone"
cp kept $decisions
run 0 publish -C mill
ids >again
cmp merged again || fail "the same merge gives another id"

# The same on an empty store.
rm -r mill/.feedmill
run 0 refresh -C mill
entries 3 $atom

# A ring of merges is one line; the rest works.
run 0 decide -C mill merge $b2 --into $b1
run 0 decide -C mill merge $a1 --into $b2
run 0 publish -C mill
has err "feeds/decisions.yaml:3:3: with line 1 this merges in a ring"
entries 2 $atom
echo "- {item: \"$a1\", do: merge, into: nosuchitem234}" >>$decisions
run 0 publish -C mill
has err "feeds/decisions.yaml:4:3: no item is known as nosuchitem234"
run 2 decide -C mill merge $b1
run 2 decide -C mill split $b1 --topic news
run 2 decide -C mill hide $b1 --into $a1

# A split after the merge leaves it to the others.
: >$decisions
sed 's#https://example.org/b.xml/#https://mirror.example.org/#g' site/b.xml >site/c.xml
mill "$origin/a.xml" "$origin/b.xml" "$origin/c.xml"
rm -r mill/.feedmill mill/output
run 0 refresh -C mill
run 0 list stories -C mill
count 2 out "and 1 more"
entries 4 $atom
ids >all
run 0 decide -C mill split https://mirror.example.org/1
run 0 publish -C mill
empty err
entries 5 $atom
ids >split
grep -vxFf all split >new || fail "a split gives no new id"
[ "$(wc -l <new)" = 1 ] || fail "a split changed other ids"
run 0 publish -C mill
ids >again
cmp split again || fail "a split is not stable"
run 0 refresh -C mill --all
ids >again
cmp split again || fail "a split does not outlive a refresh"
: >$decisions
run 0 publish -C mill
ids >again
cmp all again || fail "a split is not undone"

# A split that comes later than a merge ends it, for the item it names; what else
# was merged with that one stays together.
rss a.xml 3 Apples
mill "$origin/a.xml"
rm -r mill/.feedmill mill/output
: >$decisions
run 0 refresh -C mill
ids >all
a2=https://example.org/a.xml/2
a3=https://example.org/a.xml/3
FEEDMILL_NOW=2026-01-01T00:00:00Z run 0 decide -C mill merge $a1 $a3 --into $a2
run 0 publish -C mill
entries 1 $atom
FEEDMILL_NOW=2026-01-02T00:00:00Z run 0 decide -C mill split $a1
run 0 publish -C mill
empty err
entries 2 $atom
ids | grep -vxFf all && fail "a split of what was merged gives a new id"
sed -i '$d' $decisions
FEEDMILL_NOW=2026-01-02T00:00:00Z run 0 decide -C mill split $a2
run 0 publish -C mill
empty err
entries 2 $atom
run 0 list stories -C mill --all
grep "^.*Apples report 2 (a.xml)$" out >/dev/null || fail "the wrong one is split off"
has out "and 1 more"
FEEDMILL_NOW=2026-01-03T00:00:00Z run 0 decide -C mill merge $a2 --into $a1
run 0 publish -C mill
empty err
entries 1 $atom
FEEDMILL_NOW=2026-01-04T00:00:00Z run 0 decide -C mill split $a1 $a2
run 0 publish -C mill
entries 3 $atom
ids | cmp all - || fail "other ids than before"

# Without moments the lines contradict each other; alone a split does nothing.
cat >$decisions <<YAML
- {item: "$a1", do: merge, into: "$a2"}
- {item: "$a2", do: split}
- {item: "$a3", do: split}
YAML
run 0 publish -C mill
count 2 err "decisions.yaml"
has err "feeds/decisions.yaml:2:3: contradicts line 1; this one counts"
has err "feeds/decisions.yaml:3:3: does nothing: the item was alone"
entries 3 $atom

# Both named by their entries' atom:id: it holds in the second run, and in the third.
rm -r mill/.feedmill mill/output
: >$decisions
rss a.xml 1 Apples
rss c.xml 2 Candles
sed -i 's,<guid>https://example.org/,<guid isPermaLink="false">tag:example.org\,2024:,' \
    site/a.xml site/c.xml
mill "$origin/c.xml" "$origin/a.xml"
run 0 refresh -C mill
entries 3 $atom
for pair in 'c.xml/1 a.xml/1' 'a.xml/1 c.xml/1'; do
    printf -- '- {item: "tag:example.org,2024:%s", do: merge, into: "tag:example.org,2024:%s"}\n' \
        "${pair% *}" "${pair#* }" >$decisions
    for round in 1 2 3; do
        run 0 publish -C mill
        empty err
        entries 2 $atom
        [ $round = 1 ] || cmp -s $atom first || fail "merged, run $round differs"
        cp $atom first
    done
    run 0 why -C mill "tag:example.org,2024:${pair% *}"
    run 0 why -C mill "tag:example.org,2024:${pair#* }"
    : >$decisions
    run 0 publish -C mill
    entries 3 $atom
done

# Of three copies the first is split off, named by its address, or another id, which is
# the id of the entry that the two others keep: it is so in the second run, too.
text=$(seq 3000 17 6000 | tr '\n' ' ')
for id in https://a.example/1 tag:a.example,2024:1; do
    rm -r mill/.feedmill mill/output
    : >$decisions
    for name in a b c; do
        printf '<rss version="2.0"><channel><title>%s</title><item>%s%s%s%s%s' $name \
            "<title>Ferry</title><link>https://$name.example/1</link>" \
            "<guid isPermaLink='false'>$id</guid>" \
            "<pubDate>Mon, 02 Dec 2024 08:00:00 GMT</pubDate>" \
            "<description>$text</description>" '</item></channel></rss>' |
            sed "s,>https://a\.,>https://$name.,; s,tag:a,tag:$name," >site/$name.xml
    done
    mill "$origin/a.xml" "$origin/b.xml" "$origin/c.xml"
    run 0 refresh -C mill
    entries 1 $atom
    has $atom "<id>$id</id>"
    echo "- {item: \"$id\", do: split}" >$decisions
    for round in 1 2 3; do
        run 0 publish -C mill
        empty err
        entries 2 $atom
        [ $round = 1 ] || cmp -s $atom first || fail "split, run $round differs"
        cp $atom first
    done
done
