# Articles that go on over several pages are joined: head and foot of the later
# pages go, each page is fetched once, a page that fails is told and asked for
# again, another article is not followed.
. ./lib.sh
# part NAME PAGE LINKS: one page of an article, with the site's frame around it.
part() {
    printf '<!doctype html><html><head><title>%s</title></head><body>' "$1"
    printf '<article><h1>%s</h1><p>By Jane Roe, 3 February 2024</p>' "$1"
    printf '<p>The lead of %s stands on every page of it, as a reminder ' "$1"
    printf 'of what it is about, said in a whole sentence.</p>'
    for i in 1 2 3 4; do
        printf '<p>On page %d of %s paragraph %d tells, with a comma, ' "$2" "$1" $i
        printf 'what the people who were there that morning saw.</p>'
    done
    printf '<p>Support our desk: whoever reads us every day, they say, should '
    printf 'pay for it now and then, and we would be glad of it.</p>'
    printf '</article><div class="pages">%s</div></body></html>' "$3"
}
# texts N FILE: the feed has N paragraphs of that article's own.
texts() {
    n=$(grep -o 'On page [0-9] of [A-Za-z]* paragraph' "$2" | wc -l)
    [ "$n" -eq "$1" ] || fail "$2 has $n paragraphs, not $1"
    for once in 'The lead of' 'By Jane Roe'; do
        n=$(grep -o "$once" "$2" | wc -l)
        [ "$n" -le 1 ] || fail "$2 has $n times \"$once\""
    done
}
start_site
mkdir -p site/l
part Harbour 1 '1 <a href="h_2.html">2</a> <a href="h_3.html">3</a>' >site/l/h.html
part Harbour 2 '<a href="h.html">1</a> 2 <a href="h_3.html">3</a>' >site/l/h_2.html
part Harbour 3 '<a href="h.html">1</a> <a href="h_2.html">2</a> 3' >site/l/h_3.html
part Orchard 1 '<a href="h.html">下一页</a>' >site/l/o.html
printf '<ul><li><a href="h.html">H</a><li><a href="o.html">O</a></ul>' >site/l/list.html
mill "{url: \"$origin/l/list.html\", links: li a}"
feed=mill/output/news/feed.json

export FEEDMILL_NOW=2025-03-01T00:00:00Z
run 0 refresh -C mill
empty err
entries 2 mill/output/news/atom.xml
for p in h h_2 h_3 o; do count 1 site.log "ask GET /l/$p.html"; done
tr "<" "\n" <mill/output/news/atom.xml | sed -n "/^content/,/^.content/p" |
    grep Harbour >h.txt
texts 12 h.txt
count 1 site.log "ask GET /robots.txt"
lacks h.txt 'h_2.html'
run 0 refresh -C mill
empty err
count 1 site.log "ask GET /l/h_2.html"

# extract says where an article goes on.
run 0 extract --url "$origin/l/h.html" site/l/h.html
has out "\"next\":\"$origin/l/h_2.html\""
run 0 extract --url "$origin/l/o.html" site/l/o.html
lacks out '"next"'

# No more than article_pages.
rm -rf mill
mill "{url: \"$origin/l/list.html\", links: li a}"
echo 'article_pages: 2' >>mill/feeds/mill.yaml
run 0 refresh -C mill
n=$(grep -o 'On page [0-9] of Harbour paragraph' "$feed" | sort -u | wc -l)
[ "$n" -eq 2 ] || fail "$n pages are joined, not 2"
lacks "$feed" 'On page 3 of'
sed -i 's/article_pages: 2/article_pages: 101/' mill/feeds/mill.yaml
run 2 refresh -C mill
has err 'article_pages is above 100'
sed -i 's/article_pages: 101/transfers: 4097/' mill/feeds/mill.yaml
run 2 check -C mill
has err 'transfers is above 4096'

# A page that fails: the rest is published and says so; later all of it.
rm -rf mill
printf 'status 500\n' >site/l/h_3.html.route
mill "{url: \"$origin/l/list.html\", links: li a}"
run 1 refresh -C mill
count 1 err "$origin/l/h_3.html: HTTP status 500"
has "$feed" 'On page 2 of Harbour'
lacks "$feed" 'On page 3 of Harbour'
run 0 why -C mill "$origin/l/h.html"
has out 'truncated: page 3 could not be had: HTTP status 500'
has out 'pages-joined: 2'
rm site/l/h_3.html.route
run 0 refresh -C mill
lacks "$feed" 'On page 3 of Harbour'
export FEEDMILL_NOW=2025-03-01T01:00:00Z
run 0 refresh -C mill
empty err
has "$feed" 'On page 3 of Harbour'
run 0 why -C mill "$origin/l/h.html"
lacks out 'truncated'

# The source itself may be such an article.
rm -rf mill
mill "$origin/l/h.html"
printf 'status 500\n' >site/l/h_2.html.route
run 1 refresh -C mill
lacks "$feed" 'On page 2 of Harbour'
rm site/l/h_2.html.route
run 0 refresh -C mill
has "$feed" 'On page 3 of Harbour'
state_of mill/output >before
run 0 refresh -C mill
state_of mill/output >after
cmp before after || fail "a second run writes"

# A page that names itself in other words brings nothing new and is the end.
rm -rf mill
part Quay 1 '<a href="?page=2">2</a>' >site/l/q.html
mill "$origin/l/q.html"
run 0 refresh -C mill
n=$(grep -o 'On page 1 of Quay paragraph 1' "$feed" | wc -l)
[ "$n" -le 2 ] || fail "the same page is joined to itself"
