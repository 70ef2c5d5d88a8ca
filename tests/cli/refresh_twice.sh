# Fetched, published; a second run with nothing new changes no byte and no time,
# and asks with the validators it was given.
. ./lib.sh
start_site
rss a.xml 5
rss b.xml 3 Other
printf 'etag W/"b 1"\nfile b.xml\ntype application/rss+xml\n' >site/b.route
rss never.xml 2 Deaf
printf 'deaf\nfile never.xml\ntype application/rss+xml\n' >site/n.route
mill "$origin/a.xml" "$origin/b" "$origin/n"

run 0 refresh -C mill
empty out
empty err
entries 10 mill/output/news/atom.xml
for f in rss.xml feed.json index.html; do
    [ -s mill/output/news/$f ] || fail "no news/$f"
    [ "$(stat -c %a mill/output/news/$f)" = 644 ] || fail "news/$f: mode"
done
xmllint --noout mill/output/news/rss.xml mill/output/feeds.opml
[ -s mill/output/index.html ] || fail "no index.html"
has mill/output/feeds.opml news/atom.xml
has mill/output/news/atom.xml 'https://news.example.org/news/atom.xml'
has site.log "User-Agent: feedmill/"
has site.log "https://news.example.org/about"
lacks site.log "Cookie:"
lacks site.log "Referer:"

state_of mill/output >before
sleep 1.1
run 0 refresh -C mill
state_of mill/output >after
diff before after || fail "a run with nothing new changed the output"
has site.log 'If-None-Match: W/"b 1"'
count 1 site.log "end 304 /a.xml"
count 1 site.log "end 304 /b"
count 2 site.log "end 200 /n"
count 2 site.log "ask GET /a.xml"

# Something new in one: it is there, the others stay.
rss a.xml 6
run 0 refresh -C mill
entries 11 mill/output/news/atom.xml

# publish needs no network.
kill "$site_pid"
rm -r mill/output
run 0 publish -C mill
entries 11 mill/output/news/atom.xml
