# `updated` of an entry moves with what that feed publishes of it, and with
# nothing else.
. ./lib.sh
needs xmllint sqlite3
start_site
# article TITLE END: an article of 600 characters and END, in a feed of one.
article() {
    printf '<rss version="2.0"><channel><title>A</title>'
    printf '<link>https://example.org/</link><description>d</description>'
    printf '<item><title>%s</title><link>https://example.org/1</link>' "$1"
    printf '<guid>https://example.org/1</guid>'
    printf '<pubDate>Mon, 02 Dec 2024 10:00:00 GMT</pubDate><description>'
    printf '%s' "$2"
    printf ' The crane of the quay moved at %s o&apos;clock.' 1 2 3 4 5 6 7 8 9 10 11 12
    printf '%s</description></item></channel></rss>\n' "$3"
}
article 'The quay' '' '' >site/a.xml
mill "$origin/a.xml"
topics=mill/feeds/topics
for topic in short whole; do
    printf 'title: %s\nfrom: [news]\n' $topic >$topics/$topic.yaml
done
echo 'publish: excerpt' >>$topics/short.yaml
updated() {
    xmllint --xpath "string(//*[local-name()='entry']/*[local-name()='updated'])" \
        "mill/output/$1/atom.xml"
}
first=2024-12-02T10:00:00Z
# at TIME: a refresh then
at() {
    FEEDMILL_NOW=$1 run 0 refresh -C mill --all
}
at 2024-12-02T11:00:00Z
for topic in news short whole; do
    [ "$(updated $topic)" = $first ] || fail "$topic: $(updated $topic)"
done

# The rest of an article, which an excerpt does not show.
article 'The quay' '' ' It stopped.' >site/a.xml
at 2024-12-02T12:00:00Z
has mill/output/whole/atom.xml "It stopped."
[ "$(updated whole)" = 2024-12-02T12:00:00Z ] || fail "whole: $(updated whole)"
[ "$(updated short)" = $first ] || fail "the excerpt moved: $(updated short)"
has mill/output/short/atom.xml "<updated>$first</updated>"

# Its beginning.
article 'The quay' 'It rained.' ' It stopped.' >site/a.xml
at 2024-12-02T13:00:00Z
[ "$(updated whole)" = 2024-12-02T13:00:00Z ] || fail "whole: $(updated whole)"
[ "$(updated short)" = 2024-12-02T13:00:00Z ] || fail "short: $(updated short)"

# What the editor says for one topic is no news in another.
FEEDMILL_NOW=2024-12-02T14:00:00Z run 0 decide -C mill retitle \
    https://example.org/1 --to 'The crane' --topic whole
FEEDMILL_NOW=2024-12-02T14:00:00Z run 0 publish -C mill
[ "$(updated whole)" = 2024-12-02T14:00:00Z ] || fail "whole: $(updated whole)"
[ "$(updated news)" = 2024-12-02T13:00:00Z ] || fail "news: $(updated news)"
[ "$(updated short)" = 2024-12-02T13:00:00Z ] || fail "short: $(updated short)"

# A rebuilt store has the times of all three.
cp -r mill/output before
run 0 export -C mill --state
mv out state
rm -r mill/.feedmill mill/output
FEEDMILL_NOW=2024-12-02T15:00:00Z run 0 import -C mill --state state
at 2024-12-02T15:00:00Z
for topic in news short whole; do
    cmp before/$topic/atom.xml mill/output/$topic/atom.xml || fail "$topic differs"
done

# Edited between two runs of which the second is of a feedmill that knows what each
# topic shows, and has a store that does not.
article 'The quay' 'It snowed.' ' It stopped.' >site/a.xml
sqlite3 mill/.feedmill/store.db 'DELETE FROM shown; DELETE FROM press; DELETE FROM pressed'
at 2024-12-02T18:00:00Z
for topic in news short whole; do
    [ "$(updated $topic)" = 2024-12-02T18:00:00Z ] || fail "$topic: $(updated $topic)"
done
at 2024-12-02T19:00:00Z
for topic in news short whole; do
    [ "$(updated $topic)" = 2024-12-02T18:00:00Z ] || fail "$topic: $(updated $topic)"
done
