# A run asks sources as long as sources_time says: who was not asked has not failed,
# is told, and comes first in the next run.
. ./lib.sh
needs xmllint
start_site
for n in 1 2 3 4 5 6; do
    rss $n.xml 1 Word$n
done
mill "$origin/1.xml" "$origin/2.xml" "$origin/3.xml" "$origin/4.xml" "$origin/5.xml" "$origin/6.xml"
sed -i 's/^pause: .*/pause: 1s\nsources_time: 3s/; s/^connections: .*/connections: 1/' mill/feeds/mill.yaml
asked() { grep -o "ask GET /[1-6]" site.log | sed 's,.*/,,' | tr -d '\n'; }

start=$(date +%s)
run 0 refresh -C mill --json --metrics metrics
[ $(($(date +%s) - start)) -lt 20 ] || fail "the run did not end"
first=$(asked)
case $first in
123456 | '') fail "asked: $first" ;;
1*) ;;
*) fail "asked first: $first" ;;
esac
left=$((6 - ${#first}))
has err "$left sources were not asked, sources_time is over"
[ "$(grep -o '"error":"not asked: the time is over"' out | wc -l)" = $left ] || fail "not all that are left are told"
has metrics "feedmill_run_sources_left $left"
has metrics "feedmill_run_sources_failed 0"
entries ${#first} mill/output/news/atom.xml

# Those it did not come to, before those that are due again; the last of the rest
# is asked for whatever time that takes.
sed -i 's/^sources_time: .*/sources_time: 0s/' mill/feeds/mill.yaml
run 0 refresh -C mill
empty err
entries 6 mill/output/news/atom.xml
all=123456
second=$(asked)
[ "$second" = "$all${first}" ] || fail "first $first, then ${second#"$first"}"
