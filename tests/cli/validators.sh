# Validators go back to the address that gave them, as they came, and not beyond
# the answer that comes without them.
. ./lib.sh
needs xmllint
start_site
rss a.xml 3
asked_with() { # N TARGET [HEADER]: the Nth request of TARGET had it, or none
    # the log parts headers by tabs
    line=$(grep "ask GET $2	" site.log | sed -n "$1p")
    [ -n "$line" ] || fail "$2 was not asked $1 times"
    case $line in
    *"If-None-Match: ${3-}"* | *"If-Modified-Since: ${3-}"*) [ $# = 3 ] || fail "sent: $line" ;;
    *) [ $# = 2 ] || fail "without $3: $line" ;;
    esac
}

# A 304 gives a new one, a document that is the same comes with another, and then
# with none.
cat >site/f.route <<'X'
on 1
file a.xml
header ETag: W/"1 a'b"
on 2
status 304
header ETag: "2"
on 3
file a.xml
header ETag: "3"
on 4
file a.xml
header Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
on 5+
file a.xml
X
mill "$origin/f"
for i in 1 2 3 4 5 6; do
    run 0 refresh -C mill
done
asked_with 1 /f
asked_with 2 /f "W/\"1 a'b\""
asked_with 3 /f '"2"'
asked_with 4 /f '"3"'
asked_with 5 /f 'Sun, 06 Nov 1994 08:49:37 GMT'
asked_with 6 /f

# A byte is a byte, whatever it means.
rm -r mill
printf 'etag W/"caf\\xe9 \\xff"\nfile a.xml\n' >site/latin.route
mill "$origin/latin"
run 0 refresh -C mill
run 0 refresh -C mill
asked_with 2 /latin "$(printf 'W/"caf\351 \377"')"
count 1 site.log "end 304 /latin"

# Where a redirect leads elsewhere, what was true of the old address is not of the
# new one, be its validator the same.
rm -r mill
cat >site/go.route <<'X'
on 1-2
redirect 302 /one
on 3+
redirect 302 /two
X
printf 'etag "1"\nfile a.xml\n' >site/one.route
rss b.xml 5 Other
printf 'etag "1"\nfile b.xml\n' >site/two.route
mill "$origin/go"
for i in 1 2 3 4; do
    run 0 refresh -C mill
done
asked_with 1 /go
asked_with 2 /go
asked_with 2 /one '"1"'
asked_with 1 /two
asked_with 2 /two '"1"'
count 1 site.log "end 304 /one"
count 1 site.log "end 304 /two"
entries 8 mill/output/news/atom.xml

# A list that names nothing that is still to be had need not come again; one that
# does stands for it until then.
rm -r mill
page() { # NAME
    printf '<html><head><title>Report %s</title></head><body><article>' "$1"
    printf '<h1>Report %s</h1>' "$1"
    for i in 1 2 3 4 5 6; do
        printf '<p>Paragraph %d of %s has words enough to be read by all.</p>' "$i" "$1"
    done
    printf '</article></body></html>'
}
list() { # NAME...
    printf '<html><head><title>List</title></head><body><div class="list">'
    for name in "$@"; do
        printf '<h3><a href="/%s.html">The long headline of report %s</a></h3>' "$name" "$name"
    done
    printf '</div></body></html>'
}
page one >site/one.html
page two >site/two.html
list one >site/list.html
mill
printf '  - {url: "%s/list.html", links: div.list h3 > a}\n' "$origin" >>mill/feeds/topics/news.yaml
run 0 refresh -C mill
run 0 refresh -C mill
asked_with 2 /list.html
count 0 site.log "end 304 /list.html"
run 0 refresh -C mill
count 1 site.log "end 304 /list.html"
list two one >site/list.html
printf 'status 500\n' >site/two.html.route
run 1 refresh -C mill
count 1 site.log "end 500 /two.html"
rm site/two.html.route
FEEDMILL_NOW=$(($(date +%s) + 1000))
export FEEDMILL_NOW
run 0 refresh -C mill
count 1 site.log "end 304 /list.html"
count 1 site.log "end 200 /two.html"
run 0 refresh -C mill
run 0 refresh -C mill
count 2 site.log "end 304 /list.html"
count 1 site.log "end 200 /one.html"
entries 2 mill/output/news/atom.xml
