# A changed rule judges anew without asking anybody; topics share sources.
. ./lib.sh
start_site
rss a.xml 4 Alpha
rss b.xml 3 Beta
mill "$origin/a.xml" "$origin/b.xml"
cat >mill/feeds/topics/beta.yaml <<X
title: Beta only
keep: |
  title:beta
from: [news]
X
run 0 refresh -C mill
entries 7 mill/output/news/atom.xml
entries 3 mill/output/beta/atom.xml
cp site.log asked

sed -i 's/title:beta/title:alpha/' mill/feeds/topics/beta.yaml
run 0 publish -C mill
entries 4 mill/output/beta/atom.xml
cat >>mill/feeds/topics/beta.yaml <<X
drop: |
  "report 2" OR "report 3"
X
run 0 publish -C mill beta
entries 2 mill/output/beta/atom.xml
cmp site.log asked || fail "publish asked a server"
run 2 publish -C mill nowhere
has err nowhere

# The same story keeps its id in every topic, and over changes of rules.
ids() {
    grep -o '<id>[^<]*</id>' "$1" | sort
}
ids mill/output/news/atom.xml >all
ids mill/output/beta/atom.xml | grep -v 'urn:uuid:.*beta' >some
n=$(grep -cFxf all some)
[ "$n" -ge 2 ] || fail "a story has two ids"
