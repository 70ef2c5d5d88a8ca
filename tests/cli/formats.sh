# formats: which files a topic has; what is taken out leaves nothing behind, and
# comes back as it was.
. ./lib.sh
needs xmllint
start_site
mill "$origin/a.xml"
sed -i '1a entries: 3\ndigest: daily' mill/feeds/topics/news.yaml
out=mill/output
hourly a.xml 1 3
run 0 refresh -C mill
hourly a.xml 1 9
run 0 refresh -C mill
for file in atom.xml rss.xml feed.json index.html atom-1.xml rss-1.xml 2024-12-01.html digest.xml; do
    [ -e $out/news/$file ] || fail "no $file"
done
cp -r $out all

# links FILE: what it leads to in the mill is there.
links() {
    for link in $(grep -oE '(href|xmlUrl|htmlUrl)="[^"]*"' "$1" | sed 's/^[^"]*"//; s/"$//'); do
        case $link in
        https://news.example.org/*) at=$out/${link#https://news.example.org/} ;;
        http*:* | mailto:*) continue ;;
        *) at=$(dirname "$1")/$link ;;
        esac
        case $at in */) at=${at}index.html ;; esac
        [ -e "$at" ] || fail "$1 leads to $link"
    done
}
all_links() {
    # Closed archives never change, nor does the page that they name.
    find $out -name '*.html' -o -name '*.xml' -o -name '*.opml' | grep -v -- '-[0-9]*\.xml' | while read -r file; do
        links "$file"
    done
    for url in $(grep -o '<loc>[^<]*' $out/sitemap.xml | cut -c6-); do
        at=$out/${url#https://news.example.org/}
        case $at in */) at=${at}index.html ;; esac
        [ -e "$at" ] || fail "the sitemap leads to $url"
    done
}
all_links

# formats FORMATS FILE...: that is all that is left of the topic.
formats() {
    sed -i '/^formats:/d' mill/feeds/topics/news.yaml
    sed -i "1a formats: $1" mill/feeds/topics/news.yaml
    run 0 publish -C mill
    empty err
    shift
    ls $out/news >now
    printf '%s\n' "$@" digest.xml | sort >want
    cmp -s want now || fail "other files: $(diff want now)"
    all_links
    state_of $out >before
    run 0 publish -C mill
    state_of $out | cmp -s before - || fail "once more writes something"
}
formats '[atom]' atom.xml atom-1.xml atom-2.xml
has $out/feeds.opml 'xmlUrl="https://news.example.org/news/atom.xml"'
lacks $out/feeds.opml htmlUrl
formats 'rss' rss.xml rss-1.xml rss-2.xml
has $out/feeds.opml 'xmlUrl="https://news.example.org/news/rss.xml"'
has $out/index.html 'type="application/rss+xml" href="news/rss.xml"'
has $out/news/rss.xml '<link>https://news.example.org/</link>'
formats '[json, html]' feed.json index.html 2024-12-01.html
has $out/feeds.opml 'xmlUrl="https://news.example.org/news/feed.json"'
lacks $out/news/index.html 'href="atom.xml"'
formats '[html]' index.html 2024-12-01.html
has $out/feeds.opml 'xmlUrl="https://news.example.org/news/digest.xml"'
formats '[atom, html, rss, json]' atom.xml atom-1.xml atom-2.xml rss.xml rss-1.xml rss-2.xml feed.json index.html 2024-12-01.html
sed -i '/^formats:/d' mill/feeds/topics/news.yaml
run 0 publish -C mill
(cd all && find . -name '*.*ml' -o -name '*.json') | while read -r file; do
    cmp -s "all/$file" "$out/$file" || fail "$file came back otherwise"
done

# The mill's are for topics that name none.
echo 'formats: [atom]' >>mill/feeds/mill.yaml
run 0 publish -C mill
[ ! -e $out/news/rss.xml ] || fail "the mill's formats do nothing"
sed -i '1a formats: rss' mill/feeds/topics/news.yaml
run 0 publish -C mill
[ -e $out/news/rss.xml ] && [ ! -e $out/news/atom.xml ] || fail "the topic's formats do nothing"
sed -i '2s/.*/formats: [atom, pdf]/' mill/feeds/topics/news.yaml
run 2 check -C mill
has err "news.yaml:2:17: pdf is none of: atom, rss, json, html"

# A digest is found by readers, and beside the feeds, not among them.
sed -i '/^formats:/d' mill/feeds/topics/news.yaml mill/feeds/mill.yaml
run 0 publish -C mill
for file in index.html 2024-12-01.html; do
    has $out/news/$file 'type="application/atom+xml" href="digest.xml" title="News · '
done
has $out/index.html 'href="news/digest.xml"'
[ "$(xmllint --xpath 'count(/opml/body/outline/outline[@xmlUrl="https://news.example.org/news/digest.xml"])' $out/feeds.opml)" = 1 ] ||
    fail "no digest in the OPML"
[ "$(xmllint --xpath 'count(/opml/body/outline[@xmlUrl])' $out/feeds.opml)" = 1 ] ||
    fail "the digest is among the feeds"
