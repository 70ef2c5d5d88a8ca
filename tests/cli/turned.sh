# What stands for a while where a feed or a list of articles was is a fault of the
# source, and neither an entry nor a list.
. ./lib.sh
needs xmllint
start_site
sorry='<p>We are sorry, this site is being worked on and will be back soon, with all of its news.</p>'
cat >sorry.html <<X
<html><head><title>Under maintenance</title><meta property="og:site_name" content="Sorry"></head>
<body><article><h1>Under maintenance</h1>$sorry$sorry$sorry$sorry$sorry</article></body></html>
X
front() {
    printf '<html><head><title>Front</title></head><body><ul>'
    for i in 1 2 3 4 5 6 7 8; do
        printf '<li><a href="/front/%d.html">A headline that is long enough, number %d of the front page</a></li>' $i $i
    done
    printf '</ul></body></html>'
}
rss a.xml 3
front >site/list.html
mkdir site/front
for i in 1 2 3 4 5 6 7 8; do
    sed "s/Under maintenance/A headline that is long enough, number $i of the front page/; s/this site/this site, the ${i}th one,/g" \
        sorry.html >site/front/$i.html
done
front | sed 's,/front/,/away/,g' >away.html
mill "$origin/a.xml" "$origin/list.html"
run 0 refresh -C mill
n=$(grep -c '<entry' mill/output/news/atom.xml)
cp mill/output/news/atom.xml before
feed() {
    cp "$1" site/a.xml.html
    printf 'type text/html\nfile a.xml.html\n' >site/a.xml.route
}
same() {
    cmp -s before mill/output/news/atom.xml || fail "$1 is published"
}

feed sorry.html
cp sorry.html site/list.html
run 1 refresh -C mill
has err "a.xml: not a feed: it seems to be an HTML page"
has err "list.html: not a list of articles any more"
same "the page"
feed away.html
run 1 refresh -C mill
lacks site.log "/away/"
same "the front page"

rm site/a.xml.route
front >site/list.html
run 0 refresh -C mill
has err "a.xml: well again"
has err "list.html: well again"
same "the fault"

# The owner may mean it.
cp sorry.html site/list.html
sed -i "s,^  - \($origin/list.html\),  - {url: \"\1\"\, type: text/html}," mill/feeds/topics/news.yaml
run 0 refresh -C mill
entries $((n + 1)) mill/output/news/atom.xml
