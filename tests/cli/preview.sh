# What a changed rule would do is shown before it does it.
. ./lib.sh
start_site
rss a.xml 5 Model
mill "$origin/a.xml"
topic=mill/feeds/topics/news.yaml
run 0 refresh -C mill
state_of mill/output >before
run 0 check -C mill --topic news
has out "news: 0 more, 0 less, 5 stay"

# The reports are of December 2024: they are older than what is asked for.
sed -i '1a keep: report -title:2' $topic
sed -i '1a drop: title:"report 4"' $topic
run 0 check -C mill --topic news
has out "news: 0 more, 0 less, 3 stay"
run 0 check -C mill --topic news --since 9999d
has out "news: 0 more, 2 less, 3 stay"
grep '^- [a-z2-7]* *Model report 2  (unmatched; no match' out >/dev/null || fail "2"
grep '^- [a-z2-7]* *Model report 4  (unmatched; dropped: report 4 in title)' out >/dev/null || fail "4"
state_of mill/output >after
cmp before after || fail "check published"

run 0 publish -C mill
sed -i '/^drop/d' $topic
sed -i '1a entries: 2' $topic
run 0 check -C mill --topic news --since 9999d
has out "+ "
has out "Model report 4  (published; kept"
has out "Model report 1  (no room: entries: 2)"
run 2 check -C mill --topic absent
run 2 check -C mill --topic news --since soon
run 2 check -C mill --since 2d
