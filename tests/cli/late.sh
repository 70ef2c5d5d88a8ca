# An article that comes when the feed has no place for one so old is not shown as new:
# it is in the open archive document and on the page of its day, and what readers may
# have of the archive stays as it is.
. ./lib.sh
needs xmllint
start_site
out=mill/output/news

# late NUMBER...: the feed has these beside the newest three.
late() {
    hourly a.xml 24 26
    for i in "$@"; do
        item="<item><title>Late $i</title><link>https://example.org/late$i</link>"
        item="$item<guid>https://example.org/late$i</guid><pubDate>$(date -u -R -d \
            "2024-12-01T00:00:00Z + $i hours")</pubDate><description>The late one"
        item="$item is a tale of its own kind, with $((i * 104729)).</description></item>"
        sed -i "s#</channel>#$item&#" site/a.xml
    done
}
# in_archive ID: how many entries of archive documents have this id.
in_archive() {
    cat $out/atom-*.xml | grep -c "<id>https://example.org/$1</id>" || :
}
closed() {
    state_of $out | grep 'atom-' | grep -vF "$(basename "$(cat open.txt)")" || :
}
# comes ID DAY: it was not there; a run with these options brings it.
comes() {
    id=$1 day=$2
    shift 2
    cp $out/atom.xml before.xml
    grep -L '<link rel="next-archive"' $out/atom-*.xml >open.txt || :
    [ "$(wc -l <open.txt)" = 1 ] || fail "not one open document"
    closed >closed.txt
    run 0 refresh -C mill --all "$@"
    cmp before.xml $out/atom.xml || fail "$id is shown as new"
    [ "$(in_archive "$id")" = 1 ] || fail "$id is in $(in_archive "$id") archives"
    grep -qF "https://example.org/$id\"" "$(cat open.txt)" || fail "$id is not in $(cat open.txt)"
    has "$out/$day.html" "https://example.org/$id\""
    closed | diff closed.txt - || fail "a closed document has changed"
    xmllint --noout $out/*.xml || fail "no XML"
}

hourly a.xml 1 26
mill "$origin/a.xml"
sed -i '1a entries: 5\ndigest: daily' mill/feeds/topics/news.yaml
export FEEDMILL_NOW=2024-12-02T08:00:00Z
run 0 refresh -C mill
[ "$(in_archive 1)" = 1 ] || fail "back numbers are in no archive"

late 3
comes late3 2024-12-01
late 3 4
comes late4 2024-12-01 -v
# Nothing new changes nothing, nor does all anew.
state_of mill/output >before
run 0 refresh -C mill --all
run 0 refresh -C mill --all -v
run 0 publish -C mill
state_of mill/output | diff before - || fail "it changes again"
# The store forgets that there was a press, as after import --state.
sqlite3 mill/.feedmill/store.db 'DELETE FROM press'
late 3 4 5
comes late5 2024-12-01

# What was held when it had its place goes there when it is approved.
sed -i '1a review: all' mill/feeds/topics/news.yaml
late 3 4 5 6
run 0 refresh -C mill --all
[ "$(in_archive late6)" = 0 ] || fail "what is held is published"
run 0 decide -C mill approve https://example.org/late6
for i in 22 23 24 25 26; do
    run 0 decide -C mill approve https://example.org/$i
done
run 0 publish -C mill
[ "$(in_archive late6)" = 1 ] || fail "what was approved late is nowhere"
sed -i '/^review/d' mill/feeds/topics/news.yaml

# Days as the limit: what is older is in the archive from the beginning, and what
# comes later too.
rm -rf mill/.feedmill mill/output mill/feeds/decisions.yaml
sed -i 's/^entries.*/days: 1/' mill/feeds/topics/news.yaml
hourly a.xml 1 26
run 0 refresh -C mill
entries 19 $out/atom.xml
for i in 1 7; do
    [ "$(in_archive $i)" = 1 ] || fail "$i is in no archive"
done
[ "$(in_archive 8)" = 0 ] || fail "8 is in an archive"
late 3
comes late3 2024-12-01
state_of mill/output >before
run 0 publish -C mill
state_of mill/output | diff before - || fail "it changes again"
lacks $out/digest.xml "Late"

# A topic that wants nothing does not judge at each press all that is stored: when its
# rule wants more, what is too old for the feed stays where it is.
rm -rf mill/.feedmill mill/output
sed -i '1a keep: Nothing' mill/feeds/topics/news.yaml
run 0 refresh -C mill --all
sed -i 's/^keep.*/keep: Report OR Late/' mill/feeds/topics/news.yaml
run 0 publish -C mill
[ "$(in_archive late3)" = 0 ] || fail "old articles are dug up"
has $out/atom.xml "https://example.org/26"
sed -i '/^keep/d' mill/feeds/topics/news.yaml

# What its source has no room for in the feed is in the archive, and stays there.
rm -rf mill/.feedmill mill/output
sed -i "s/^days.*/entries: 6\nper_source: 2/; \$a\\  - $origin/b.xml" mill/feeds/topics/news.yaml
hourly a.xml 1 20
rss b.xml 9 Other
run 0 refresh -C mill --all
complete() { # N
    n=$(cat $out/atom*.xml | grep '<id>https://example.org/[b0-9]' | sort | uniq -c |
        grep -c '^ *1 ')
    [ "$n" = "$1" ] || fail "of $1 articles $n are in the feed or the archive"
    state_of mill/output >before
    run 0 publish -C mill
    state_of mill/output | diff before - || fail "it changes again"
}
complete 29
entries 4 $out/atom.xml
hourly a.xml 18 25
run 0 refresh -C mill --all
complete 34

# Held, or hidden, when it has left the feed at the end of that: it is in the archive.
run 0 decide -C mill hold --until 2024-12-03T00:00:00Z https://example.org/25
run 0 decide -C mill hide https://example.org/24
cp mill/feeds/decisions.yaml both.yaml
run 0 publish -C mill
[ "$(cat $out/atom*.xml | grep -c 'org/2[45]</id>')" = 0 ] || fail "held or hidden, and served"
! grep -rq 'org/2[45]"' mill/output || fail "held or hidden, and served"
hourly a.xml 26 40
export FEEDMILL_NOW=2024-12-02T22:00:00Z
run 0 refresh -C mill --all
! grep -rq 'org/2[45]"' mill/output || fail "held or hidden, and served"
sed -i /hide/d mill/feeds/decisions.yaml
export FEEDMILL_NOW=2024-12-03T01:00:00Z
run 0 refresh -C mill
complete 49
# A digest tells what was in the feed: no loud source drowns the rest there.
has $out/digest.xml "Report 20&lt;"
lacks $out/digest.xml "Report 18&lt;"

# Held before the feed could show it, and for longer than it has a place there.
rm -rf mill/.feedmill mill/output
mill "$origin/a.xml"
sed -i '1a entries: 5' mill/feeds/topics/news.yaml
echo '- {item: "https://example.org/12", do: hold, until: 2024-12-03T00:00:00Z}' \
    >mill/feeds/decisions.yaml
hourly a.xml 1 12
export FEEDMILL_NOW=2024-12-01T13:00:00Z
run 0 refresh -C mill
hourly a.xml 13 30
export FEEDMILL_NOW=2024-12-02T22:00:00Z
run 0 refresh -C mill --all
! grep -rq 'org/12"' mill/output || fail "held, and served"
export FEEDMILL_NOW=2024-12-03T01:00:00Z
run 0 refresh -C mill
[ "$(in_archive 12)" = 1 ] || fail "what was held for long is nowhere"
