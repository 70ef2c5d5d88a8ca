# A clock that jumps moves no entry; one that is not set makes none.
. ./lib.sh
needs xmllint sqlite3
start_site
rss a.xml 3
mill "$origin/a.xml"
FEEDMILL_NOW=1970-01-01T00:10:00Z run 4 refresh -C mill
has err "the clock says 1970-01-01T00:10:00Z"
[ ! -e mill/output ] || fail "it published"
[ ! -s site.log ] || fail "it asked"

bytes() { (cd mill/output && find . -type f -exec cksum {} + | sort -k3); }
FEEDMILL_NOW=2025-01-10T00:00:00Z run 0 refresh -C mill
entries 3 mill/output/news/atom.xml
bytes >before
for now in 2024-06-01 2031-01-01 2025-01-11; do
    FEEDMILL_NOW=${now}T00:00:00Z run 0 refresh -C mill --all
    bytes >after
    cmp before after || fail "the clock's $now moved something"
done

# An entry that is dated is dated so, though the clock has gone back years; and
# what it said wrong once or twice is forgotten.
hourly h.xml 1 3
mill "$origin/h.xml"
rm -r mill/.feedmill mill/output
at() {
    FEEDMILL_NOW=$1T00:00:00Z run 0 refresh -C mill --all
}
order() {
    xmllint --xpath '//*[local-name()="entry"]/*[local-name()="title" or local-name()="published"]/text()' \
        mill/output/news/atom.xml | tr '\n' ' '
}
expired() {
    n=$(sqlite3 mill/.feedmill/store.db "SELECT count(*) FROM item WHERE state = 'expired'")
    [ "$n" = "$1" ] || fail "$n items have expired, not $1"
}
at 2025-01-10
hourly h.xml 3 5
at 2015-01-10
has err "the clock says 2015-01-10T00:00:00Z, and at the last run it said 2025-01-10T00:00:00Z"
at 2025-01-11
lacks err clock
for n in 5 4 3 2 1; do
    printf 'Report %d 2024-12-01T%02d:00:00Z ' $n $n
done >wanted
order | cmp -s wanted - || fail "the order is $(order)"
# Ahead by years for a run, it makes nothing be forgotten and nothing be asked late;
# then a date to come is no date.
printf '<rss version="2.0"><channel><title>A</title><link>https://example.org/</link></channel></rss>' >site/h.xml
at 2025-01-12
at 2035-01-01
order | cmp -s wanted - || fail "in 2035 the order is $(order)"
expired 0
FEEDMILL_NOW=2025-01-13T00:00:00Z run 0 refresh -C mill
has err "at the last run it said 2035"
run 0 list sources -C mill --json
has out '"next":"2025-01-1'
hourly h.xml 3 6
sed -i 's,Sun\, 01 Dec 2024 06,Tue\, 01 Dec 2026 06,' site/h.xml
at 2025-01-14
lacks err clock
{
    printf 'Report 6 2025-01-14T00:00:00Z '
    cat wanted
} >then
order | cmp -s then - || fail "the order is $(order)"

# What is run once a month forgets as its owner says, and not three runs later.
rm -r mill/.feedmill mill/output
printf 'keep_items: 45d\n' >>mill/feeds/mill.yaml
hourly h.xml 1 3
at 2024-11-01
at 2024-12-01
at 2025-01-01
hourly h.xml 4 6
at 2025-02-01
expired 0
at 2025-03-01
expired 3

# So does what is run seldom.
rm -r mill/.feedmill mill/output
hourly h.xml 1 3
at 2024-11-01
at 2024-12-21
hourly h.xml 4 6
at 2025-02-09
expired 3
