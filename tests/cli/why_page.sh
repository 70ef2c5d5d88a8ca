# extract --why: what was considered for each field and why one won; which parts
# of the page are the body, and why the others are not.
. ./lib.sh
words() {
    printf '<p>Paragraph %s tells, at some length and with a comma, ' "$1"
    printf 'what the people who were there that morning saw and said.</p>'
}
{
    printf '<!doctype html><html><head><title>Harbour opens | Desk</title>'
    printf '<meta property="og:title" content="Harbour opens">'
    printf '<meta name="author" content="Jane Roe"></head><body>'
    printf '<nav><a href="/">Home</a> <a href="/w">World</a></nav>'
    printf '<article><h1>Harbour opens</h1><p>By Max Muster</p>'
    printf '<time datetime="2024-02-03T10:00:00Z">3 Feb</time>'
    words one; words two; words three
    printf '</article><h2>Related &#27;[31mstories</h2><ul>'
    printf '<li><a href="/1">The council votes once more</a></ul></body></html>'
} >a.html
run 0 extract --why --url https://example.org/2024/02/03/a.html a.html
has out 'page       a.html'
has out 'title      Harbour opens  (sure 0.9'
has out '  *  '
grep -q '^  \*.*Harbour opens  (a heading that declared titles confirm)' out ||
    fail "the heading does not win"
has out 'Harbour opens  (og:title)'
has out 'heard      the page shows it; in its only h1; og:title says the same'
has out 'author     Max Muster  (sure 0.'
has out 'a meta element names others; a byline below the title names the same'
has out '0.90  Jane Roe  (a meta element)'
has out '0.85  Max Muster  (a byline below the title)'
has out 'date       2024-02-03T10:00:00Z'
has out '2024-02-03T10:00:00Z  (a time element)'
has out '(the address)'
grep -q '^  +.*p: Paragraph two' out || fail "the text is not kept"
grep -q "^  -.*p: By Max Muster  (a byline" out || fail "no byline"
grep -q "^  -.*blocks from h2: Related.*(not likely)" out || fail "no related"
# What pages hold does not reach the terminal as it is.
! grep -q "$(printf '\033')" out || fail "a control character is printed"

# It changes nothing: the fields are those of the plain run.
run 0 extract --url https://example.org/2024/02/03/a.html a.html
has out '"title":"Harbour opens"'
has out '"date_published":"2024-02-03T10:00:00Z"'

# Several articles, plain text, a list, a page that cannot be read.
printf 'One line of text, told in a sentence that ends here.\n' >t.txt
run 0 extract --why t.txt
has out 'kind       text'
run 1 extract --why nowhere.html a.html
has err 'nowhere.html: '
has out 'title      Harbour opens'
{
    printf '<html><head><title>News</title></head><body><ul>'
    for n in 1 2 3 4 5 6; do
        printf '<li><a href="/2024/%d.html">The council votes on plan %d ' $n $n
        printf 'of the harbour</a></li>'
    done
    printf '</ul></body></html>'
} >l.html
run 0 extract --why --url https://example.org/ l.html
has out 'links      6'
has out '+ The council votes on plan 3 of the harbour'
