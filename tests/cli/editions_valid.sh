# One edition of each real feed of the corpus is valid: Atom by the grammar of
# RFC 4287 (Appendix B) and by what the RFC says beside it, archives, digests, RSS,
# JSON Feed, OPML, the sitemap and the pages by their own demands.
. ./lib.sh
feeds=${SHARED:-$here/../../../shared}/corpus/feeds
for need in "$feeds/real" "$feeds/schema/atom.rng"; do
    [ -e "$need" ] || { echo "skipped: there is no $need"; exit 77; }
done
needs xmllint python3
mill
rm mill/feeds/topics/news.yaml
n=0
find -L "$feeds/real" -type f | LC_ALL=C sort >list
while read -r file; do
    n=$((n + 1))
    name=$n.xml
    case $file in *.json) name=$n.json ;; esac
    cp "$file" "mill/$name"
    cat >"mill/feeds/topics/t$n.yaml" <<YAML
entries: 1000
archive: no
sources:
  - file: ../../$name
    url: https://feeds.example.org/$n/feed
YAML
done <list
[ $n -ge 300 ] || fail "only $n feeds"
# Of all together, which has archives.
printf 'entries: 60\nfrom: all\ndigest: daily\n' >mill/feeds/topics/everything.yaml
# One of the feeds is cut off, which is a fault of the source; its entries count.
run 1 refresh -C mill
# A digest is of the days that are over.
FEEDMILL_NOW=$(($(date +%s) + 86400)) run 0 publish -C mill
[ "$(ls mill/output/*/atom.xml | wc -l)" = $((n + 1)) ] ||
    fail "an edition is missing"
[ "$(ls mill/output/everything/atom-*.xml | wc -l)" -ge 10 ] || fail "no archives"
xmllint --noout --relaxng "$feeds/schema/atom.rng" mill/output/*/atom*.xml \
    mill/output/*/digest.xml mill/output/health.xml >out 2>err || fail "not valid"
xmllint --noout mill/output/*/rss*.xml >out 2>err || fail "not well-formed"
python3 "$here/check_editions.py" mill/output https://news.example.org/ >out 2>err || fail "faults"
cat out
