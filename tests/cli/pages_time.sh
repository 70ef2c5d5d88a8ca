# A run asks for pages as long as pages_time says; what is left is asked for by
# the next ones, each page once.
. ./lib.sh
mkdir -p site/a
start_site
{
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>'
    for n in 1 2 3 4 5 6 7 8; do
        printf '<item><title>Report %s</title><link>%s/a/%s.html</link><guid>%s</guid>' $n "$origin" $n $n
        printf '<description>Ferry %s left the harbour on Monday [...]</description></item>' $n
        {
            printf '<!doctype html><title>Report %s</title><article><h1>Report %s</h1>' $n $n
            printf '<p>Ferry %s left the harbour on Monday and nobody saw it go.</p>' $n
            for i in 1 2 3 4 5 6; do
                printf '<p>Paragraph %s of report %s tells, at some length and with a comma, what they saw.</p>' $i $n
            done
            printf '</article>'
        } >site/a/$n.html
    done
    printf '</channel></rss>'
} >site/feed.xml
printf 'Disallow: /nowhere\n' >site/robots.txt
mill "$origin/feed.xml"
sed -i 's/^pages: .*/pages: 50\npages_time: 3s/; s/^pause: .*/pause: 1s/; s/^connections: .*/connections: 1/' mill/feeds/mill.yaml
atom=mill/output/news/atom.xml
asked() { grep -c "ask GET /a/" site.log || :; }

start=$(date +%s)
run 0 -v refresh -C mill
[ $(($(date +%s) - start)) -lt 20 ] || fail "the run did not end"
has err "pages are left for the next run"
first=$(asked)
[ "$first" -ge 1 ] && [ "$first" -lt 8 ] || fail "$first of 8 pages were asked for"
entries 8 $atom
lacks err "could not be had"

# The rest comes, with time enough at once.
sed -i 's/^pages_time: .*/pages_time: 0s/' mill/feeds/mill.yaml
run 0 -v refresh -C mill
lacks err "are left for the next run"
[ "$(asked)" -eq 8 ] || fail "$(asked) requests for 8 pages"
[ "$(grep -o 'Paragraph 6 of report' $atom | wc -l)" -ge 8 ] || fail "not all grew"
