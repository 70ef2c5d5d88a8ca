# What a topic limits, orders and holds.
. ./lib.sh
start_site
rss loud.xml 6 Loud
rss calm.xml 2 Calm
mill "$origin/loud.xml" "$origin/calm.xml"
topic=mill/feeds/topics/news.yaml
atom=mill/output/news/atom.xml
with() {
    sed -i '/^\(per_source\|days\|entries\|order\|languages\|spam\|min_confidence\|keep\|review\):/d' $topic
    for line in "$@"; do
        sed -i "1a $line" $topic
    done
    run 0 publish -C mill
}
titles() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="title"]/text()' \
        "$atom" | sed 's/ report / /' | tr '\n' '|'
}
run 0 refresh -C mill
entries 8 $atom

# One loud source does not drown the rest.
with 'per_source: 2' 'entries: 4'
[ "$(titles)" = "Loud 6|Loud 5|Calm 2|Calm 1|" ] || fail "per_source: $(titles)"

# Nothing older than that: the reports are of 2 to 7 December 2024.
with 'days: 3'
entries 0 $atom
FEEDMILL_NOW=2024-12-08T00:00:00Z with 'days: 3'
[ "$(titles)" = "Loud 6|Loud 5|Loud 4|" ] || fail "days: $(titles)"

# By weight: terms of the rule in the title outweigh hours, not days.
cat >site/ranked.xml <<XML
<rss version="2.0"><channel><title>Ranked</title><link>https://example.org/</link>
<item><title>An old thing</title><link>https://example.org/r/1</link>
<pubDate>Mon, 02 Dec 2024 10:00:00 GMT</pubDate><description>model words; this is what the people of the town have been waiting for, and it is in the shops with all of its parts</description></item>
<item><title>A model again</title><link>https://example.org/r/2</link>
<pubDate>Wed, 04 Dec 2024 09:00:00 GMT</pubDate><description>more words; this is what the people of the town have been waiting for, and it is in the shops with all of its parts</description></item>
<item><title>A newer thing</title><link>https://example.org/r/3</link>
<pubDate>Wed, 04 Dec 2024 10:00:00 GMT</pubDate><description>a model in it; this is what the people of the town have been waiting for, and it is in the shops with all of its parts</description></item>
<item><title>Another</title><link>https://example.org/r/4</link>
<pubDate>Tue, 03 Dec 2024 10:00:00 GMT</pubDate><description>model; this is what the people of the town have been waiting for, and it is in the shops with all of its parts</description></item>
</channel></rss>
XML
mill "$origin/ranked.xml"
run 0 refresh -C mill
with 'keep: model' 'order: rank' 'entries: 2'
[ "$(titles)" = "A model again|A newer thing|" ] || fail "rank: $(titles)"
run 0 publish -C mill
with 'keep: model' 'entries: 2'
[ "$(titles)" = "A newer thing|A model again|" ] || fail "date: $(titles)"


with 'languages: [fr, de]'
entries 0 $atom
run 0 why -C mill https://example.org/r/3
has out "its language is en"
with 'languages: en'
entries 4 $atom
cat >site/spam.xml <<XML
<rss version="2.0"><channel><title>S</title><link>https://example.org/</link>
<item><title>疏通下水道</title><link>https://example.org/s/1</link>
<description>服务热线 13800001234，咨询热线 13800001234，24小时上门。马上来电，立即上门！</description></item>
<item><title>市政府发布公告</title><link>https://example.org/s/2</link>
<description>市政府今天公布了明年的道路修缮计划，共涉及三十二条街道。</description></item>
</channel></rss>
XML
mill "$origin/spam.xml"
run 0 refresh -C mill
entries 2 $atom

# Spam is held, with reasons, not dropped; the editor lets it in.
with 'spam: 0.5'
entries 1 $atom
run 0 list items -C mill --state held
has out "疏通下水道"
run 0 why -C mill https://example.org/s/1
has out "held: spam 0."
has out "contacts, one repeatedly"
with 'review: doubtful'
entries 1 $atom
run 0 decide -C mill approve https://example.org/s/1
run 0 publish -C mill
entries 2 $atom

for bad in 'days: 0' 'per_source: many' 'order: size' 'languages: [klingonish-x]' \
    'spam: 2' 'min_confidence: 0'; do
    sed "1a $bad" $topic >t
    cp $topic keep
    cp t $topic
    run 2 check -C mill
    has err "feeds/topics/news.yaml:2:"
    cp keep $topic
done
