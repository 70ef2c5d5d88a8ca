# Nothing is pressed when nothing that is shown has changed; each thing that may
# change an edition presses again.
. ./lib.sh
needs sqlite3
start_site
rss a.xml 4
rss b.xml 3 Other
mill "$origin/a.xml" "$origin/b.xml"
sed -i 's/^sources/days: 4\n&/' mill/feeds/topics/news.yaml

now=1733400000 # 2024-12-05T12:00:00Z
# later SECONDS ARG...: a refresh so much later.
later() {
    now=$((now + $1))
    shift
    FEEDMILL_NOW=$now
    export FEEDMILL_NOW
    run 0 -C mill refresh "$@"
}
pressed_at() {
    sqlite3 -readonly mill/.feedmill/store.db 'SELECT at FROM press'
}
# pressed WHAT, spared WHAT: the run just made was, or was not, a press.
pressed() {
    [ "$(pressed_at)" = "$now" ] || fail "$1: not pressed"
}
spared() {
    [ "$(pressed_at)" != "$now" ] || fail "$1: pressed for nothing"
}
# again WHAT: WHAT was just changed; it presses once.
again() {
    later 60
    pressed "$1"
    later 60
    spared "after $1"
}

later 0
pressed "the first run"

later 60
spared "nothing new"
run 0 -C mill refresh --json
has out '"entries":7'
spared "--json"
later 60 -v
has err "topic news: "
later 60 --metrics metrics
has metrics 'feedmill_topic_entries{topic="news"} 7'

rss a.xml 5
again "an entry more"
sed -i 's/report 3/report 3 of many/' site/a.xml
again "another title"
has mill/output/news/atom.xml "of many"
sed -i 's,<channel><title>a.xml,<channel><title>A new name,' site/a.xml
again "another title of a source"
has mill/output/news/atom.xml "A new name"

printf 'status 500\n' >site/b.xml.route
now=$((now + 60))
FEEDMILL_NOW=$now run 1 -C mill refresh
pressed "a source that fails"
has mill/output/health.xml b.xml
rm site/b.xml.route
again "a source that is well again"
lacks mill/output/health.xml b.xml

sed -i 's/^title: .*/title: Fresh news/' mill/feeds/topics/news.yaml
again "another title of a topic"
has mill/output/news/atom.xml "Fresh news"
printf 'drop: |\n  Other\n' >>mill/feeds/topics/news.yaml
again "a rule"
entries 5 mill/output/news/atom.xml
sed -i 's/^publish: full/publish: excerpt/' mill/feeds/mill.yaml
again "an option of the mill"
run 0 -C mill decide hide https://example.org/a.xml/5
again "a decision"
entries 4 mill/output/news/atom.xml

rm mill/output/news/rss.xml
again "a file that is gone"
[ -s mill/output/news/rss.xml ] || fail "rss.xml does not come back"
echo spoilt >mill/output/index.html
again "a file that was written over"
lacks mill/output/index.html spoilt
cp "$FEEDMILL" ./feedmill
FEEDMILL=./feedmill
again "another program"

# A topic that nothing touches is not made again.  What is written to the store
# behind the triggers' back shows when a topic is.
rss c.xml 3 Third
sed "s,^  - .*/a.xml,  - $origin/c.xml,; /b.xml/d; s/^title: .*/title: Third/" \
    mill/feeds/topics/news.yaml >mill/feeds/topics/third.yaml
again "another topic"
entries 3 mill/output/third/atom.xml
sqlite3 mill/.feedmill/store.db "UPDATE item SET title = 'Behind the back'
    WHERE url LIKE '%c.xml/1'; DELETE FROM unpressed; DELETE FROM unpressed_source"
sed -i 's/report 4/report 4 of all/' site/a.xml
again "a title in the first topic"
has mill/output/news/atom.xml "report 4 of all"
lacks mill/output/third/atom.xml "Behind the back"
has mill/output/index.html third/
has mill/output/third/index.html "Third"
sed -i 's,<channel><title>c.xml,<channel><title>A third name,' site/c.xml
again "another title of a source in the second topic"
has mill/output/third/atom.xml "Behind the back"
sqlite3 mill/.feedmill/store.db "UPDATE item SET title = 'Behind it again'
    WHERE url LIKE '%c.xml/1'; DELETE FROM unpressed; DELETE FROM unpressed_source"
sed -i 's/report 3/report 3 of four/' site/c.xml
again "an entry in the second topic"
has mill/output/third/atom.xml "Behind it again"
rm mill/feeds/topics/third.yaml
again "a topic less"

# The clock alone: an entry grows too old, a pin ends; and a clock set back.
sed -i '/^drop/,$d' mill/feeds/topics/news.yaml
run 0 -C mill decide pin https://example.org/a.xml/1 --until 2024-12-05T18:00:00Z
again "a pin"
later $((1733421600 - now - 1))
spared "the pin is still on"
later 1
pressed "the pin is over"
# Items of 2 December leave the window at 10:00 +0800 four days later ...
n=$(grep -c '<entry' mill/output/news/atom.xml)
later $((1733450400 - now))
spared "all are young enough"
later 1
pressed "an entry is too old"
[ "$(grep -c '<entry' mill/output/news/atom.xml)" -lt "$n" ] ||
    fail "the old entry stays"
later -86000
pressed "the clock was set back"

# What a run stored that was stopped before it pressed is pressed by the next.
rss a.xml 6
printf 'hang\n' >site/b.xml.route
later_stopped() {
    now=$((now + 60))
    FEEDMILL_NOW=$now "$FEEDMILL" -C mill refresh >out 2>err &
    pid=$!
    wait_for "report 6" sh -c "sqlite3 -readonly mill/.feedmill/store.db \
        \"SELECT title FROM item\" | grep -q 'report 6'"
    kill -TERM $pid
    wait $pid || :
}
later_stopped
lacks mill/output/news/atom.xml "report 6"
rm site/b.xml.route
later 60
pressed "what a stopped run had stored"
has mill/output/news/atom.xml "report 6"
