# A clock that jumps moves no entry; one that is not set makes none.
. ./lib.sh
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
