# systemd understands the units that cmake --install lays out.
. ./lib.sh
needs systemd-analyze
cmake --install "$(dirname "$FEEDMILL")" --prefix "$work/usr" >log || fail "$(tail -3 log)"
mkdir units
sed "s,ExecStart=feedmill,ExecStart=$work/usr/bin/feedmill,; s,^User=.*,User=root," \
    usr/lib/systemd/system/feedmill@.service >"units/feedmill@srv-news.service"
cp usr/lib/systemd/system/feedmill@.timer "units/feedmill@srv-news.timer"
SYSTEMD_UNIT_PATH=$work/units: systemd-analyze --man=no verify \
    "$work/units/feedmill@srv-news.service" "$work/units/feedmill@srv-news.timer" \
    >verify 2>&1 || :
! grep -i 'feedmill@.*:[0-9]*:' verify || fail "systemd does not understand a line"

# A run is not ended before it ends itself: sources_time, pages_time, and the press.
limit=$(sed -n 's/^TimeoutStartSec=//p' "$work/units/feedmill@srv-news.service")
us=$(systemd-analyze timespan "$limit" | sed -n 's/.*s: \([0-9]*\)$/\1/p')
[ "$us" -gt 4500000000 ] || fail "TimeoutStartSec is $limit"
