# The sample mill that is shipped: what its messy pages come to is true and clean.
. ./lib.sh
needs jq xmllint

cp -r "$here/../../feeds" .
FEEDMILL_NOW=2026-01-15T12:00:00Z
export FEEDMILL_NOW
run 0 refresh -v
for topic in chips:5 large-models:3 open-source:3; do
    entries "${topic#*:}" "output/${topic%:*}/atom.xml"
    # Samples of people with names all have their authors.
    jq -r '.items[] | "\(.title)|\(.authors[0].name)|\(.date_published)"' \
        "output/${topic%:*}/feed.json" >>told
done
has told "封装材料涨价之后,小厂开始自己熬胶|裴知行|2025-05-06T15:45:00+08:00"
has told "三纳米之外:一家做传感芯片的小厂|周㛃|2025-04-09T08:40:00+08:00"
has told "Small compilers & large kitchens: a report from a meeting|Ruben Achterberg|"
has told "Lanternfish 3.0: a search engine that fits on a floppy disk|Ines Halvorsen|2025-05-05"

# The mirror's spam, its filler, its byline, its false biography and its made up
# comments are gone; title, author and text are the article's.
has told "一家三百人的公司,把大模型装进了渔船|岑望舒|2025-03-18T00:00:00+08:00"
jq '.items[] | select(.title | startswith("一家三百人"))' output/large-models/feed.json >mirror
for foreign in hq_news 黑户 口子 论坛上嘉宾云集 haijia 排版 方既白 奥黛尔 古道西风 热门推荐; do
    lacks mirror "$foreign"
done
has mirror '"summary": "凌晨四点的螺山港'
has mirror '"via": "海岬评论"'
run 0 why "$(jq -r ._feedmill.item mirror)"
has out 岑望舒

# Of the glued page the article of this topic is an entry, under its own title.
has told "青禾研究院季安:大模型的价格战会停在电费上|"
lacks output/large-models/atom.xml 手机壳
