# zsh completes every command and option that --help names: through a compadd and
# a _describe that print.
. ./lib.sh
share=$here/../../script/install
needs zsh
mkdir bin mill mill/feeds mill/feeds/topics
ln -s "$FEEDMILL" bin/feedmill
PATH=$work/bin:$PATH
export PATH
: >mill/feeds/topics/large-models.yaml
: >mill/feeds/topics/chips.yaml

cat >complete.zsh <<'X'
compadd() {
    local w
    [[ $1 == -a ]] && set -- ${(P)2}
    for w in "$@"; do [[ $w == $words[CURRENT]* ]] && print -r -- $w; done
}
_describe() { local l; for l in ${(P)2}; do print -r -- ${l%%:*}; done; }
_files() { : }
file=$1
shift
typeset -A opt_args
words=("$@")
CURRENT=$#words
source $file | sort
X
zcompletes() {
    zsh -f complete.zsh "$share/_feedmill" feedmill "$@" >got 2>zerr || :
    empty zerr
}
run 0 --help
sed -n '/^  [a-z]/s/^  \([a-z]*\) .*/\1/p' out | sort >commands
zcompletes ''
cmp commands got || fail "commands in zsh"
while read -r command; do
    run 0 "$command" --help
    sed -n 's/^  \(-[^ ]*\) .*/\1/p' out | sort >options
    zcompletes "$command" -
    cmp options got || fail "options of $command in zsh"
done <commands
zcompletes -C mill refresh ''
printf 'chips\nlarge-models\n' | cmp - got || fail "topics in zsh"
