# cmake --install lays out what a system expects.
. ./lib.sh
build=$(dirname "$FEEDMILL")
[ -e "$build/cmake_install.cmake" ] || fail "no installation beside $FEEDMILL"
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
