# What the last press made of a story is taken over as it is while nothing of it has
# changed, and only then: all anew gives the same bytes.
. ./lib.sh
needs sqlite3 xmllint
start_site
hourly a.xml 1 40
rss b.xml 6 Other
rss c.xml 6 Copied
rss d.xml 6 Fourth
sed 's,<title>c.xml,<title>Copyist,; s,org/c.xml,org/e.xml,' site/c.xml >site/e.xml
mill "$origin/a.xml" "$origin/b.xml" "$origin/c.xml"
sed -i 's/^sources/entries: 30\ndigest: daily\n&/' mill/feeds/topics/news.yaml
cat >mill/feeds/topics/few.yaml <<YAML
title: Few of each
per_source: 4
formats: [atom, html]
drop: |
  title:"report 5"
sources:
  - $origin/d.xml
  - $origin/b.xml
YAML
cat >mill/feeds/topics/copies.yaml <<YAML
title: Copies
gzip: yes
sources:
  - $origin/e.xml
YAML

now=1733400000 # 2024-12-05T12:00:00Z
at() {
    FEEDMILL_NOW=$now "$FEEDMILL" -C "$1" refresh >out 2>err </dev/null ||
        fail "$1: refresh"
}
db() {
    sqlite3 "$1/.feedmill/store.db" "$2"
}
# same WHAT: WHAT was just changed.  A store that remembers nothing, and one whose
# last press is forgotten altogether, give what a refresh gives.
same() {
    now=$((now + 60))
    rm -rf blank anew
    cp -a mill blank
    cp -a mill anew
    db blank 'DELETE FROM pressed'
    db anew 'DELETE FROM press'
    for m in mill blank anew; do
        at $m
    done
    diff -r blank/output mill/output >diff || fail "$1: $(head -5 diff)"
    diff -r anew/output mill/output >diff || fail "$1, all anew: $(head -5 diff)"
}
# behind WHERE TITLE: the title of an item changes, and nothing tells.
behind() {
    db mill "UPDATE item SET title = '$2' WHERE $1;
        DELETE FROM unpressed; DELETE FROM unpressed_source"
}

at mill
now=$((now + 60))
at mill
entries 30 mill/output/news/atom.xml
entries 8 mill/output/few/atom.xml
[ "$(db mill 'SELECT count(*) FROM pressed WHERE length(stories) > 0')" = 3 ] ||
    fail "not all topics are remembered"

hourly a.xml 3 42
same "two entries more"
has mill/output/news/atom.xml "Report 42"
sed -i 's/Report 41/Report 41 of many/' site/a.xml
same "another title"
has mill/output/news/index.html "Report 41 of many"
sed -i 's/Number 40 tells/Number 40 does tell/' site/a.xml
same "another text"
sed -i 's,<title>b.xml,<title>A new name,' site/b.xml
same "another title of a source"
has mill/output/few/atom.xml "A new name"
has mill/output/news/feed.json "A new name"
sed -i 's,<link>https://example.org/</link>,<link>https://example.org/b</link>,' \
    site/b.xml
same "another address of a source"
has mill/output/few/atom.xml 'href="https://example.org/b"'
sed -i 's/Copied report 2/Copied report 2, again/' site/c.xml
same "a member of a story whose lead is another topic's"
has mill/output/copies/atom.xml Copyist
sed -i 's,<title>Copyist,<title>The scribe,' site/e.xml
same "another title of a source that others are led by"
has mill/output/copies/atom.xml "The scribe"
sed -i 's,<title>c.xml,<title>The author,' site/c.xml
same "another title of a source that is named beside others"
has mill/output/copies/atom.xml "The author"
rss d.xml 8 Fourth
same "two more of a source that has its share"
sed -i 's/Fourth report 5/Fourth report five/' site/d.xml
same "what was dropped is wanted"
sed -i 's/Fourth report 6/Fourth report 5/' site/d.xml
same "what was wanted is dropped"
lacks mill/output/few/atom.xml "report 5<"

# A decision on a story; it is taken back, and a story that has one changes.
run 0 -C mill decide retitle https://example.org/42 --to "The editor's"
same "a decision"
has mill/output/news/atom.xml "The editor's"
hourly a.xml 3 43
same "an entry more beside a decision"
has mill/output/news/atom.xml "The editor's"
sed -i '/retitle/d' mill/feeds/decisions.yaml
same "a decision less"
lacks mill/output/news/atom.xml "The editor's"
sed -i 's/^publish: full/publish: excerpt/' mill/feeds/mill.yaml
same "an option of the mill"
sed -i 's/^title: News/title: The news/' mill/feeds/topics/news.yaml
same "a topic's title"
rm mill/output/news/rss.xml
hourly a.xml 3 44
same "a file less and an entry more"
sed -i 's/Report 30/Report XX/' mill/output/news/index.html
touch -d @1733400000 mill/output/news/index.html
hourly a.xml 3 45
same "a file of another hand"
has mill/output/news/index.html "Report 30"

# That anything is taken over shows only by what was changed behind its back.
behind "url = 'https://example.org/35'" "Never told"
hourly a.xml 3 46
now=$((now + 60))
at mill
has mill/output/news/atom.xml "Report 46"
lacks mill/output/news/atom.xml "Never told"
behind "title LIKE '%report 5'" "Now wanted"
rss b.xml 7 Other
sed -i 's,<title>b.xml,<title>A new name,
    s,<link>https://example.org/</link>,<link>https://example.org/b</link>,' \
    site/b.xml
now=$((now + 60))
at mill
has mill/output/few/atom.xml "Other report 7"
lacks mill/output/few/atom.xml "Now wanted"
db mill "DELETE FROM press"
now=$((now + 60))
at mill
has mill/output/few/atom.xml "Now wanted"
has mill/output/news/atom.xml "Never told"

# What nobody wrote is not believed.
db mill "UPDATE pressed SET stories = x'00112233'"
hourly a.xml 3 47
same "spoilt bytes"
has mill/output/news/atom.xml "Report 47"
