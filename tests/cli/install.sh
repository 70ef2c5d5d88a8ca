# cmake --install lays out what a system expects, and systemd understands it.
. ./lib.sh
build=$(dirname "$FEEDMILL")
[ -e "$build/cmake_install.cmake" ] || exit 0
cmake --install "$build" --prefix "$work/usr" >log || fail "$(tail -3 log)"
for f in bin/feedmill share/man/man1/feedmill.1 share/man/man5/feedmill-feeds.5 \
    share/bash-completion/completions/feedmill share/zsh/site-functions/_feedmill \
    lib/systemd/system/feedmill@.service lib/systemd/system/feedmill@.timer \
    lib/sysusers.d/feedmill.conf share/doc/feedmill/feedmill.cron; do
    [ -f "usr/$f" ] || fail "no $f"
done
usr/bin/feedmill --version >out
has out "feedmill "

has usr/lib/systemd/system/feedmill@.timer "RandomizedDelaySec="
has usr/lib/systemd/system/feedmill@.timer "Persistent=yes"
has usr/lib/systemd/system/feedmill@.service "SuccessExitStatus=1"
command -v systemd-analyze >/dev/null || exit 0
mkdir units
sed "s,ExecStart=feedmill,ExecStart=$work/usr/bin/feedmill,; s,^User=.*,User=root," \
    usr/lib/systemd/system/feedmill@.service >"units/feedmill@srv-news.service"
cp usr/lib/systemd/system/feedmill@.timer "units/feedmill@srv-news.timer"
SYSTEMD_UNIT_PATH=$work/units: systemd-analyze --man=no verify \
    "$work/units/feedmill@srv-news.service" "$work/units/feedmill@srv-news.timer" \
    >verify 2>&1 || :
! grep -i 'feedmill@.*:[0-9]*:' verify || fail "systemd does not understand a line"
