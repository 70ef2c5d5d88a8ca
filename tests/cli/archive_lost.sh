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
(cd mill/output && cat news/atom-[123].xml news/rss-[123].xml | cksum) >now
echo "$before" | cmp -s - now || fail "the next archive changed those before it"
[ "$(link $out/atom-4.xml prev-archive)" = https://news.example.org/news/atom-3.xml ] ||
    fail "the next archive has none before it"
has $out/atom-4.xml "Number 9 tells"
[ "$(link $out/atom.xml prev-archive)" = https://news.example.org/news/atom-4.xml ] ||
    fail "the feed does not lead to the next archive"
# Another address reaches what the store can make anew, and leaves the rest.
sed -i 's#^base_url:.*#base_url: https://other.example.org/#' mill/feeds/mill.yaml
run 0 publish -C mill
has $out/atom-4.xml https://other.example.org/news/atom-4.xml
has $out/atom-3.xml "<entry>"
sed -i 's#^base_url:.*#base_url: https://news.example.org/#' mill/feeds/mill.yaml
run 0 publish -C mill

# The state that comes late brings back the entries of what was adopted, and so
# the documents when they are lost too; those that the store made stay.
run 0 import -C mill --state state
run 0 publish -C mill
(cd mill/output && cat news/atom-[123].xml news/rss-[123].xml | cksum) >now
echo "$before" | cmp -s - now || fail "the state, imported late, changed archives"
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
hourly a.xml 11 13
run 0 refresh -C mill
hourly a.xml 14 16
run 0 refresh -C mill
[ -e $out/atom-5.xml ] || fail "no fifth archive"
before=$(archives)
rm -r mill/.feedmill
mv older mill/.feedmill
run 0 refresh -C mill
run 0 publish -C mill
(cd mill/output && cat news/atom-[12345].xml news/rss-[12345].xml | cksum) >now
echo "$before" | cmp -s - now || fail "an older store changed archives"
[ -e $out/atom-6.xml ] || fail "an older store does not go on"
for file in $out/*.xml; do
    xmllint --noout "$file"
done
