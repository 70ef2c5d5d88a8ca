# A source whose options changed is read anew, though its server says that
# nothing changed.
. ./lib.sh
start_site
mkdir -p site
printf '<rss version="2.0"><channel><title>Z</title><item>%s</item></channel></rss>' \
    '<title>T</title><guid>g</guid><pubDate>Mon, 06 Jan 2025 10:00:00</pubDate>' \
    >site/a.xml
mill "$origin/a.xml"
run 0 refresh -C mill
count 1 site.log "end 200 /a.xml"
run 0 refresh -C mill
count 1 site.log "end 304 /a.xml"
mill "{url: \"$origin/a.xml\", zone: \"+08:00\"}"
run 0 refresh -C mill
count 2 site.log "end 200 /a.xml"
run 0 refresh -C mill
count 2 site.log "end 304 /a.xml"
