# A source that fails stops no other; its fault is told once.
. ./lib.sh
start_site
rss good.xml 4
: >site/empty.xml
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >site/picture.png
printf 'status 500\n' >site/broken.route
printf 'redirect 302 $ORIGIN$TARGET\n' >site/loop.route
printf 'redirect 302 file:///etc/passwd\n' >site/tofile.route
printf 'redirect 302 http://127.0.0.3:$PORT/good.xml\n' >site/private.route
printf 'bomb 1000000000\nlength none\n' >site/bomb.route
mill "$origin/good.xml" "$origin/empty.xml" "$origin/picture.png" \
    "$origin/broken" "$origin/loop" "$origin/tofile" "$origin/private" \
    "$origin/bomb" "$origin/absent" "http://127.0.0.2:1/refused"

run 1 refresh -C mill
empty out
entries 4 mill/output/news/atom.xml
for t in empty.xml picture.png broken loop tofile private bomb absent; do
    count 1 err "$origin/$t: "
done
count 1 err "127.0.0.2:1/refused"
has err 500
has err 404
has err "refuses the connection"
lacks err good.xml

# The health feed names each, under one id while the fault lasts.
xmllint --noout mill/output/health.xml
entries 9 mill/output/health.xml
has mill/output/health.xml "$origin/absent: failing"
has mill/output/health.xml "rel=\"self\" href=\"https://news.example.org/health.xml\""
lacks mill/output/health.xml "good.xml"
cp mill/output/health.xml health.before

# The fault lasts: status 1 again, but no line before a day is over.
run 1 refresh -C mill
count 0 err "$origin/absent"
cmp mill/output/health.xml health.before || fail "health.xml changed"
run 1 refresh -C mill -v
has err "$origin/absent"
run 1 refresh -C mill --json
has out "$origin/absent"
has out "$origin/good.xml"
has out '"exit"'
FEEDMILL_NOW=$(($(date +%s) + 90000)) run 1 refresh -C mill
has err "$origin/absent"

# What was good before stays when its source fails.
rm site/good.xml
run 1 refresh -C mill
entries 4 mill/output/news/atom.xml
has err good.xml

# And it is told when all is well again.
rss good.xml 5
run 1 refresh -C mill
entries 5 mill/output/news/atom.xml

# Of a topic none of whose sources answers, operators are told.
mkdir -p other/feeds/topics
sed 's/^publish/# &/' mill/feeds/mill.yaml >other/feeds/mill.yaml
rss one.xml 2
rss two.xml 2 Other
printf 'title: Weather\nsources:\n  - %s\n  - %s\n' "$origin/one.xml" "$origin/two.xml" >other/feeds/topics/weather.yaml
run 0 refresh -C other
rm site/one.xml
run 1 refresh -C other
lacks other/output/health.xml "no source answers"
run 0 list topics -C other
has out "2 sources  Weather  1 fails"
rm site/two.xml
run 1 refresh -C other
has other/output/health.xml "<title>Weather: no source answers</title>"
has other/output/health.xml "topic weather: 2 of 2 fail; what is published stays"
entries 3 other/output/health.xml
entries 4 other/output/weather/atom.xml
run 0 list topics -C other --json
has out '"sources":2,"failing":2'
rss two.xml 3 Other
run 1 refresh -C other
lacks other/output/health.xml "no source answers"
