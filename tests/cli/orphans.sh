# A topic that is renamed or removed leaves no orphan; what others put into
# output/ is not touched.
. ./lib.sh
start_site
rss a.xml 3
mill "$origin/a.xml"
cp mill/feeds/topics/news.yaml mill/feeds/topics/second.yaml
mkdir -p mill/output/mine
echo keep >mill/output/mine/atom.xml
run 0 refresh -C mill
entries 3 mill/output/second/atom.xml
xmllint --noout mill/output/sitemap.xml || fail "the sitemap is no XML"
has mill/output/sitemap.xml "<loc>https://news.example.org/second/</loc>"
echo note >mill/output/news/README

mv mill/feeds/topics/second.yaml mill/feeds/topics/third.yaml
run 0 refresh -C mill
[ ! -e mill/output/second ] || fail "second stays"
has err "topic second is no more in feeds/"
entries 3 mill/output/third/atom.xml
lacks mill/output/sitemap.xml second
run 0 refresh -C mill
empty err

# Another's file in the folder stays, and so does a folder never ours.
rm mill/feeds/topics/news.yaml
run 0 publish -C mill
[ ! -e mill/output/news/atom.xml ] || fail "news stays"
has mill/output/news/README note
has mill/output/mine/atom.xml keep

# No topic at all looks like a mistake: nothing is removed.
mv mill/feeds/topics mill/feeds/away
run 0 publish -C mill
entries 3 mill/output/third/atom.xml
