# The manual is well-formed, and knows every command, option and key that there
# is, and no other.
. ./lib.sh
man=$here/../../script/install
if command -v mandoc >/dev/null; then
    mandoc -Tlint -W warning "$man/feedmill.1" "$man/feedmill-feeds.5" ||
        fail "mandoc complains"
fi
if command -v man >/dev/null; then
    for page in feedmill.1 feedmill-feeds.5; do
        man --warnings -E UTF-8 -l -Tutf8 "$man/$page" >page 2>warnings </dev/null ||
            fail "man cannot show $page"
        empty warnings
    done
fi

run 0 --help
sed -n '/^  [a-z]/s/^  \([a-z]*\) .*/\1/p' out >commands
[ -s commands ] || fail "no commands"
while read -r command; do
    run 0 "$command" --help
    sed -n 's/^  --\([a-z-]*\) .*/\1/p' out | grep -vx 'help\|version' |
        sort >options || :
    grep -q "^\.Ss $command\( \|\$\)" "$man/feedmill.1" ||
        fail "feedmill.1 has no command $command"
    awk -v name="$command" '/^\.S[sh] / { ours = $1 == ".Ss" && $2 == name }
        ours && /^\.It Fl -/ { print substr($3, 2) }' "$man/feedmill.1" |
        sort >documented
    cmp options documented >/dev/null ||
        fail "feedmill.1, $command: $(diff options documented | grep '^[<>]')"
done <commands
sed -n 's/^\.Ss \([a-z]*\).*/\1/p' "$man/feedmill.1" | sort >documented
sort commands | cmp - documented || fail "feedmill.1 has other commands"

# The keys of feeds/ are rows of tables.
sed -n 's/.*{STR_INIT("\([a-z_]*\)"), [a-z_]*, .*/\1/p' \
    "$here"/../../src/config/*_yaml.c | sort -u >keys
[ "$(wc -l <keys)" -gt 30 ] || fail "no keys"
grep '^\.It Cm ' "$man/feedmill-feeds.5" | tr -c 'a-z_\n' '\n' |
    grep . | grep -vx 'm\|t' | sort -u >documented
cmp keys documented >/dev/null ||
    fail "feedmill-feeds.5: $(diff keys documented | grep '^[<>]')"

# The notes are rows of a table, the metrics are told by a run.
sed -n 's/^NOTE([A-Z_]*, "\([a-z-]*\)").*/\1/p' "$here/../../src/base/note.def" | sort >codes
[ "$(wc -l <codes)" -gt 30 ] || fail "no notes"
run 0 init mill
run 0 refresh -C mill --metrics "$PWD/metrics"
sed -n 's/^# HELP \(feedmill_[a-z_]*\) .*/\1/p' metrics | sort >names
[ "$(wc -l <names)" -gt 8 ] || fail "no metrics"
section() {
    awk -v name="$1" '$1 == ".Sh" { ours = $2 == name }
        ours && /^\.It Li / { print $3 }' "$man/feedmill.1" | sort
}
section NOTES | diff codes - || fail "feedmill.1 has other notes"
section METRICS | diff names - || fail "feedmill.1 has other metrics"
