# Subscriptions come from other programs and go to them.
. ./lib.sh
start_site
rss a.xml 1
mill "$origin/a.xml"
cat >list.opml <<XML
<?xml version="1.0"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Tech &amp; Science">
<outline type="rss" text="One" xmlUrl="https://example.org/one"/>
<outline type="rss" text="Two" xmlUrl="https://example.org/two"/>
</outline>
<outline text="News"><outline type="rss" text="A" xmlUrl="$origin/a.xml"/></outline>
<outline text="科技"><outline type="rss" text="One again" xmlUrl="https://example.org/one"/></outline>
<outline text="News"><outline type="rss" text="Old way" xmlUrl="feed://example.org/old"/></outline>
<outline type="rss" text="Odd" xmlUrl="gopher://example.org/"/>
</body></opml>
XML
cp -r mill/feeds before
# What is left out is told, and is a failure in part.
run 1 import -C mill --dry-run list.opml
has err "list.opml: no http or https address, left out: gopher://example.org/"
has out "feeds/topics/tech-science.yaml: 2 would be added; a new topic"
diff -r before mill/feeds || fail "a dry run wrote"
run 1 import -C mill list.opml
has err "list.opml"
has err "gopher"
has out "feeds/topics/news.yaml: 1 added, 1 there already"
has mill/feeds/topics/news.yaml "http://example.org/old"
has mill/feeds/topics/tech-science.yaml 'title: "Tech & Science"'
has mill/feeds/topics/tech-science.yaml 'name: "One"'
# One source has one name.
ls mill/feeds/topics/topic-*.yaml >/dev/null
lacks "$(ls mill/feeds/topics/topic-*.yaml)" "One again"
run 0 check -C mill
cp -r mill/feeds before2
run 1 import -C mill list.opml
diff -r before2 mill/feeds || fail "a second import wrote"

# What goes out comes in again.
run 0 export -C mill
xmllint --noout out || fail "no XML"
cp out mine.opml
run 0 init other
rm other/feeds/topics/example.yaml
run 0 import -C other mine.opml
run 0 check -C other
run 0 export -C other
grep '<outline' out | sed 's/ htmlUrl="[^"]*"//' >two
grep '<outline' mine.opml | sed 's/ htmlUrl="[^"]*"//' >one
# The ids, and so the order, of topics are made of their titles.
sort one >one.s
sort two >two.s
cmp one.s two.s || fail "not the same sources"

cat >urls <<'URLS'
# mine
https://example.org/n1 "hardware" news "~A fine name"
"query:Unread:unread = \"yes\""
https://example.org/n2
https://example.org/n3 "~Say \"when\" # now" "later" !   # a comment
URLS
run 1 import -C mill urls
has err "urls:3: no http or https address"
has mill/feeds/topics/hardware.yaml 'name: "A fine name"'
has mill/feeds/topics/news.yaml "https://example.org/n1"
has mill/feeds/topics/imported.yaml "- https://example.org/n2"
has mill/feeds/topics/later.yaml 'name: "Say \"when\" # now"'
[ ! -e mill/feeds/topics/a.yaml ] || fail "a comment is a tag"

cat >planet.ini <<'INI'
# planet
[Planet]
name = Planet Example
link = https://planet.example.org/

[https://example.org/p1]
name = First = best
[https://example.org/p2]
[https://example.org/p3]
name: Third: = colon
INI
run 0 import -C mill planet.ini
has mill/feeds/topics/planet-example.yaml 'name: "First = best"'
has mill/feeds/topics/planet-example.yaml "- https://example.org/p2"
has mill/feeds/topics/planet-example.yaml 'name: "Third: = colon"'
run 0 import -C mill --topic all-mine planet.ini
has out "feeds/topics/all-mine.yaml: 3 added"
run 0 check -C mill

run 1 import -C mill absent.opml
echo "<html><body>no</body></html>" >page.html
run 1 import -C mill page.html
has err "page.html"
echo '<opml version="2.0"><head/><body/></opml>' >no.opml
run 1 import -C mill no.opml
has err "no.opml: no source in it"
: >nothing
run 1 import -C mill nothing
run 2 import -C mill --topic "A b" urls

# Outlines that stand in no folder go by their categories; what a list includes
# is taken in, once, under the topic where it stands.
mkdir -p lists/feeds
cp mill/feeds/mill.yaml lists/feeds/
cat >site/more.opml <<XML
<opml version="2.0"><head/><body>
<outline type="rss" text="Gulls" xmlUrl="https://example.org/gulls"/>
<outline text="Deep"><outline type="rss" text="Eels" xmlUrl="https://example.org/eels"/></outline>
<outline type="include" text="Again" url="$origin/more.opml"/>
</body></opml>
XML
cat >list.opml <<XML
<opml version="2.0"><head/><body>
<outline type="rss" text="Sail" xmlUrl="https://example.org/sail" category="/boats/Sails, harbours,,/"/>
<outline text="Tides"><outline type="rss" text="Ebb" xmlUrl="https://example.org/ebb" category="boats"/>
<outline type="include" text="More" url="$origin/more.opml"/></outline>
<outline type="link" text="Gone" url="$origin/gone.opml"/>
<outline type="rss" text="Loose" xmlUrl="https://example.org/loose"/>
</body></opml>
XML
run 1 import -C lists list.opml
has err "$origin/gone.opml: HTTP status 404"
lacks err "too many"
has out "feeds/topics/tides.yaml: 2 added; a new topic"
has lists/feeds/topics/sails.yaml "https://example.org/sail"
has lists/feeds/topics/harbours.yaml "https://example.org/sail"
has lists/feeds/topics/tides.yaml "https://example.org/ebb"
has lists/feeds/topics/tides.yaml "https://example.org/gulls"
has lists/feeds/topics/deep.yaml "https://example.org/eels"
has lists/feeds/topics/imported.yaml "https://example.org/loose"
[ "$(ls lists/feeds/topics | wc -l)" = 5 ] || fail "other topics: $(ls lists/feeds/topics)"
cat >planet.ini <<INI
[Planet]
name = Shore
[$origin/more.opml]
content_type = opml
[$origin/people.rdf]
content_type = foaf
[https://example.org/shore]
name = Shore itself
INI
rm -r lists/feeds/topics
run 1 import -C lists planet.ini
has err "planet.ini:5: a reading list of this kind is not read, left out"
has lists/feeds/topics/shore.yaml "https://example.org/gulls"
has lists/feeds/topics/shore.yaml "https://example.org/shore"
lacks lists/feeds/topics/shore.yaml "more.opml"
run 0 check -C lists

# A password in an address is not taken over into what is printed and kept in git,
# and what is written passes check.
mkdir -p closed/feeds
cp mill/feeds/mill.yaml closed/feeds/
echo 'http://reader:hush@example.org/members "closed"
https://example.org/open "closed"' >closed.urls
run 1 import -C closed closed.urls
has err "closed.urls:1: an address with a password, left out"
has err "http://example.org/members"
lacks err hush
! grep -rq hush closed || fail "the password is written"
has closed/feeds/topics/closed.yaml "https://example.org/open"
run 2 add -C closed http://reader:hush@example.org/members --topic closed
has err "password_file"
lacks err hush
run 0 check -C closed
