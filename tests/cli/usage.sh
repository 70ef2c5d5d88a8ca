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
empty out

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
