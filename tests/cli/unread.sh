# The reader's promise: whatever a source or the editor does that is no news, no
# entry comes back as unread. Its id, its dates and its place stay as they were.
. ./lib.sh
needs xmllint
start_site
feed() { # DATE-SHIFT GUID LINK BODY ORDER: printf patterns that get a number
    {
        printf '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A</title>'
        printf '<link>https://example.org/</link><description>d</description>\n'
        for i in $5; do
            printf '<item><title>Report %d</title>' "$i"
            # shellcheck disable=SC2059
            printf "<link>$3</link>$2<pubDate>%s</pubDate>" "$i" "$i" \
                "$(date -u -d "2024-12-0$i 10:00:00Z + $1" '+%a, %d %b %Y %T GMT')"
            # shellcheck disable=SC2059
            printf "<description>$4</description></item>\n" "$i" "$((i * 7919))"
        done
        printf '</channel></rss>\n'
    } >site/a.xml
}
guid='<guid isPermaLink="false">a-%d</guid>'
link='http://example.org/%d.html'
body='&lt;p&gt;Number %d tells its own story, %d, in words of its own.&lt;/p&gt;'
order='5 4 3 2 1'
told() { # what readers go by
    xmllint --xpath "/*/*[local-name()='updated']/text()" mill/output/news/atom.xml
    xmllint --xpath "//*[local-name()='entry']/*[local-name()='id' or local-name()='published' or local-name()='updated']/text()" \
        mill/output/news/atom.xml
    xmllint --xpath "//*[local-name()='guid' or local-name()='pubDate']/text()" mill/output/news/rss.xml
    grep -oE '"(id|date_[a-z]*)": ?"[^"]*"' mill/output/news/feed.json
}
same() { # WHAT: that is what was done
    told >now
    cmp -s told now || fail "$1: $(diff told now | head -8)"
}
later=0
refresh() { # an hour later each time
    later=$((later + 3600))
    FEEDMILL_NOW=$((1733900000 + later)) run 0 refresh -C mill --all
}
start() {
    rm -rf mill
    mill "$origin/a.xml"
    feed '0 hours' "$guid" "$link" "$body" "$order"
    refresh
    refresh
    entries 5 mill/output/news/atom.xml
    told >told
}
# case WHAT FEED-ARGUMENT...: the same in other clothes, and back again.
case_of() {
    what=$1
    shift
    start
    for again in 1 2 3; do
        feed "$@"
        refresh
        same "$what, the ${again}. time"
    done
    feed '0 hours' "$guid" "$link" "$body" "$order"
    refresh
    same "$what, and back"
}

case_of "other guids" '0 hours' '<guid isPermaLink="false">urn:x:%d</guid>' "$link" "$body" "$order"
case_of "no guids" '0 hours' '<!-- %d -->' "$link" "$body" "$order"
case_of "guids by address" '0 hours' '<guid>http://example.org/%d.html</guid>' "$link" "$body" "$order"
case_of "https" '0 hours' "$guid" 'https://example.org/%d.html' "$body" "$order"
case_of "https and www, without guids" '0 hours' '<!-- %d -->' 'https://www.example.org/%d.html' "$body" "$order"
case_of "tracking" '0 hours' "$guid" 'http://example.org/%d.html?utm_source=rss\&amp;utm_medium=feed' "$body" "$order"
case_of "tracking, other guids" '0 hours' '<guid isPermaLink="false">b-%d</guid>' 'https://example.org/%d.html?fbclid=IwAR0abc#top' "$body" "$order"
case_of "a new date" '30 hours' "$guid" "$link" "$body" "$order"
case_of "another order" '0 hours' "$guid" "$link" "$body" '2 5 1 3 4'
case_of "white space" '0 hours' "$guid" "$link" '\n\n  &lt;p  &gt;Number %d  tells its own\n story, %d, in words of its own.  &lt;/p&gt;\n' "$order"
case_of "markup" '0 hours' "$guid" "$link" '&lt;div class="x"&gt;&lt;p style="color:red"&gt;Number %d tells its own story, %d, in words of its own.&lt;/p&gt;&lt;/div&gt;' "$order"
case_of "guids twice as many" '0 hours' "$guid" "$link" "$body" '5 4 3 2 1 5 4'
case_of "fewer and again all" '0 hours' "$guid" "$link" "$body" '5 4 3 2 1'
# An article that is given out again is known by its text, if that is no mere line.
body="${body%.&*}, and goes on for long enough to be told by them from all others: the
harbour, the crane, the quay, the winter and the ferry that comes on Thursdays.&lt;/p&gt;"
case_of "another site, other guids" '0 hours' '<guid>https://example.net/p/%d</guid>' 'https://example.net/p/%d' "$body" "$order"
case_of "another site, a new date" '30 hours' '<guid>https://example.net/p/%d</guid>' 'https://example.net/p/%d' "$body" "$order"
case_of "other guids, a new date, another order" '50 hours' '<guid isPermaLink="false">c-%d</guid>' "$link" "$body" '1 2 3 4 5'
case_of "AMP" '0 hours' '<!-- %d -->' 'https://example.org/amp/%d.html' "$body" "$order"

# Without dates the first sight counts, however often it is seen and in whichever
# order.
undated() { # ORDER [GUID]
    for i in $1; do
        printf '<item><title>Report %d</title><link>https://example.org/u/%d</link>' "$i" "$i"
        # shellcheck disable=SC2059
        printf "${2:-<!-- %d -->}" "$i"
        printf '<description>Number %d, undated, tells %d of its own.</description></item>\n' "$i" $((i * 7919))
    done | sed '1s#^#<rss version="2.0"><channel><title>A</title><link>https://example.org/</link>#
                $s#$#</channel></rss>#' >site/a.xml
}
rm -rf mill
mill "$origin/a.xml"
undated "3 2 1"
refresh
undated "5 4 3 2 1"
refresh
told >told
for words in "1 2 3 4 5" "5 3 1 4 2" "5 4 3 2 1"; do
    undated "$words"
    refresh
    same "undated, as $words"
    undated "$words" '<guid isPermaLink="false">d-%d</guid>'
    refresh
    same "undated, as $words, with guids"
done

# Two sources that have the same stories, named in either order, one of them
# silent for a while.
rm -rf mill
feed '0 hours' "$guid" "$link" "$body" "$order"
sed 's#example.org#example.com#g; s#>a-#>z-#g; s#:00:00 GMT#:20:00 GMT#' site/a.xml >site/b.xml
cp site/b.xml b.xml
mill "$origin/a.xml" "$origin/b.xml"
refresh
entries 5 mill/output/news/atom.xml
told >told
printf 'title: News\nsources:\n  - %s\n  - %s\n' "$origin/b.xml" "$origin/a.xml" >mill/feeds/topics/news.yaml
refresh
same "sources the other way round"
rm site/a.xml
FEEDMILL_NOW=$((1733900000 + later + 60)) run 1 refresh -C mill --all
same "one source fails"
feed '0 hours' "$guid" "$link" "$body" "$order"
rm site/b.xml
FEEDMILL_NOW=$((1733900000 + later + 120)) run 1 refresh -C mill --all
same "the other source fails"
cp b.xml site/b.xml
refresh
same "both are back"
sed -i "/a.xml/d" mill/feeds/topics/news.yaml
refresh
printf '  - %s\n' "$origin/a.xml" >>mill/feeds/topics/news.yaml
refresh
same "a source taken out, and in again"

# The topic's rule, its limits, the mill's title: changed, and changed back.
changed_back() { # WHAT FILE SED
    cp "mill/feeds/$2" saved
    sed -i "$3" "mill/feeds/$2"
    FEEDMILL_NOW=$((1733900000 + later + 60)) run 0 publish -C mill
    refresh
    cp saved "mill/feeds/$2"
    FEEDMILL_NOW=$((1733900000 + later + 60)) run 0 publish -C mill
    same "$1, and back"
    refresh
    same "$1, and back, and a run"
}
changed_back "keep nothing" topics/news.yaml '1a keep: nosuchword'
changed_back "keep some" topics/news.yaml '1a keep: title:"Report 3"'
changed_back "drop some" topics/news.yaml '1a drop: title:"Report 3"'
changed_back "fewer entries" topics/news.yaml '1a entries: 2'
changed_back "days" topics/news.yaml '1a days: 1'
changed_back "per_source" topics/news.yaml '1a per_source: 1'
changed_back "by rank" topics/news.yaml '1a order: rank'
changed_back "reviewed" topics/news.yaml '1a review: all'
changed_back "excerpt" mill.yaml 's/^publish: full/publish: excerpt/'
changed_back "another title" mill.yaml 's/^title:.*/title: Other/'
changed_back "another address" mill.yaml 's#^base_url:.*#base_url: https://other.example.org/#'
changed_back "no archive" topics/news.yaml '1a archive: no'

# Decided, and thought better of.
for what in hide hold approve; do
    FEEDMILL_NOW=$((1733900000 + later + 60)) run 0 decide -C mill $what http://example.org/3.html
    refresh
    rm mill/feeds/decisions.yaml
    refresh
    same "$what, and not"
done

# The clock goes astray and comes back.
for now in 2020-01-01T00:00:00Z 2031-01-01T00:00:00Z; do
    FEEDMILL_NOW=$now run 0 refresh -C mill --all
    same "the clock says $now"
    refresh
    same "the clock said $now"
done

# The source comes in another format, charset or way, under another address.
begin() { # FEED: it becomes site/a.xml of a new mill
    rm -rf mill
    cp "$1" site/a.xml
    mill "$origin/a.xml"
    refresh
    refresh
    entries 2 mill/output/news/atom.xml
    told >told
}
cat >one.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>港口</title><link>https://example.org/</link><description>d</description>
<item><title>港口的新起重机 &amp; 码头</title><link>https://example.org/c1</link><guid>https://example.org/c1</guid><pubDate>Mon, 02 Dec 2024 10:00:00</pubDate><description>&lt;p&gt;港口昨天装上了一台新的起重机，码头因此关闭了三天。&lt;/p&gt;</description></item>
<item><title>渡轮周四停航</title><link>https://example.org/c2</link><guid>https://example.org/c2</guid><pubDate>Sun, 01 Dec 2024 10:00:00</pubDate><description>&lt;p&gt;因为风大，周四的渡轮停航，下一班在周五早上。&lt;/p&gt;</description></item>
</channel></rss>
XML
sed 's#<description>&lt;p&gt;\(.*\)&lt;/p&gt;</description>#<description><![CDATA[<p>\1</p>]]></description>#; s#&amp;#\&\#38;#' one.xml >cdata.xml
sed 's/UTF-8/GB18030/' one.xml | iconv -f UTF-8 -t GB18030 >gb.xml
cat >atom.xml <<'XML'
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:harbour</id><title>港口</title><updated>2024-12-02T10:00:00Z</updated>
<entry><id>urn:x:1</id><title>港口的新起重机 &amp; 码头</title><link href="https://example.org/c1"/><updated>2024-12-02T10:00:00Z</updated><content type="html">&lt;p&gt;港口昨天装上了一台新的起重机，码头因此关闭了三天。&lt;/p&gt;</content></entry>
<entry><id>urn:x:2</id><title>渡轮周四停航</title><link href="https://example.org/c2"/><updated>2024-12-01T10:00:00Z</updated><content type="html">&lt;p&gt;因为风大，周四的渡轮停航，下一班在周五早上。&lt;/p&gt;</content></entry>
</feed>
XML
cat >json.xml <<'JSON'
{"version": "https://jsonfeed.org/version/1.1", "title": "港口", "items": [
{"id": "1", "url": "https://example.org/c1", "title": "港口的新起重机 & 码头", "date_published": "2024-12-02T10:00:00Z", "content_html": "<p>港口昨天装上了一台新的起重机，码头因此关闭了三天。</p>"},
{"id": "2", "url": "https://example.org/c2", "title": "渡轮周四停航", "date_published": "2024-12-01T10:00:00Z", "content_html": "<p>因为风大，周四的渡轮停航，下一班在周五早上。</p>"}]}
JSON
for other in cdata gb atom json; do
    begin one.xml
    for file in $other.xml one.xml $other.xml; do
        cp $file site/a.xml
        refresh
        same "as $other, $file"
    done
done
begin one.xml
sed -i "s#  - .*#  - url: $origin/a.xml\n    zone: Asia/Shanghai#" mill/feeds/topics/news.yaml
refresh
same "another zone"
begin one.xml
mv site/a.xml site/moved.xml
sed -i "s#a.xml#moved.xml#" mill/feeds/topics/news.yaml
refresh
same "another address of the source"
begin one.xml
mkdir -p mill/feeds/topics
mv mill/feeds/topics/news.yaml mill/feeds/topics/other.yaml
sed 's/^title: .*/title: News again/' mill/feeds/topics/other.yaml >mill/feeds/topics/news.yaml
refresh
same "a second topic"
mv mill/feeds/topics/other.yaml other.yaml
refresh
same "a second topic, and not"
