# feeds/rules/HOST.yaml: what the owner says of a site's pages wins, in extract
# and in the mill; mistakes have their place; lines that find nothing are told.
. ./lib.sh
page() { # page FILE AUTHOR
    {
        printf '<!doctype html><html><head><title>Page | Site</title>'
        printf '<meta name="author" content="Template Person"></head><body>'
        printf '<h1>Not this one</h1><p>The paragraph that reads most like the '
        printf 'text of an article, since it is long and, with its commas, '
        printf 'tells things in whole sentences to whoever comes by.</p>'
        printf '<div class="head">Harbour opens</div>'
        printf '<div class="who">By <b>%s</b></div>' "$2"
        printf '<div class="on">3 February 2024</div>'
        printf '<div class="story"><p>Short.</p><div class="ad">Buy</div>'
        printf '<p>Shorter.</p></div></body></html>'
    } >"$1"
}
rule() { # rule HOST BODY
    mkdir -p mill/feeds/rules
    cat >mill/feeds/rules/"$1".yaml <<YAML
title: .head
author: .who b
date: .on
body: $2
drop:
  - .ad
YAML
}
start_site
page site/a.html "Jane Roe"
mill "$origin/a.html"
rule example.org .story
rule www.example.org .nowhere

# The rule of the nearest domain: example.org's for news., www.'s for www.
run 0 extract -C mill --url http://news.example.org/a.html site/a.html
has out '"title":"Harbour opens"'
has out '"content_text":"Short.\n\nShorter."'
has out '{"name":"Jane Roe"}]'
has out '2024-02-03'
lacks out 'rule-unmatched'
run 0 extract --rules mill/feeds/rules --url http://www.example.org/ site/a.html
has out 'whoever comes by'
has out '"rule-unmatched","text":"body: .nowhere selects nothing (mill/feeds/rules/www.example.org.yaml:4)"'
run 0 extract -C mill --url http://example.com/a.html site/a.html
lacks out 'Harbour opens"'
has out 'Template Person'

# A saved page without an address says itself where it is from.
sed 's|</head>|<link rel="canonical" href="https://example.org/a">&|' \
    site/a.html >saved.html
run 0 extract -C mill saved.html
has out '"title":"Harbour opens"'

# In the mill; a rule that changes is a page that changes.
run 0 refresh -C mill
lacks mill/output/news/atom.xml 'Harbour opens'
rule 127.0.0.1 .story
run 0 refresh -C mill
empty err
has mill/output/news/atom.xml '<title>Harbour opens</title>'
has mill/output/news/atom.xml 'Shorter.'
lacks mill/output/news/atom.xml 'whoever comes by'
rule 127.0.0.1 .gone
run 0 refresh -C mill
has err 'feeds/rules/127.0.0.1.yaml:4:7: body: .gone selects nothing (pages read: 1)'
count 1 err selects
has mill/output/news/atom.xml 'whoever comes by'

# Mistakes: each with its place, all at once, and nothing is done.
cat >mill/feeds/rules/example.org.yaml <<'YAML'
titel: .head
author: "div > .who]"
date: #on
body: [itemprop=articleBody]
YAML
: >mill/feeds/rules/example.com.yaml
: >'mill/feeds/rules/no host.yaml'
: >mill/feeds/rules/example.net.yml
run 2 check -C mill
has err 'rules/example.org.yaml:1:1: unknown key titel in a site'"'"'s rule; did you mean title?'
has err 'rules/example.org.yaml:2:'
has err 'rules/example.org.yaml:3:6: no selector; one that begins with # is written in quotes'
has err 'rules/example.org.yaml:4:7: a selector that begins with [ is written in quotes'
has err 'rules/example.com.yaml:1:1: the rule is empty'
has err 'rules/no host.yaml: a site'"'"'s rule is named after its host'
has err 'rules/example.net.yml: a site'"'"'s rule ends in .yaml'
run 2 extract -C mill site/a.html
has err 'example.org.yaml:1:1'
empty out
run 2 extract --rules nowhere site/a.html
has err 'nowhere: '
run 2 parse --rules mill/feeds/rules site/a.html
