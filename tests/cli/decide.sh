# The editor's decisions win over the judge, are plain text, and are replayed at
# every run.
. ./lib.sh
start_site
rss a.xml 5
mill "$origin/a.xml"
sed -i '1a entries: 3' mill/feeds/topics/news.yaml
atom=mill/output/news/atom.xml
run 0 refresh -C mill
entries 3 "$atom"
titles() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="title"]/text()' \
        "$atom" | tr '\n' '|'
}
first=$(titles)
[ "$first" = "Plain report 5|Plain report 4|Plain report 3|" ] || fail "$first"
url=https://example.org/a.xml

run 0 decide -C mill hide $url/5
has mill/feeds/decisions.yaml "do: hide"
has mill/feeds/decisions.yaml "# Plain report 5"
run 0 publish -C mill
[ "$(titles)" = "Plain report 4|Plain report 3|Plain report 2|" ] || fail "hide"

# A change of mind later counts, and is no contradiction.
FEEDMILL_NOW=$(($(date +%s) + 100)) run 0 decide -C mill approve $url/5
run 0 publish -C mill
empty err
[ "$(titles)" = "$first" ] || fail "approve"

# What is held comes back when it is approved: by the editor ...
FEEDMILL_NOW=$(($(date +%s) + 200)) run 0 decide -C mill hold $url/5
run 0 publish -C mill
[ "$(titles)" = "Plain report 4|Plain report 3|Plain report 2|" ] || fail "hold"
run 0 list items -C mill --state held
has out "Plain report 5"
FEEDMILL_NOW=$(($(date +%s) + 300)) run 0 decide -C mill approve $url/5
run 0 publish -C mill
[ "$(titles)" = "$first" ] || fail "approved after hold"
# ... or by a topic that reviews everything.
sed -i '1a review: all' mill/feeds/topics/news.yaml
run 0 publish -C mill
[ "$(titles)" = "Plain report 5|" ] || fail "review: all"
run 0 list items -C mill --state held
count 4 out "Plain report"
sed -i '/^review/d' mill/feeds/topics/news.yaml

# Pinned: first and in, though older than the limit lets in; until it is over.
run 0 decide -C mill pin $url/1 --topic news --until 2030-01-01
run 0 publish -C mill
[ "$(titles)" = "Plain report 1|Plain report 5|Plain report 4|" ] || fail "pin"
has mill/output/news/feed.json '"pinned"'
FEEDMILL_NOW=2030-01-02T00:00:00Z run 0 publish -C mill
[ "$(titles)" = "$first" ] || fail "unpinned"
has err "feeds/decisions.yaml:5:"
has err "pin is over"

# A decision that is over, or does not fit, is told once; check tells it always.
FEEDMILL_NOW=2030-01-02T00:00:00Z run 0 publish -C mill
empty err
FEEDMILL_NOW=2030-01-02T00:00:00Z run 0 check -C mill
has err "feeds/decisions.yaml:5:"

# Title, note; the original title stays on record.
id=$(sed -n 's/.*"item": "\([a-z2-7]*\)".*/\1/p' mill/output/news/feed.json | sed -n 2p)
updated() {
    xmllint --xpath "string(//*[local-name()='entry'][contains(., 'report $1')]/*[local-name()='updated'])" "$atom"
}
was=$(updated 4)
[ -n "$was" ] || fail "no updated"
run 0 decide -C mill retitle "$id" --to 'A "better" title: yes, report 4'
run 0 publish -C mill
now=$(updated 4)
[ "$now" != "$was" ] || fail "retitle moved no updated"
sleep 1
run 0 publish -C mill
[ "$(updated 4)" = "$now" ] || fail "updated moved again"
run 0 decide -C mill note "$id" --to 'Compare <b>last week'
run 0 publish -C mill
has "$atom" 'A "better" title: yes, report 4'
has mill/output/news/feed.json '"original_title"'
has "$atom" "Editor's note: "
has "$atom" 'Compare &amp;lt;b'

# Retracted: gone everywhere, with a tombstone.
run 0 decide -C mill retract $url/3
run 0 publish -C mill
lacks "$atom" "Plain report 3"
has "$atom" "<at:deleted-entry ref=\"$url/3\""
# Not older than the entry, though the decision says no time.
sed -i 's/^\(.*do: retract\), at: [^}]*}/\1}/' mill/feeds/decisions.yaml
has mill/feeds/decisions.yaml "do: retract}"
run 0 publish -C mill
when=$(sed -n 's/.*deleted-entry.* when="\([^T]*\)T.*/\1/p' "$atom")
[ "$when" = "$(date -u +%Y-%m-%d)" ] || fail "tombstone of $when"
xmllint --noout "$atom"

# why tells it all; the lists know the states.
run 0 why -C mill $url/3
has out "retracted by the editor"
has out "feeds/decisions.yaml:"
has out "topic       news: retracted"
run 0 why -C mill "$id" --topic news
has out "retitled by the editor"
has out ': retitle to "A "better" title: yes, report 4", at 20'
has out "kept: the topic keeps everything"
run 1 why -C mill https://example.org/unknown
run 0 list items -C mill
count 5 out "Plain report"
run 0 list items -C mill --state retracted --json
count 1 out '"state":"retracted"'
has out "$url/3"
run 0 list stories -C mill --all --state published --json
count 4 out '"lead"'
run 2 list items -C mill --state failing
run 2 list sources -C mill --state published

# The same decisions on an empty store give the same feed.
before=$(titles)
rm -r mill/.feedmill mill/output
run 0 refresh -C mill
[ "$(titles)" = "$before" ] || fail "after a rebuild: $(titles)"

# What does not fit is said with its line, and the rest works.
cat >>mill/feeds/decisions.yaml <<YAML
- {item: nosuchitem234, do: hide}
- {item: "$url/4", do: hold}
- {item: "$url/4", do: pin}
YAML
run 0 publish -C mill
has err "nosuchitem234"
has err "contradicts line"
run 1 decide -C mill hide https://example.org/unknown
has err "no item is known"
run 2 decide -C mill explode $url/4
run 2 decide -C mill retitle $url/4
run 2 decide -C mill hide $url/4 --topic absent
echo '- {item: x, do: dance, tpoic: news}' >>mill/feeds/decisions.yaml
run 2 check -C mill
has err "feeds/decisions.yaml:"
has err "dance is none of"
has err "tpoic"

# A pin ends a hide as approve does, a hide ends a pin, and what is over counts for
# nothing: two of these without a time contradict each other.
cp mill/feeds/decisions.yaml before.yaml
cat >mill/feeds/decisions.yaml <<YAML
- {item: "$url/2", do: hide}
- {item: "$url/2", do: pin}
YAML
run 0 publish -C mill
has err "decisions.yaml:2:3: contradicts line 1; this one counts"
[ "$(titles | cut -d'|' -f1)" = "Plain report 2" ] || fail "pin after hide"
cat >mill/feeds/decisions.yaml <<YAML
- {item: "$url/2", do: pin, at: 2024-12-20T00:00:00Z}
- {item: "$url/2", do: hide, at: 2024-12-21T00:00:00Z}
YAML
run 0 publish -C mill
empty err
case $(titles) in *"report 2"*) fail "hide after pin" ;; esac
cat >mill/feeds/decisions.yaml <<YAML
- {item: "$url/4", do: hold}
- {item: "$url/4", do: pin, until: 2024-12-21}
YAML
run 0 publish -C mill
count 1 err decisions.yaml
has err "decisions.yaml:2:3: pin is over"
case $(titles) in *"report 4"*) fail "a pin that is over ends a hold" ;; esac
cp before.yaml mill/feeds/decisions.yaml

# What cannot be meant is not written.
sed -i '/dance/d' mill/feeds/decisions.yaml
cp mill/feeds/decisions.yaml before.yaml
run 2 decide -C mill pin $url/1 --until 2020-01-01
has err "over already"
run 1 decide -C mill merge $url/1 --into $url/1
has err "its own story"
run 1 decide -C mill merge $url/1 --into $url/99
has err "$url/99: no item is known"
cmp mill/feeds/decisions.yaml before.yaml || fail "it was written"

# Many at once lose none; nor do many sources.
rm mill/feeds/decisions.yaml
pids=
for i in 1 2 3 4 5 1 2 3 4 5 1 2 3 4 5; do
    "$FEEDMILL" decide -C mill hide $url/$i &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || fail "decide"
done
count 15 mill/feeds/decisions.yaml "do: hide"
