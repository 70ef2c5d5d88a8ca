# bash completes every command and option that --help names.
. ./lib.sh
share=$here/../../script/install
needs bash
mkdir bin mill mill/feeds mill/feeds/topics
ln -s "$FEEDMILL" bin/feedmill
PATH=$work/bin:$PATH
export PATH
: >mill/feeds/topics/large-models.yaml
: >mill/feeds/topics/chips.yaml

cat >complete.bash <<'X'
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_feedmill
printf '%s\n' "${COMPREPLY[@]}" | sort
X
# completes WORD...: what bash offers for the last one, in the file got.
completes() {
    bash complete.bash "$share/feedmill.bash" feedmill "$@" >got
}
run 0 --help
sed -n '/^  [a-z]/s/^  \([a-z]*\) .*/\1/p' out | sort >commands
completes ''
cmp commands got || fail "commands"
while read -r command; do
    run 0 "$command" --help
    sed -n 's/^  \(-[^ ]*\) .*/\1/p' out | sort >options
    completes "$command" -
    cmp options got || fail "options of $command"
done <commands
completes -C mill refresh ''
printf 'chips\nlarge-models\n' | cmp - got || fail "topics"
completes -C mill list --topic l
printf 'large-models\n' | cmp - got || fail "a topic"
mkdir public
completes publish --to pu
printf 'public\n' | cmp - got || fail "a folder"
completes decide retitle x --to pu
printf '\n' | cmp - got || fail "a title"
completes list so
printf 'sources\n' | cmp - got || fail "list"
completes decide re
printf 'retitle\nretract\n' | cmp - got || fail "decide"
