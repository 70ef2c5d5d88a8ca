# A list that is empty and a page without the list are different states.
. ./lib.sh
start_site
page() {
    printf '<!doctype html><title>News</title><p>Welcome to the news of our town.</p>%s' \
        "$1" >site/list.html
}
article='<!doctype html><title>A story</title><h1>A story</h1><p>A long paragraph
of a story that happened in our town on a day in autumn, told in many words.</p>'
printf '%s' "$article" >site/one.html
page '<div class="list"><h3><a href="/one.html">A story of our town</a></h3></div>'
mill "{url: \"$origin/list.html\", links: \"div.list h3 > a\"}"
run 0 refresh -C mill
entries 1 mill/output/news/atom.xml

page '<div class="list">Nothing today.</div>'
run 0 refresh -C mill
count 1 err "what should hold them is empty"
run 0 list sources -C mill --state empty
count 1 out "$origin/list.html"
entries 1 mill/output/news/atom.xml
run 0 refresh -C mill
empty err

page '<div class="grid"><h3><a href="/one.html">A story of our town</a></h3></div>'
run 1 refresh -C mill
has err "nothing that could hold them (div.list h3 > a)"
run 0 list sources -C mill --state failing
count 1 out "$origin/list.html"
run 1 refresh -C mill
empty err
