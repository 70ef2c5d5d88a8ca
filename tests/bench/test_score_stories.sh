#!/bin/sh
# test_score_stories.sh SCORE_STORIES SETS: which part of the texts it takes, and in
# which order it puts them.
set -eu
score=$1
sets=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR="$work"

fail()
{
    echo "$*" >&2
    exit 1
}

expect() # WHAT OPTIONS: found so many of the set's pairs of copies
{
    want=$1
    shift
    got=$("$score" "$@" "$work/parts.en.txt" | tail -1)
    case $got in
    *"same article $want found"*) ;;
    *) fail "$* says $got, not $want" ;;
    esac
}

# Two that begin with one long sentence, two that go on with one.
long='The keepers of the lighthouse at Brannoch Point have written down the weather
 three times a day since the lamp was lit for the first time and their forty two
 volumes lay in a cupboard under the stairs until a retired surveyor who had come to
 measure the damp in the walls asked whether anybody had ever read them and found
 that nobody had so he took them home one after the other and typed each figure into
 a table of his own making'
long=$(printf '%s' "$long" | tr -d '\n')
{
    printf 'a1 0:00\tOld weather comes to light\t%s. %s\n' "$long" \
        'Historians in the capital were pleased.'
    printf 'a1 1:00\tA cupboard of numbers\t%s. %s\n' "$long" \
        'Nothing else was under the stairs.'
    printf 'b1 2:00\tSurveyor honoured\t%s %s.\n' 'Bells rang on Sunday.' "$long"
    printf 'b1 3:00\tAn award for patience\t%s %s.\n' 'It took nine years.' "$long"
} >"$work/parts.en.txt"
expect '1 of 2' --first
expect '1 of 2' --rest

# What one transaction brings is put together in the order of its time.
set -- "$sets"/fresh.*.txt
want=$("$score" --at-once 0 "$@" | tail -1)
by_one=
for order in reversed 1 2; do
    got=$("$score" --order $order --at-once 0 "$@" | tail -1)
    [ "$got" = "$want" ] || fail "in order $order $got, not $want"
    by_one="$by_one$("$score" --order $order "$@" | tail -1)
"
done
[ "$(printf '%s' "$by_one" | sort -u | wc -l)" -gt 1 ] ||
    fail "one by one no order makes a difference: $by_one"
