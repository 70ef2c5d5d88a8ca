# Who leads a story is for the editor to say; what cannot be done is told.
. ./lib.sh
start_site
text='The town council decided on Monday evening that the old bridge over the
river is to be closed for cars from spring on. It will be open for walkers and
for bicycles. The works take two years and cost four million, a third of which
the state pays. A ferry will take the place of the bus that crossed here, and
shopkeepers on both sides of the river fear for their trade in these years.'
for s in one two; do
    mkdir -p site
    cat >site/$s.xml <<XML
<rss version="2.0"><channel><title>Source $s</title><link>https://$s.example.org/</link>
<item><title>The bridge closes, says $s</title><link>https://$s.example.org/bridge</link>
<pubDate>Tue, 0$((${#s} - 1)) Dec 2024 1$([ $s = one ] && echo 0 || echo 1):00:00 GMT</pubDate>
<description>$text</description></item></channel></rss>
XML
done
mill "$origin/one.xml" "$origin/two.xml"
cat >mill/feeds/topics/only-one.yaml <<YAML
title: Only one
sources:
  - $origin/one.xml
keep: |
  bridge AND (tram OR title:ferry) -council
YAML
atom=mill/output/news/atom.xml
run 0 refresh -C mill
entries 1 $atom
has $atom "closes, says one"
id=$(xmllint --xpath 'string(//*[local-name()="entry"]/*[local-name()="id"])' $atom)
run 0 decide -C mill lead https://two.example.org/bridge
run 0 publish -C mill
empty err
has $atom "<title>The bridge closes, says two"
has $atom "$id"

# Two leads: the later counts, and both lines are named.
FEEDMILL_NOW=$(($(date +%s) + 50)) run 0 decide -C mill lead https://one.example.org/bridge
run 0 publish -C mill
has err "feeds/decisions.yaml:2:"
has err "contradicts line 1; this one counts"
has $atom "<title>The bridge closes, says one"

# A topic that has no source of it.
cat >mill/feeds/decisions.yaml <<YAML
- {item: "https://two.example.org/bridge", do: lead, topic: only-one}
- {item: "https://one.example.org/bridge", do: pin, topic: absent}
YAML
run 0 publish -C mill
has err "feeds/decisions.yaml:1:3: does nothing: no source of topic only-one has it"
has err "feeds/decisions.yaml:2:3: no topic of this mill: absent"
run 0 publish -C mill
empty err

# Why a rule does not hold.
run 0 why -C mill https://one.example.org/bridge --topic only-one
has out "lacks tram"
has out "lacks title:ferry"
has out "has council"
lacks out "lacks bridge"
