# The page of a day to which entries come, or in which one changes, is the page
# that is made of all of them anew; what else is wrong with it is mended.
. ./lib.sh
start_site
mill "$origin/a.xml"
sed -i '1a entries: 3' mill/feeds/topics/news.yaml
day=mill/output/news/2024-12-03.html

feed() { # ITEM MINUTE TITLE, each
    {
        printf '<rss version="2.0"><channel><title>A</title>'
        while [ $# -gt 0 ]; do
            printf '<item><title>%s</title><guid>https://example.org/%s</guid>' \
                "$3" "$1"
            printf '<link>https://example.org/%s</link><description>' "$1"
            printf '&lt;article&gt;&lt;p&gt;Number %s tells its own' "$1"
            printf ' story, %d, in words.&lt;/p&gt;&lt;/article&gt;' $(($1 * 7919))
            printf '</description><pubDate>Tue, 03 Dec 2024 10:%s:00 GMT' "$2"
            printf '</pubDate></item>'
            shift 3
        done
        printf '</channel></rss>'
    } >site/a.xml
}
titles() { # TITLE...: of the page, in order
    sed -n 's/^<h2><a [^>]*>\(.*\)<\/a><\/h2>$/\1/p' $day | tr '\n' ' ' >have
    [ "$(cat have)" = "$* " ] || { cp have out; fail "not $*"; }
    cp $day was
    rm $day
    run 0 publish -C mill
    cmp -s was $day || fail "made anew the page is another one"
}

feed 1 10 Alpha 2 20 Beta 3 30 Gamma
run 0 refresh -C mill
titles Gamma Beta Alpha
# One first, two within, of which one at the same minute; an older entry goes to
# the archive.
feed 1 10 Alpha 2 20 Beta 3 30 Gamma 4 25 Delta 5 30 Epsilon 6 40 Zeta
run 0 refresh -C mill
titles Zeta Gamma Epsilon Delta Beta Alpha
# Another text, and another place.
feed 3 30 Gamma 5 30 Epsilon-again 6 40 Zeta
run 0 refresh -C mill
titles Zeta Gamma Epsilon-again Delta Beta Alpha
feed 3 30 Gamma 5 30 Epsilon-again 6 40 Zeta-again 7 35 Eta
run 0 refresh -C mill
titles Zeta-again Eta Gamma Epsilon-again Delta Beta Alpha
# Another hand was at the page when an entry came.
feed 3 30 Gamma 5 30 Epsilon-again 6 40 Zeta-again 7 35 Eta 8 45 Theta
sed -i s/Beta/Mine/ $day
run 0 refresh -C mill
titles Theta Zeta-again Eta Gamma Epsilon-again Delta Beta Alpha
# An entry goes as another comes, too late for the feed.
run 0 -C mill decide hide https://example.org/4
feed 3 30 Gamma 6 40 Zeta-again 7 35 Eta 8 45 Theta 9 15 Iota
run 0 refresh -C mill
titles Theta Zeta-again Eta Gamma Epsilon-again Beta Iota Alpha
# One goes, another comes back.
sed -i '/Delta/d; /org\/4/d' mill/feeds/decisions.yaml
run 0 -C mill decide hide https://example.org/1
run 0 refresh -C mill
titles Theta Zeta-again Eta Gamma Epsilon-again Delta Beta Iota

# An article that was archived and stands for the story it was merged into is on its
# page once.
rm -r mill/.feedmill mill/output
: >mill/feeds/decisions.yaml
feed 6 40 Zeta
run 0 refresh -C mill
sleep 1
feed 1 10 Alpha 2 20 Beta 6 40 Zeta
run 0 refresh -C mill
feed 3 30 Gamma 5 35 Epsilon 6 40 Zeta
run 0 refresh -C mill
titles Zeta Epsilon Gamma Beta Alpha
run 0 -C mill decide merge https://example.org/1 --into https://example.org/6
run 0 -C mill decide lead https://example.org/1
run 0 publish -C mill
titles Alpha Epsilon Gamma Beta
feed 3 30 Gamma 5 35 Epsilon 6 40 Zeta 7 45 Eta
run 0 refresh -C mill
titles Eta Alpha Epsilon Gamma Beta
