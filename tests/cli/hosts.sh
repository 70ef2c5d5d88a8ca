# What hosts asked of one run, the next ones know: robots.txt for a day, and to be
# left alone for as long as they said.
. ./lib.sh
needs sqlite3
start_site
cat >site/index.html <<X
<html><head><title>List</title></head><body><div class="list">
<h3><a href="/one.html">The first of the reports that this list names today</a></h3>
</div></body></html>
X
article() {
    printf '<html><head><title>%s</title></head><body><article><h1>%s</h1>' "$2" "$2"
    for i in 1 2 3 4 5 6; do
        printf '<p>Paragraph %d of %s has words enough to be read, one after the other.</p>' $i "$2"
    done
    printf '</article></body></html>'
} >"site/$1.html"
list_also() {
    sed -i "s,^</div>,<h3><a href=\"/$1.html\">Another report that the list names: $1</a></h3>\n&," site/index.html
}
article one "The first report"
article two "The second report"
printf 'User-agent: *\nDisallow: /secret\n' >site/robots.txt
mill "$origin/"
sed -i "s,^  - .*,  - {url: \"$origin/\"\, links: div.list h3 > a}," mill/feeds/topics/news.yaml

T=1764547200
# at SECONDS STATUS ARG...: a refresh so long after the first one.
at() {
    FEEDMILL_NOW=$((T + $1))
    export FEEDMILL_NOW
    want_status=$2
    shift 2
    run "$want_status" -C mill refresh "$@"
}
asked() {
    count "$1" site.log "ask GET $2"
}

at 0 0
asked 1 /robots.txt
asked 1 /one.html
list_also two
list_also secret
at 3600 1
asked 1 /two.html
asked 0 /secret.html
asked 1 /robots.txt
at 86500 1 --all
list_also three
article three "The third report"
at 86600 0
asked 1 /three.html
asked 2 /robots.txt

# One that cannot be had closes the site for an hour.
printf 'status 503\n' >site/robots.txt.route
sqlite3 mill/.feedmill/store.db 'DELETE FROM robots'
list_also four
article four "The fourth report"
at 90000 1
asked 3 /robots.txt
at 91000 1 --all
asked 3 /robots.txt
asked 0 /four.html
rm site/robots.txt.route
at 180000 1 --all
asked 4 /robots.txt
asked 1 /four.html

# Where redirects lead, too.
cat >site/jump.route <<'X'
redirect 302 http://127.0.0.2:$PORT/three.html
X
cp site/jump.route site/jump2.route
list_also() {
    sed -i "s,^</div>,<h3><a href=\"/$1\">Another report that the list names: $1</a></h3>\n&," site/index.html
}
had=$(grep -c 'ask GET /robots.txt' site.log)
list_also jump
at 190000 0 --all
asked $((had + 1)) /robots.txt
list_also jump2
at 190100 0 --all
asked $((had + 1)) /robots.txt
asked 2 /jump

# A site that asks for peace has it from all its sources, --all or not.
rss a.xml 2
rss b.xml 2 Other
rss c.xml 2 Third
other=http://127.0.0.2:$port
rm -r mill
mill "$origin/a.xml" "$origin/b.xml" "$other/c.xml"
sed -i 's/^connections.*/connections: 1/' mill/feeds/mill.yaml
at 0 0
asked 1 /b.xml
printf 'status 429\nheader Retry-After: 3600\n' >site/a.xml.route
at 60 1
asked 2 /a.xml
asked 1 /b.xml
asked 2 /c.xml
grep -q "wants peace" mill/output/health.xml && fail "peace is no ailment"
run 0 -C mill list sources --json
has out '"why":"asked"'
rm site/a.xml.route
at 3000 0 --all
asked 2 /a.xml
asked 1 /b.xml
asked 3 /c.xml
at 3100 0 "$origin/b.xml"
asked 1 /b.xml
at 3700 0
asked 3 /a.xml
asked 2 /b.xml
[ -z "$(sqlite3 mill/.feedmill/store.db 'SELECT * FROM peace')" ] ||
    fail "the peace is not over"

# Without a time it is a minute, then two, and then four.  Who was put off is the
# first then, lest one that is always refused keep all others of its site away.
sed -i 's/^max_interval/#&/' mill/feeds/mill.yaml
printf 'status 429\n' >site/a.xml.route
at 5000 1
asked 4 /a.xml
asked 2 /b.xml
at 5059 0 --all
asked 4 /a.xml
at 5080 1 --all
asked 5 /a.xml
asked 3 /b.xml
cp site/a.xml.route site/b.xml.route
at 5160 1 --all
asked 6 /a.xml
at 5275 0 --all
at 5320 1 --all
asked 6 /a.xml
asked 4 /b.xml
at 5555 0 --all
asked 6 /a.xml
asked 4 /b.xml
# A clock that was set back keeps nobody silent.
at 100 1 --all
asked 7 /a.xml
rm site/a.xml.route site/b.xml.route
at 900 0 --all
asked 8 /a.xml
asked 5 /b.xml
