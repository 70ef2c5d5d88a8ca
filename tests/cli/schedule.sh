# Only what is due is asked; a word on the command line or --all asks anyway.
. ./lib.sh
start_site
rss a.xml 9
rss ttl.xml 3 Slow
sed -i 's,<description>d,<ttl>180</ttl>&,' site/ttl.xml
printf 'status 410\n' >site/gone.route
printf 'status 500\n' >site/ill.route
printf '{"version":"https://jsonfeed.org/version/1.1","title":"Done","expired":true,"items":[]}' >site/done.json
rss new.xml 9 Moved
printf 'redirect 301 $ORIGIN/new.xml\n' >site/old.route
mill "$origin/a.xml" "$origin/ttl.xml" "$origin/gone" "$origin/ill" "$origin/old" "$origin/done.json"
sed -i 's/^min_interval.*/min_interval: 15m/; s/^max_interval.*/max_interval: 1d/' mill/feeds/mill.yaml

T=1764547200
at() {
    FEEDMILL_NOW=$((T + $1))
    export FEEDMILL_NOW
}
asked() {
    count "$1" site.log "ask GET $2"
}

at 0
run 1 refresh -C mill
asked 1 /a.xml
at 600
run 0 refresh -C mill
asked 1 /a.xml
asked 1 /ill
run 0 refresh -C mill "$origin/a.xml"
asked 2 /a.xml
asked 1 /ttl.xml
at 4500
run 1 refresh -C mill
asked 2 /ill
asked 1 /ttl.xml
asked 1 /gone
at 13000
run 1 refresh -C mill
asked 2 /ttl.xml
asked 1 /done.json
run 1 refresh -C mill --all
asked 2 /gone

run 0 list sources -C mill
count 6 out "$origin/"
has out "gone"
run 0 list sources -C mill --state failing
count 1 out "$origin/"
has out "/ill"
has out "500"
run 0 list sources -C mill --json --topic news
count 6 out '"next"'
count 1 out '"why":"feed"'
count 1 out '"why":"gone"'
count 1 out '"why":"ended"'
run 0 list topics -C mill
has out "news"
run 0 list topics -C mill --json
has out '"sources":6'
run 2 list nonsense -C mill
has err nonsense
run 2 list sources -C mill --topic absent
has err absent
run 2 list sources -C mill --state absent
has err absent

# A move is believed after three runs and a day, told once, and then asked at
# its new address; check prints the line.
rm site/gone.route site/ill.route
rss gone 2
rss ill 2
at 80000
run 0 refresh -C mill --all
lacks err "moved for good"
at 100000
run 0 refresh -C mill --all
has err "moved for good to $origin/new.xml"
run 0 check -C mill --moved
has out "feeds/topics/news.yaml:7: $origin/old -> $origin/new.xml"
n=$(grep -c 'ask GET /old' site.log)
at 300000
run 0 refresh -C mill --all
count "$n" site.log "ask GET /old"
run 0 list sources -C mill --state moved
has out "$origin/old"

# A feed that shrinks is told of; what it gave before stays published.
rss a.xml 1
run 0 refresh -C mill "$origin/a.xml"
has err "far fewer entries"
run 0 list sources -C mill --state shrunk
has out "a.xml"
rss a.xml 9
at 310000
run 0 refresh -C mill --all
has err "a.xml: well again"
# Also when it was empty in between.
rss a.xml 0
run 0 refresh -C mill "$origin/a.xml"
has err "no entries"
rss a.xml 2
run 0 refresh -C mill "$origin/a.xml"
has err "far fewer entries than before (2, it was 9)"
rss a.xml 9
run 0 refresh -C mill "$origin/a.xml"
has err "a.xml: well again"

# At the longest interval those that began together part at once, and days to be
# left alone are left alone: from a Friday noon on.
rm -r mill
for i in 1 2 3 4 5 6; do
    rss "slow$i.xml" 9 "Slow$i"
done
sed -i 's,<description>d,<skipDays><day>Saturday</day><day>Sunday</day></skipDays>&,' site/slow6.xml
mill "$origin/slow1.xml" "$origin/slow2.xml" "$origin/slow3.xml" \
    "$origin/slow4.xml" "$origin/slow5.xml" "$origin/slow6.xml"
sed -i 's/^min_interval.*/min_interval: 15m/; s/^max_interval.*/max_interval: 1d/' mill/feeds/mill.yaml
T=1764936000
at 0
run 0 refresh -C mill
asked 6 /slow
at $((14 * 3600))
run 0 refresh -C mill
[ "$(grep -c 'ask GET /slow' site.log)" -lt 11 ] || fail "all are asked at once"
at $((28 * 3600))
run 0 refresh -C mill
asked 11 /slow
at $((59 * 3600))
run 0 refresh -C mill
asked 1 /slow6.xml
at $((63 * 3600))
run 0 refresh -C mill
asked 2 /slow6.xml
# Bounds that the owner made narrower hold from now on.
at $((63 * 3600 + 2700))
sed -i 's/^max_interval.*/max_interval: 1h/' mill/feeds/mill.yaml
run 0 refresh -C mill
asked 2 /slow6.xml
at $((65 * 3600))
run 0 refresh -C mill
asked 3 /slow6.xml
