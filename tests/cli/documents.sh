# parse, extract and charset over files, addresses and standard input.
. ./lib.sh
start_site
rss feed.xml 3
cat >site/page.html <<X
<!doctype html><html><head><meta charset=utf-8><title>A page</title></head><body>
<article><h1>How mills grind</h1><p>The stones of a mill turn slowly, and the
grain between them becomes flour, which is carried away in sacks.</p>
<p>A second paragraph says how the miller listens to the sound of the stones
and knows by it whether they need to be dressed again.</p></article></body></html>
X

run 0 parse site/feed.xml
count 1 out ""
has out '"kind":"feed"'
has out 'Plain report 3'
has out '"file":"site/feed.xml"'
run 0 parse --pretty site/feed.xml site/feed.xml
count 2 out '"kind": "feed"'
run 0 parse "$origin/feed.xml"
has out "\"file\":\"$origin/feed.xml\""

"$FEEDMILL" parse --url https://example.net/x/ - <site/feed.xml >out 2>err ||
    fail "parse does not read standard input"
has out '"file":"-"'

run 0 extract --url https://example.org/p site/page.html
count 1 out ""
has out 'How mills grind'
has out '"url":"https://example.org/p"'
run 0 extract "$origin/page.html"
has out 'How mills grind'

# Nobody can read some: the others are printed, status 1, one line each.
: >nothing
head -c 5000 /dev/urandom >noise
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >picture
run 1 parse nothing site/feed.xml picture absent "$origin/gone" site/feed.xml
count 2 out ""
count 4 err ""
has err "nothing: "
has err "picture: "
has err "absent: "
has err "$origin/gone: "
has err "404"
run 1 parse site/page.html
empty out
has err "page.html: "
run 1 extract nothing
empty out
count 1 err ""

printf 'plain' >ascii
printf '\326\320\316\304\265\304\322\273\266\316\316\304\327\326' >gbk
printf '\344\270\255\346\226\207' >utf
run 0 charset ascii utf gbk nothing picture
[ "$(wc -l <out)" -eq 5 ] || fail "charset: not one line per file"
[ "$(sed -n 2p out)" = utf-8 ] || fail "charset: utf-8 is not known"
[ "$(sed -n 3p out)" = gb18030 ] || [ "$(sed -n 3p out)" = gbk ] ||
    fail "charset: GBK is not known"
[ "$(sed -n 4p out)" = unknown ] || fail "charset: nothing is something"
[ "$(sed -n 5p out)" = unknown ] || fail "charset: a picture is text"

# Truncated: what came is printed, and said to be cut.
head -c 700 site/feed.xml >cut
run 0 parse cut
has out 'truncated'
has out 'Plain report 1'

# A closed output is a failure, no crash.
if [ -e /dev/full ]; then
    got=0
    "$FEEDMILL" parse site/feed.xml >/dev/full 2>err || got=$?
    [ $got = 4 ] || fail "a full output: status $got"
fi
