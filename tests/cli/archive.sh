# What leaves the subscription document goes to archive documents (RFC 5005),
# which never change once there is a next one.
. ./lib.sh
needs xmllint
grammar=${SHARED:-$here/../../../shared}/corpus/feeds/schema/atom.rng
start_site
mill "$origin/a.xml"
sed -i '1a entries: 3' mill/feeds/topics/news.yaml
out=mill/output/news

feed() { # FIRST LAST
    hourly a.xml "$1" "$2"
}
link() { # FILE REL
    xmllint --xpath "string(/*[local-name()='feed']/*[local-name()='link'][@rel='$2']/@href)" "$1"
}
rss_link() {
    xmllint --xpath "string(//*[local-name()='channel']/*[local-name()='link'][@rel='$2']/@href)" "$1"
}
base=https://news.example.org/news/
# The ids of the whole chain from the subscription document on, a line each.
walk() { # FORMAT
    file=$1.xml
    while [ -n "$file" ]; do
        [ -e "$out/$file" ] || fail "$file is not there"
        if [ "$1" = atom ]; then
            xmllint --xpath "//*[local-name()='entry']/*[local-name()='id']/text()" "$out/$file" || :
            file=$(link "$out/$file" prev-archive)
        else
            xmllint --xpath "//guid/text()" "$out/$file" || :
            file=$(rss_link "$out/$file" prev-archive)
        fi
        echo
        file=${file#"$base"}
    done | sed '/^$/d'
}
complete() { # FIRST LAST: each once, in order
    seq -f 'https://example.org/%.0f' "$2" -1 "$1" >want
    for format in atom rss; do
        walk $format >have
        cmp -s want have || { cp have out; fail "the chain of $format is not $2 to $1"; }
    done
}

feed 1 3
run 0 refresh -C mill
complete 1 3
lacks $out/atom.xml prev-archive
[ ! -e $out/atom-1.xml ] || fail "an archive of nothing"

# One by one, through several runs.
last=3
while [ $last -lt 11 ]; do
    last=$((last + 1))
    feed $((last - 2)) $last
    run 0 refresh -C mill
    complete 1 $last
done
[ -e $out/atom-3.xml ] || fail "no third archive"
[ ! -e $out/atom-4.xml ] || fail "a fourth archive too early"
[ "$(link $out/atom.xml prev-archive)" = ${base}atom-3.xml ] || fail "prev-archive"
[ "$(link $out/atom-2.xml prev-archive)" = ${base}atom-1.xml ] || fail "prev of 2"
[ "$(link $out/atom-2.xml next-archive)" = ${base}atom-3.xml ] || fail "next of 2"
[ "$(link $out/atom-2.xml current)" = ${base}atom.xml ] || fail "current of 2"
[ "$(link $out/atom-2.xml self)" = ${base}atom-2.xml ] || fail "self of 2"
[ -z "$(link $out/atom-1.xml prev-archive)" ] || fail "1 has one before"
has $out/atom-2.xml "<fh:archive/>"
has $out/rss-2.xml "<fh:archive/>"
lacks $out/atom.xml "fh:archive"
[ "$(rss_link $out/rss-2.xml current)" = ${base}rss.xml ] || fail "current of rss 2"
[ "$(grep -c '<id>urn' $out/atom-2.xml)" = 1 ] || fail "ids"
[ "$(sed -n 's/^  <id>//p' $out/atom-2.xml)" = "$(sed -n 's/^  <id>//p' $out/atom.xml)" ] ||
    fail "an archive is not of the same feed"
valid() {
    xmllint --noout $out/*.xml || fail "no XML"
    [ ! -e "$grammar" ] || xmllint --noout --relaxng "$grammar" $out/atom*.xml 2>err ||
        fail "not valid"
}
valid

# Closed ones stay as they are; nothing new writes nothing.
old=$(state_of $out | grep -E '(atom|rss)-[12]\.xml')
feed 10 12
run 0 refresh -C mill
complete 1 12
[ "$(state_of $out | grep -E '(atom|rss)-[12]\.xml')" = "$old" ] || fail "an old archive changed"
all=$(state_of mill/output)
run 0 refresh -C mill
run 0 publish -C mill
[ "$(state_of mill/output)" = "$all" ] || fail "nothing new, yet files were written"

# A burst: more than the subscription document holds.
feed 13 24
run 0 refresh -C mill
complete 1 24
valid
[ "$(state_of $out | grep -E '(atom|rss)-[12]\.xml')" = "$old" ] || fail "a burst changed an old archive"

# Bodies that expire are archived as they stood. What was published to elsewhere
# or lost is made again, byte for byte.
printf 'keep_items: 1d\n' >>mill/feeds/mill.yaml
feed 25 25
FEEDMILL_NOW=$(($(date +%s) + 10 * 86400)) run 0 refresh -C mill
complete 1 25
feed 26 26
for run in 1 2 3 4; do # by one alone nothing is too old
    FEEDMILL_NOW=$(($(date +%s) + 20 * 86400 + run)) run 0 refresh -C mill
done
complete 1 26
grep -q 'Number 24 tells' $out/atom-*.xml || fail "no body of 24"
run 0 publish -C mill # what has expired leaves the edition
before=$(cd $out && cat atom-*.xml rss-*.xml 20*.html | cksum)
rm -r mill/output
run 0 publish -C mill
[ "$(cd $out && cat atom-*.xml rss-*.xml 20*.html | cksum)" = "$before" ] || fail "made again, but otherwise"
run 0 publish -C mill --to copy
[ "$(cd copy/news && cat atom-*.xml rss-*.xml 20*.html | cksum)" = "$before" ] || fail "elsewhere otherwise"

# Hidden in the edition: it goes to no archive.
run 0 decide -C mill hide https://example.org/26
feed 27 29
run 0 refresh -C mill
! walk atom | grep -qx https://example.org/26 || fail "hidden, and archived"

# Hidden when it is in a closed archive: cut out of that, of the day and of no
# other; and back again as it was.
day=$out/2024-12-01.html
shown=$(cd $out && cat atom-1.xml rss-1.xml 2024-12-01.html | cksum)
second=$(state_of $out | grep -E '(atom|rss)-2\.xml')
run 0 decide -C mill hide https://example.org/2
run 0 publish -C mill
! grep -rq 'Number 2 tells' mill/output || fail "hidden, and served"
lacks $out/atom-1.xml '<at:deleted-entry'
has $out/atom-1.xml 'Number 3 tells'
valid
[ "$(state_of $out | grep -E '(atom|rss)-2\.xml')" = "$second" ] ||
    fail "another archive changed with what is hidden"
sed -i '$d' mill/feeds/decisions.yaml
run 0 publish -C mill
[ "$(cd $out && cat atom-1.xml rss-1.xml 2024-12-01.html | cksum)" = "$shown" ] ||
    fail "what was hidden came back otherwise"

# Retracted: cut out of a closed archive, of the day, of all.
grep -q '"https://example.org/2"' $out/atom-1.xml || fail "2 is not in the first"
second=$(state_of $out | grep -E '(atom|rss)-2\.xml')
run 0 decide -C mill retract https://example.org/2
run 0 publish -C mill
for file in $out/atom-1.xml $out/atom.xml; do
    has $file '<at:deleted-entry ref="https://example.org/2"'
done
! grep -rq 'Number 2 tells' mill/output || fail "retracted, and served"
has $out/rss-1.xml https://example.org/3
valid
[ "$(state_of $out | grep -E '(atom|rss)-2\.xml')" = "$second" ] ||
    fail "another archive changed with it"

# An entry whose items are long forgotten is known by its atom:id.
cp -r mill old
printf 'keep_items: 1d\n' >>old/feeds/mill.yaml
sed -i '0,/^keep_items/{/^keep_items/d}' old/feeds/mill.yaml
for days in 400 800; do
    FEEDMILL_NOW=$(($(date +%s) + days * 86400)) run 0 refresh -C old
done
has old/output/news/atom.xml '<at:deleted-entry ref="https://example.org/2"'
has old/output/news/atom-1.xml 'Number 3 tells'
echo '- {item: "https://example.org/3", do: retract, at: 2028-01-01T00:00:00Z}' >>old/feeds/decisions.yaml
FEEDMILL_NOW=$(($(date +%s) + 801 * 86400)) run 0 publish -C old
! grep -rq 'Number 3 tells' old/output || fail "retracted late, and served"
for file in atom-1.xml atom.xml; do
    has old/output/news/$file '<at:deleted-entry ref="https://example.org/3" when="2028-01-01T00:00:00Z"'
done
# The address will do as well, in a store that never looked addresses up, too.
python3 - <<'X'
import sqlite3
store = sqlite3.connect("old/.feedmill/store.db")
store.execute("UPDATE kept SET url_key = NULL")
store.execute("DELETE FROM press")
store.commit()
X
FEEDMILL_NOW=$(($(date +%s) + 801 * 86400)) run 0 publish -C old
FEEDMILL_NOW=2028-01-02T00:00:00Z run 0 decide -C old retract 'https://example.org/4?utm_source=x'
FEEDMILL_NOW=$(($(date +%s) + 801 * 86400)) run 0 publish -C old
empty err
! grep -rq 'Number 4 tells' old/output || fail "retracted by its address, and served"
state_of old/output >before
FEEDMILL_NOW=$(($(date +%s) + 801 * 86400)) run 0 publish -C old
state_of old/output | cmp -s before - || fail "once more writes something"
rm -r old

# Days: a page each, which lead to one another.
has $out/index.html '<a href="2024-12-02.html">'
has $day '<a rel="next" href="2024-12-02.html">'
has $day '<link rel="alternate" type="application/atom+xml" href="atom.xml"'
has $day "Number 23 tells"
lacks $day "Number 24 tells"
has $out/2024-12-02.html '<a rel="prev" href="2024-12-01.html">'
has mill/output/sitemap.xml "<loc>${base}2024-12-01.html</loc>"
xmllint --noout mill/output/sitemap.xml

# By the mill's own midnight.
printf 'zone: +08:00\n' >>mill/feeds/mill.yaml
feed 39 41 # 41 is at 17:00 UTC
FEEDMILL_NOW=$(($(date +%s) + 30 * 86400)) run 0 refresh -C mill
has $out/2024-12-03.html "Number 41 tells"
lacks $out/2024-12-02.html "Number 41 tells"
has $out/2024-12-02.html "Number 39 tells"

# Without an archive there is none, and its files go.
sed -i '1a archive: no' mill/feeds/topics/news.yaml
run 0 publish -C mill
[ ! -e $out/atom-1.xml ] || fail "archive: no, and the archive stays"
[ ! -e $day ] || fail "archive: no, and days stay"
lacks $out/atom.xml prev-archive
lacks $out/index.html 2024-12-01.html

# Of a topic that is new many go to archives at once, in lots.
rm -r mill
mill "$origin/a.xml"
sed -i '1a entries: 3' mill/feeds/topics/news.yaml
feed 1 140
run 0 refresh -C mill
complete 1 140
