# A starter mill, which is valid as it is.
. ./lib.sh

run 0 init new
[ -f new/feeds/mill.yaml ] || fail "no mill.yaml"
has new/feeds/mill.yaml "urn:uuid:"
run 0 check -C new
cp -r new before
run 2 init new
diff -r new before || fail "init changed a mill"

# Two mills have different ids.
run 0 init other
cmp -s new/feeds/mill.yaml other/feeds/mill.yaml &&
    fail "two mills with one id"

mkdir here && cd here
run 0 init
[ -f feeds/mill.yaml ] || fail "init does not work in the current folder"
run 0 refresh
[ -d output ] || fail "refresh made no output folder"
[ "$(stat -c %a .feedmill)" = 700 ] || fail ".feedmill can be read by others"

# What it says to run can be run.
cd "$work"
run 0 init "it's new"
PATH=$(dirname "$FEEDMILL"):$PATH sh -ec "$(sed -n 2p out)" ||
    fail "what init says to run does not run"
[ -s "it's new/output/index.html" ] || fail "no output"
