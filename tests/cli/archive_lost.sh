# A store that is lost, with its state or without: what is published in archive
# documents (RFC 5005) never changes under its address.
. ./lib.sh
needs xmllint
start_site
mill "$origin/a.xml"
sed -i '1a entries: 3' mill/feeds/topics/news.yaml
out=mill/output/news
archives() {
    (cd mill/output && cat news/atom-*.xml news/rss-*.xml | cksum)
}
link() { # FILE REL
    xmllint --xpath "string(/*[local-name()='feed']/*[local-name()='link'][@rel='$2']/@href)" "$1"
}

last=3
hourly a.xml 1 3
run 0 refresh -C mill
while [ $last -lt 11 ]; do
    last=$((last + 1))
    hourly a.xml $((last - 2)) $last
    run 0 refresh -C mill
done
[ -e $out/atom-3.xml ] || fail "no third archive"
days=$(cd $out && cat 20*.html | cksum)
before=$(archives)
run 0 export -C mill --state
cp out state

# With its state all comes back, byte for byte, though output/ is lost too.
cp -r mill/output kept
rm -r mill/.feedmill mill/output
run 0 import -C mill --state state
run 0 export -C mill --state
cmp -s out state || fail "the state came back otherwise"
run 0 refresh -C mill
empty err
[ "$(archives)" = "$before" ] || fail "other archives with the state"
[ "$(cd $out && cat 20*.html | cksum)" = "$days" ] || fail "other days with the state"
cmp -s $out/atom.xml kept/news/atom.xml || fail "another feed with the state"

# Without it the archive goes on behind what was published.
rm -r mill/.feedmill
run 0 refresh -C mill
[ "$(archives)" = "$before" ] || fail "a lost store changed archives"
[ "$(cd $out && ls 20*.html)" = "$(cd kept/news && ls 20*.html)" ] || fail "a lost store lost days"
[ "$(link $out/atom.xml prev-archive)" = https://news.example.org/news/atom-3.xml ] ||
    fail "a lost store lost its archive"
all=$(state_of mill/output)
run 0 publish -C mill
run 0 refresh -C mill
[ "$(state_of mill/output)" = "$all" ] || fail "nothing new, yet files were written"
hourly a.xml 10 12
run 0 refresh -C mill
hourly a.xml 11 13
run 0 refresh -C mill
closed() { # FOLDER: those before the newest
    (cd "$1" && cat atom-[12].xml rss-[12].xml | cksum)
}
[ "$(closed $out)" = "$(closed kept/news)" ] || fail "the archive goes on, and closed ones changed"
for n in 7 8 9; do
    has $out/atom-3.xml "Number $n tells"
    has $out/rss-3.xml "Number $n tells"
done
has $out/atom-4.xml "Number 10 tells"
[ "$(link $out/atom-3.xml next-archive)" = https://news.example.org/news/atom-4.xml ] ||
    fail "the third archive does not lead to the fourth"
[ "$(link $out/atom-4.xml prev-archive)" = https://news.example.org/news/atom-3.xml ] ||
    fail "the next archive has none before it"
[ "$(link $out/atom.xml prev-archive)" = https://news.example.org/news/atom-4.xml ] ||
    fail "the feed does not lead to the next archive"

# What stands in the archive is read back from it: it is made again when it is lost,
# and what is retracted is cut out of it, by any name that the archive knows.
cp -r mill again
rm again/output/news/atom-[12].xml again/output/news/rss-2.xml
run 0 publish -C again
[ "$(closed again/output/news)" = "$(closed kept/news)" ] || fail "what was read back is made otherwise"
run 1 decide -C again retract https://example.org/99
has err "no item is known by this name"
FEEDMILL_NOW=2025-01-01T00:00:00Z run 0 decide -C again retract "https://example.org/1?utm_source=x" https://example.org/5
run 0 publish -C again
empty err
for n in 1 5; do
    ! grep -rq "Number $n tells" again/output || fail "$n is retracted, and served"
    has again/output/news/atom.xml "<at:deleted-entry ref=\"https://example.org/$n\""
    has again/output/news/atom-$(((n + 2) / 3)).xml "<at:deleted-entry ref=\"https://example.org/$n\""
done
for n in 2 3 4 6; do
    grep -q "Number $n tells" again/output/news/atom-*.xml || fail "$n is gone from the archive"
    grep -q "Number $n tells" again/output/news/rss-*.xml || fail "$n is gone from the RSS archive"
    grep -q "Number $n tells" again/output/news/20*.html || fail "$n is gone from its day"
done
state_of again/output >now
run 0 publish -C again
state_of again/output | cmp -s - now || fail "once more writes something"
# Tombstones are read back too.
rm -r again/.feedmill again/feeds/decisions.yaml
run 0 refresh -C again
rm again/output/news/atom-1.xml
run 0 publish -C again
has again/output/news/atom-1.xml '<at:deleted-entry ref="https://example.org/1" when="2025-01-01T00:00:00Z"'
# One that another hand has changed is left alone.
rm -r again/.feedmill
echo '<!-- by hand -->' >>again/output/news/atom-2.xml
run 0 refresh -C again
has again/output/news/atom-2.xml 'by hand'
rm -r again

# Another address reaches what the store can make anew, and leaves the rest.
sed -i 's#^base_url:.*#base_url: https://other.example.org/#' mill/feeds/mill.yaml
run 0 publish -C mill
has $out/atom-4.xml https://other.example.org/news/atom-4.xml
has $out/atom-3.xml "<entry>"
sed -i 's#^base_url:.*#base_url: https://news.example.org/#' mill/feeds/mill.yaml
run 0 publish -C mill

grown=$(archives)
# The state that comes late brings back the entries of what was adopted, and so
# the documents when they are lost too; those that the store made stay.
run 0 import -C mill --state state
run 0 publish -C mill
[ "$(archives)" = "$grown" ] || fail "the state, imported late, changed archives"
fourth=$(cksum <$out/atom-4.xml)
rm $out/atom-[123].xml $out/rss-[123].xml
run 0 publish -C mill
(cd mill/output && cat news/atom-[12].xml news/rss-[12].xml | cksum) >now
(cd kept && cat news/atom-[12].xml news/rss-[12].xml | cksum) | cmp -s - now ||
    fail "the state, imported late, gives other archives"
[ "$(cksum <$out/atom-4.xml)" = "$fourth" ] || fail "the fourth archive changed"
grep -q "Number 1 tells" $out/20*.html || fail "the days are not whole"

# An older copy of the store: what it does not know stays, and so does the
# document that has grown since.
cp -r mill/.feedmill older
hourly a.xml 12 14
run 0 refresh -C mill
hourly a.xml 15 17
run 0 refresh -C mill
[ -e $out/atom-5.xml ] || fail "no fifth archive"
before=$(archives)
rm -r mill/.feedmill
mv older mill/.feedmill
run 0 refresh -C mill
run 0 publish -C mill
(cd mill/output && cat news/atom-[12345].xml news/rss-[12345].xml | cksum) >now
echo "$before" | cmp -s - now || fail "an older store changed archives"
hourly a.xml 18 20
run 0 refresh -C mill
has $out/atom-5.xml "Number 15 tells"
has $out/atom-6.xml "Number 17 tells"
for n in $(seq 1 17); do
    [ "$(cat $out/atom-*.xml | grep -c "    <id>https://example.org/$n</id>")" = 1 ] || fail "$n is not archived once"
done
for file in $out/*.xml; do
    xmllint --noout "$file"
done
