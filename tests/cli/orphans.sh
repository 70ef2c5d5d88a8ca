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

# Without the folder of the topics nothing is removed: that looks like a mistake.
mv mill/feeds/topics mill/feeds/away
run 0 publish -C mill
has err "there is no such folder: no topics; what is published stays"
entries 3 mill/output/third/atom.xml

# What is written only where something is asked for goes with it: the sitemap
# with base_url.  What another hand has changed stays, and is said to.
mv mill/feeds/away mill/feeds/topics
[ -e mill/output/sitemap.xml ] || fail "no sitemap"
sed -i '/^base_url/d' mill/feeds/mill.yaml
run 0 -v publish -C mill
has err "output/sitemap.xml is published no more: removed"
[ ! -e mill/output/sitemap.xml ] || fail "the sitemap stays"
lacks mill/output/.feedmill-manifest sitemap
echo '<!-- mine -->' >>mill/output/third/index.html
printf 'title: Fourth\nfrom: all\n' >mill/feeds/topics/fourth.yaml
rm mill/feeds/topics/third.yaml
run 0 publish -C mill
has err "output/third/index.html is published no more; it stays"
has err "topic third is no more in feeds/: its files are removed, others stay"
[ "$(ls -A mill/output/third)" = index.html ] || fail "third has $(ls -A mill/output/third)"
run 0 publish -C mill
empty err

# A link to a folder is not the folder; a manifest leads nowhere else, and one of
# a later feedmill is not touched.
mkdir elsewhere
mv mill/output/fourth/* elsewhere
rmdir mill/output/fourth
ln -s ../../elsewhere mill/output/fourth
echo precious >precious
hash=$(awk '$2 == "index.html" { print $1 }' mill/output/.feedmill-manifest)
cp mill/output/index.html precious
echo "$hash ../../precious" >>mill/output/.feedmill-manifest
mv mill/feeds/topics/fourth.yaml mill/feeds/topics/fifth.yaml
run 0 publish -C mill
[ -z "$(ls -A elsewhere)" ] || fail "files of fourth stay"
[ -L mill/output/fourth ] || fail "the link is gone"
[ -e precious ] || fail "a manifest led out of output/"
sed 's/manifest 1/manifest 2/' mill/output/.feedmill-manifest >later
cp later mill/output/.feedmill-manifest
run 4 publish -C mill
has err "output/.feedmill-manifest: no manifest that this feedmill knows"
cmp later mill/output/.feedmill-manifest || fail "the later manifest is touched"

# A run killed between the list and the file: the topic's files are known all the
# same, with the bytes of before.
sed 's/manifest 2/manifest 1/' later >mill/output/.feedmill-manifest
echo "00000000000000000000000000000000 fifth/atom.xml" >>mill/output/.feedmill-manifest
echo "00000000000000000000000000000000 fifth/rss.x" >>mill/output/.feedmill-manifest
printf 'a torn li' >>mill/output/.feedmill-manifest
mv mill/feeds/topics/fifth.yaml mill/feeds/topics/sixth.yaml
run 0 publish -C mill
has err "topic fifth is no more in feeds/: its files are removed"
[ ! -e mill/output/fifth ] || fail "fifth stays"
state_of mill/output >before
run 0 refresh -C mill
state_of mill/output | cmp - before || fail "nothing was new, and something is written"

# The last topic goes as any other, with all that is made of it: archives, days,
# digests, tombstones, packed files, lines of OPML and sitemap.
topics=mill/feeds/topics
rm $topics/*
printf 'base_url: https://news.example.org/\ngzip: yes\n' >>mill/feeds/mill.yaml
rss b.xml 6 Other
printf 'title: Last\nentries: 2\ndigest: daily\nsources:\n  - %s/b.xml\n' "$origin" >$topics/last.yaml
run 0 refresh -C mill
run 0 list items -C mill --topic last
run 0 decide -C mill retract "$(cut -c1-13 out | head -1)"
run 0 publish -C mill
for f in atom-1.xml digest.xml 2024-12-05.html atom.xml.gz; do
    [ -e mill/output/last/$f ] || fail "no last/$f"
done
has mill/output/last/atom.xml deleted-entry
mv $topics/last.yaml $topics/final.yaml
run 0 publish -C mill
[ ! -e mill/output/last ] || fail "last has $(ls mill/output/last)"
! grep -rq '/last/' mill/output || fail "$(grep -rl '/last/' mill/output) names last"
has mill/output/final/atom.xml deleted-entry
rm $topics/final.yaml
run 0 publish -C mill
has err "topic final is no more in feeds/: its files are removed"
has err "no topics: nothing will be published"
[ ! -e mill/output/final ] || fail "final has $(ls mill/output/final)"
! grep -rq 'final' mill/output || fail "$(grep -rl final mill/output) names final"
lacks mill/output/feeds.opml "<outline"
run 0 refresh -C mill
lacks err final
