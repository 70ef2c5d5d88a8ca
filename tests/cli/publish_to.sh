# publish --to DIR: another folder gets the same files; only what differs is
# touched, and only what feedmill wrote there is ever taken away.
. ./lib.sh
start_site
rss a.xml 3
mill "$origin/a.xml"
printf 'title: Second\nfrom: all\n' >mill/feeds/topics/second.yaml
run 0 refresh -C mill
run 0 publish -C mill --to www/feeds/
empty err
diff -r mill/output www/feeds || fail "other files"
[ "$(stat -c %a www/feeds/news/atom.xml)" = 644 ] || fail "not for everybody"
state_of www/feeds >before
run 0 publish -C mill --to www/feeds
state_of www/feeds | cmp - before || fail "nothing was new, and something is written"

# Others' files stay; a topic that is renamed leaves no orphan there either, and
# output/ is not looked at.
state_of mill/output >own
echo mine >www/feeds/news/robots.txt
mkdir -p www/feeds/third
echo mine >www/feeds/third/rss.xml
echo mine >www/feeds/third/note
mv mill/feeds/topics/second.yaml mill/feeds/topics/third.yaml
run 1 publish -C mill --to www/feeds
has err "www/feeds/third/rss.xml: not replaced"
count 1 err "not replaced"
[ ! -e www/feeds/second ] || fail "second stays"
entries 3 www/feeds/third/atom.xml
has www/feeds/third/rss.xml mine
has www/feeds/third/note mine
has www/feeds/news/robots.txt mine
state_of mill/output | cmp - own || fail "output/ is touched"
rm www/feeds/third/rss.xml
run 0 publish -C mill --to www/feeds
xmllint --noout www/feeds/third/rss.xml || fail "no rss.xml"

# What was ours and was changed is written anew.
echo mine >www/feeds/third/rss.xml
run 0 publish -C mill --to www/feeds
lacks www/feeds/third/rss.xml mine

# One topic only; the rest of the folder stays as it was.
rss a.xml 4
run 0 refresh -C mill
cp -p www/feeds/third/atom.xml third.xml
run 0 publish -C mill news --to www/feeds
entries 4 www/feeds/news/atom.xml
cmp third.xml www/feeds/third/atom.xml || fail "third is touched"

# Another mill's folder is not taken; output/ by another name is output/.
mkdir other
cp -r mill/feeds other
sed -i 's/^id: .*/id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e40/' other/feeds/mill.yaml
state_of www/feeds >before
run 2 publish -C other --to www/feeds
has err "www/feeds/.feedmill-manifest: another mill publishes to this folder"
state_of www/feeds | cmp - before || fail "another mill's folder is touched"
echo other >mill/output/news/rss.xml
sed -i '/news.rss.xml/d' mill/output/.feedmill-manifest
run 0 publish -C mill --to ./mill//output/
lacks mill/output/news/rss.xml other

# A folder that cannot be.
echo >file
run 4 publish -C mill --to file
has err "file"
run 2 publish -C mill --to ''
run 2 publish -C mill nothing --to www/feeds

# Nor into what the mill keeps for itself, by whatever name.
ln -s feeds mill/link
find mill | sort >before
for to in feeds feeds/topics/x .feedmill output/news . link/sub; do
    run 2 publish -C mill --to "mill/$to"
    has err "mill/$to: the mill keeps its own files here"
done
find mill | sort | cmp - before || fail "something is written"
run 0 publish -C mill --to mill/feeds-too
rm -r mill/output
run 0 publish -C mill --to mill/output/
entries 4 mill/output/news/atom.xml
