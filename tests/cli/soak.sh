# A month of simulated days over sources that change, die and come back, with an editor
# at work and runs that are killed; soak.py says what is checked after each run.
# More of it: SOAK_SEEDS="1 2 3" SOAK_DAYS=90 SOAK_SECONDS=3600; SOAK_KEEP is a folder
# for what is there when it fails.
. ./lib.sh
needs python3 xmllint
export SITE_PORT GRAMMAR
GRAMMAR=${SHARED:-$here/../../../shared}/corpus/feeds/schema/atom.rng
case $GRAMMAR in
/*) ;;
*) GRAMMAR=$here/$GRAMMAR ;;
esac
start_site -t 86400
SITE_PORT=$port
for seed in ${SOAK_SEEDS:-1}; do
    rm -rf mill site/*
    python3 "$here/soak.py" "$seed" "${SOAK_DAYS:-30}" "${SOAK_SECONDS:-45}" || {
        [ -z "${SOAK_KEEP:-}" ] || cp -a . "$SOAK_KEEP"
        fail "seed $seed"
    }
done
