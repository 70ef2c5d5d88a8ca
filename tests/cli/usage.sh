# Help and mistakes on the command line.
. ./lib.sh

run 0 --help
for command in init refresh publish parse extract charset check; do
    has out "$command"
done
empty err
run 0 --version
has out "feedmill "
count 1 out ""
for command in init refresh publish parse extract charset check; do
    run 0 $command --help
    has out "usage: feedmill $command"
    empty err
done

run 2
count 1 err ""
run 2 nonsense
has err nonsense
count 1 err ""
run 2 refresh --nonsense
has err "--nonsense"
run 2 parse
run 2 parse --type
run 2 refresh --jobs 0
run 2 refresh --jobs x
run 2 publish -C
run 2 parse --url nowhere -
has err nowhere
empty out

# Standard output that takes nothing is a failure; one that nobody reads any
# more ends the program as it ends others.
status=0
"$FEEDMILL" --help >/dev/full 2>err || status=$?
[ $status = 4 ] || fail "--help into a full disk: status $status"
has err "standard output cannot be written"
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    printf '<item><title>%d</title><description>%0999d</description></item>' $i $i
done >items
{ printf '<rss version="2.0"><channel><title>T</title>'; cat items
  printf '</channel></rss>'; } >big.xml
{ status=0; "$FEEDMILL" parse big.xml big.xml big.xml 2>err || status=$?
  echo $status >status; } | head -c 1 >/dev/null
[ "$(cat status)" = 141 ] || fail "a closed pipe: status $(cat status)"
empty err

# A folder that is no mill, and one that is not there.
mkdir nothing
for command in refresh publish check; do
    run 2 $command -C nothing
    count 1 err ""
    has err "nothing"
    run 2 -C absent $command
    count 1 err ""
    has err "absent"
done
[ ! -e nothing/.feedmill ] || fail "a store was made outside a mill"
