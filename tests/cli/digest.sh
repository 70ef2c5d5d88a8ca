# digest.xml: one entry for each day or week that is over.
. ./lib.sh
needs xmllint
grammar=${SHARED:-$here/../../../shared}/corpus/feeds/schema/atom.rng
start_site
mill "$origin/a.xml"
sed -i '1a digest: daily' mill/feeds/topics/news.yaml
printf 'zone: +08:00\n' >>mill/feeds/mill.yaml
out=mill/output/news/digest.xml

# items NAME DATE...: Story NAME-1 and so on, published at these times.
items() {
    name=$1
    shift
    n=0
    for date in "$@"; do
        n=$((n + 1))
        printf '<item><title>Story %s-%d</title><link>https://example.org/%s/%d</link>' \
            "$name" $n "$name" $n
        printf '<guid>https://example.org/%s/%d</guid><pubDate>%s</pubDate>' "$name" $n \
            "$(date -u -d "$date" '+%a, %d %b %Y %T GMT')"
        printf '<description>What %s number %d had to tell of itself.</description></item>\n' \
            "$name" $n
    done >>items
    {
        printf '<rss version="2.0"><channel><title>A</title><link>https://example.org/</link>'
        printf '<description>d</description>\n'
        cat items
        printf '</channel></rss>\n'
    } >site/a.xml
}
count_entries() {
    n=$(grep -c '<entry>' $out || :)
    [ "$n" = "$1" ] || fail "$n entries, not $1"
}
# Of the entry whose title ends in $1: its $2.
of() {
    xmllint --xpath "string(//*[local-name()='entry'][contains(*[local-name()='title'], '$1')]/*[local-name()='$2'])" $out
}

mkdir -p site
items old 2024-10-01T08:00Z
items mon 2024-12-02T01:00Z 2024-12-02T02:00Z
FEEDMILL_NOW=2024-12-02T12:00:00Z run 0 refresh -C mill
count_entries 0
[ ! -e "$grammar" ] || xmllint --noout --relaxng "$grammar" $out 2>err || fail "an empty one is not valid"
feed_updated() {
    xmllint --xpath "string(/*/*[local-name()='updated'])" $out
}
# Today, by the mill's zone.
[ "$(feed_updated)" = 2024-12-01T16:00:00Z ] || fail "an empty one is of $(feed_updated)"
has mill/output/news/index.html 'href="digest.xml"'

# The day ends at 16:00 UTC, by the mill's zone.
FEEDMILL_NOW=2024-12-02T15:59:00Z run 0 refresh -C mill
count_entries 0
FEEDMILL_NOW=2024-12-02T16:01:00Z run 0 refresh -C mill
count_entries 1
grep '<time datetime="2024-12-02T[^"]*+08:00">2024-12-02 ' mill/output/news/index.html \
    >/dev/null || fail "the page tells another zone's time"
of 2024-12-02 content >content
has content '<li><a href="https://example.org/mon/1">Story mon-1</a> · A'
has content "What mon number 2 had to tell"
lacks content "Story old-1"
[ "$(of 2024-12-02 published)" = 2024-12-02T16:00:00Z ] || fail "published"
id=$(of 2024-12-02 id)
case $id in urn:uuid:*) ;; *) fail "the id is $id" ;; esac
xmllint --noout $out
[ ! -e "$grammar" ] || xmllint --noout --relaxng "$grammar" $out 2>err || fail "not valid"

# A late report of yesterday is in today's; yesterday's stays as it was.
same=$(state_of mill/output/news | grep digest)
items late 2024-12-02T15:30Z
FEEDMILL_NOW=2024-12-02T20:00:00Z run 0 refresh -C mill
[ "$(state_of mill/output/news | grep digest)" = "$same" ] || fail "a digest changed"
FEEDMILL_NOW=2024-12-03T17:00:00Z run 0 refresh -C mill
count_entries 2
has $out "Story late-1"
[ "$(of 2024-12-02 id)" = "$id" ] || fail "the id moved"
of 2024-12-02 content >now
cmp -s content now || fail "yesterday's digest changed"

# A day without news has no entry; what was retracted is in none.
FEEDMILL_NOW=2024-12-05T17:00:00Z run 0 refresh -C mill
count_entries 2
FEEDMILL_NOW=2024-12-05T17:00:00Z run 0 decide -C mill retract https://example.org/mon/2
FEEDMILL_NOW=2024-12-05T18:00:00Z run 0 publish -C mill
lacks $out "Story mon-2"
has $out "Story mon-1"

# By the week, Monday to Sunday.
sed -i 's/digest: daily/digest: weekly/' mill/feeds/topics/news.yaml
FEEDMILL_NOW=2024-12-08T15:00:00Z run 0 publish -C mill
count_entries 0
FEEDMILL_NOW=2024-12-08T16:30:00Z run 0 publish -C mill
count_entries 1
has $out "2024-12-02 – 2024-12-08</title>"
has $out "Story late-1"

# Nothing of note for long: it is empty, and says when it last was not.
was=$(feed_updated)
FEEDMILL_NOW=2025-06-01T12:00:00Z run 0 publish -C mill
count_entries 0
[ "$(feed_updated)" = "$was" ] || fail "updated went from $was to $(feed_updated)"
FEEDMILL_NOW=2025-06-09T12:00:00Z run 0 publish -C mill
[ "$(feed_updated)" = "$was" ] || fail "an empty one moved to $(feed_updated)"

# It is made from the archive.
sed -i '1a archive: no' mill/feeds/topics/news.yaml
run 2 check -C mill
has err "feeds/topics/news.yaml:"
has err "digest"
