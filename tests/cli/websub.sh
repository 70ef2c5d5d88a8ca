# hub: a hub of WebSub is told of the feeds that have changed.
. ./lib.sh
start_site
rss a.xml 3
rss b.xml 2 Other
mill "$origin/a.xml"
printf 'title: Second\nsources: ["%s"]\n' "$origin/b.xml" >mill/feeds/topics/second.yaml
printf 'status 204\n' >site/hub.route
sed -i 's/^timeout: .*/timeout: 1s/' mill/feeds/mill.yaml
echo "hub: $origin/hub" >>mill/feeds/mill.yaml
# pinged FEED...: since the last look the hub was told of these and no others.
pinged() {
    sed -n 's/.* ask POST \/hub.*\tbody: //p' site.log | sort >got
    : >site.log
    for f in "$@"; do
        echo "hub.mode=publish&hub.url=https%3A%2F%2Fnews.example.org%2F${f%/*}%2F${f#*/}"
    done | sort >want
    cmp want got || fail "pinged of $(cat got)"
}
news='news/atom.xml news/rss.xml news/feed.json'
second='second/atom.xml second/rss.xml second/feed.json'

run 0 refresh -C mill
empty err
has site.log "Content-Type: application/x-www-form-urlencoded"
pinged $news $second
has mill/output/news/atom.xml "<link rel=\"hub\" href=\"$origin/hub\"/>"
has mill/output/news/rss.xml "<atom:link rel=\"hub\" href=\"$origin/hub\"/>"
python3 - "$origin/hub" <<'X' || fail "feed.json names no hub"
import json, sys
feed = json.load(open("mill/output/news/feed.json"))
sys.exit(feed["hubs"] != [{"type": "WebSub", "url": sys.argv[1]}])
X

# Of what has changed only, and of nothing when nothing has.
run 0 refresh -C mill
run 0 publish -C mill
pinged
rss b.xml 3 Other
run 0 refresh -C mill --dry-run
pinged
run 0 refresh -C mill
pinged $second
run 0 decide -C mill retitle https://example.org/a.xml/1 --to "Another title"
run 0 publish -C mill
pinged $news
run 0 publish -C mill --to www
pinged
has www/news/atom.xml 'rel="hub"'

# A hub that fails is named in one line and told in the next run.
printf 'status 503\n' >site/hub.route
rss a.xml 4
run 1 refresh -C mill
entries 4 mill/output/news/atom.xml
has err "feedmill: $origin/hub: hub: "
has err "503"
has err "it is told in the next run"
count 1 err "hub"
pinged $news
# It is told of again when the reason is another one, after a day, in --json, and
# when it ends; else the status says enough.
run 1 refresh -C mill
empty err
pinged $news
run 1 refresh -C mill --json
empty err
has out '"undelivered":[{"to":"hub","since":"'
has out '"error":"hub: HTTP status 503'
printf 'status 500\n' >site/hub.route
FEEDMILL_NOW=$(($(date +%s) + 60)) run 1 refresh -C mill
has err "hub: HTTP status 500"
has err "(failing since 2"
FEEDMILL_NOW=$(($(date +%s) + 90000)) run 1 refresh -C mill
has err "hub: HTTP status 500"
: >site.log
rss b.xml 4 Other
printf 'status 202\n' >site/hub.route
run 0 refresh -C mill --json
has err "hub: well again"
has out '"undelivered":[]'
pinged $news $second
run 0 refresh -C mill
pinged

# A hub that hangs holds nobody up: it is asked of few, and not of the others.
printf 'hang\n' >site/hub.route
rss a.xml 5
rss b.xml 5 Other
before=$(date +%s)
run 1 refresh -C mill
[ $(($(date +%s) - before)) -lt 4 ] || fail "the hub holds the run up"
has err "hub: timed out"
has err "it is told in the next run"
entries 5 mill/output/second/atom.xml
: >site.log
printf 'status 200\n' >site/hub.route
run 0 publish -C mill
pinged $news $second

# It is asked under the guard that sources are asked under.
sed -i 's/^allow_private: .*/allow_private: []/' mill/feeds/mill.yaml
cp mill/feeds/topics/news.yaml news.yaml
rm mill/feeds/topics/news.yaml
sed -i 's/^title: .*/title: Another name/' mill/feeds/topics/second.yaml
run 1 publish -C mill
has err "127.0.0.1 is loopback"
pinged
sed -i "s/^allow_private: .*/allow_private: [\"127.0.0.1:$port\"]/" mill/feeds/mill.yaml

# First the owner's command puts the files where the hub fetches them.
echo 'post_publish: "exit 3; :"' >>mill/feeds/mill.yaml
sed -i 's/^title: .*/title: A third name/' mill/feeds/topics/second.yaml
run 1 publish -C mill
has err "post_publish: ended with status 3"
pinged
sed -i 's/exit 3/exit 0/' mill/feeds/mill.yaml
run 0 publish -C mill
pinged $second

# A hub that moved for good is followed if the request stays one.
printf 'redirect 308 /hub\n' >site/old.route
sed -i 's,^hub: .*,&/../old,' mill/feeds/mill.yaml
run 0 publish -C mill
pinged $second

# Without an address of its own a feed has no hub.
sed -i '/^base_url/d' mill/feeds/mill.yaml
run 0 publish -C mill
line=$(grep -n '^hub:' mill/feeds/mill.yaml | cut -d: -f1)
has err "feeds/mill.yaml:$line:6: no base_url: a hub knows a feed by its address"
lacks mill/output/second/atom.xml 'rel="hub"'
lacks mill/output/second/feed.json '"hubs"'
pinged
sed -i 's,^hub: .*,hub: nowhere,' mill/feeds/mill.yaml
run 2 check -C mill
has err "no http or https address: nowhere"
