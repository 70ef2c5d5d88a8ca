# Two runs at once: the second leaves at once with status 3.
. ./lib.sh
start_site
rss feed.xml 2
printf 'delay 2000\nfile feed.xml\n' >site/slow.route
mill "$origin/slow"

"$FEEDMILL" refresh -C mill >first.out 2>first.err &
first=$!
wait_for "the request" grep -q "ask GET /slow" site.log
start=$(date +%s%N)
run 3 refresh -C mill
took=$((($(date +%s%N) - start) / 1000000))
[ "$took" -lt 1000 ] || fail "the second run waited $took ms"
count 1 err ""
run 3 publish -C mill
wait "$first" || fail "the first run failed"
entries 2 mill/output/news/atom.xml
run 0 refresh -C mill
