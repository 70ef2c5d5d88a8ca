# What every test here begins with: `. ./lib.sh`, run by ctest in this folder
# with FEEDMILL and SITE set.  Each test works in a folder of its own, which is
# also the current one; it is over at the first thing that is wrong.
set -eu
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY || :
unset FEEDMILL_NOW || :
export LC_ALL=C
umask 022
here=$PWD
work=$(mktemp -d)
cd "$work"
site_pid=

clean_up() {
    [ -z "$site_pid" ] || kill "$site_pid" 2>/dev/null || :
    cd /
    chmod -R u+rwx "$work" 2>/dev/null || :
    rm -rf "$work"
}
trap clean_up EXIT

fail() {
    echo "FAILED: $*" >&2
    for f in out err; do
        [ ! -s "$work/$f" ] || sed "s/^/  $f: /" "$work/$f" | cut -c1-300 | head -20 >&2
    done
    exit 1
}

# needs PROGRAM...: without them ctest calls the test skipped.
needs() {
    for program in "$@"; do
        command -v "$program" >/dev/null || {
            echo "skipped: there is no $program"
            exit 77
        }
    done
}

# run STATUS ARG...: feedmill with these arguments must end with STATUS; what it
# prints is in the files out and err.
run() {
    want=$1
    shift
    got=0
    "$FEEDMILL" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    [ "$got" = "$want" ] || fail "feedmill $*: status $got, not $want"
}

# has FILE TEXT, lacks FILE TEXT: fixed strings.
has() {
    grep -qF -- "$2" "$1" || fail "$1 has no \"$2\""
}

lacks() {
    ! grep -qF -- "$2" "$1" || fail "$1 has \"$2\""
}

empty() {
    [ ! -s "$1" ] || fail "$1 is not empty"
}

# count N FILE TEXT: as many lines of FILE have TEXT.
count() {
    n=$(grep -cF -- "$3" "$2" || :)
    [ "$n" = "$1" ] || fail "$2 has $n lines with \"$3\", not $1"
}

# entries N FEED: an Atom feed that is well-formed and has N entries.
entries() {
    xmllint --noout "$2" || fail "$2 is no XML"
    n=$(grep -o '<entry[ >]' "$2" | wc -l)
    [ "$n" -eq "$1" ] || fail "$2 has $n entries, not $1"
}

# wait_for WHAT COMMAND...: until COMMAND succeeds, ten seconds at most.
wait_for() {
    what=$1
    shift
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || fail "$what does not come"
        sleep 0.05
    done
}

# Serves the folder site; sets origin.
start_site() {
    mkdir -p site
    "$SITE" -l "$work/site.log" "$@" site >port &
    site_pid=$!
    wait_for "the site" [ -s port ]
    port=$(cat port)
    origin=http://127.0.0.1:$port
}

# rss NAME N [WORD]: an RSS feed of N items in site/NAME; WORD is in each title.
rss() {
    mkdir -p "$(dirname "site/$1")"
    {
        printf '<?xml version="1.0"?>\n<rss version="2.0"><channel>'
        printf '<title>%s</title><link>https://example.org/</link>' "$1"
        printf '<description>d</description>\n'
        item=1
        while [ "$item" -le "$2" ]; do
            printf '<item><title>%s report %d</title>' "${3:-Plain}" "$item"
            printf '<link>https://example.org/%s/%d</link>' "$1" "$item"
            printf '<guid>https://example.org/%s/%d</guid>' "$1" "$item"
            printf '<pubDate>Tue, 0%d Dec 2024 10:00:00 +0800</pubDate>' \
                $((item % 9 + 1))
            printf '<description>&lt;p&gt;Item %d of %s tells its ' "$item" "$1"
            printf 'own story number %d in words.&lt;/p&gt;' "$item"
            printf '</description></item>\n'
            item=$((item + 1))
        done
        printf '</channel></rss>\n'
    } >"site/$1"
}

# hourly NAME FIRST LAST: an RSS feed in site/NAME of items of these numbers, the
# newest first, an hour apart.
hourly() {
    mkdir -p "$(dirname "site/$1")"
    {
        printf '<rss version="2.0"><channel><title>A</title>'
        printf '<link>https://example.org/</link><description>d</description>\n'
        for i in $(seq "$3" -1 "$2"); do
            printf '<item><title>Report %d</title>' "$i"
            printf '<link>https://example.org/%d</link>' "$i"
            printf '<guid>https://example.org/%d</guid>' "$i"
            printf '<pubDate>%s</pubDate>' \
                "$(date -u -d "2024-12-01T00:00:00Z + $i hours" '+%a, %d %b %Y %T GMT')"
            printf '<description>&lt;p&gt;Number %d tells its own' "$i"
            printf ' story, %d, in words.&lt;/p&gt;</description></item>\n' $((i * 7919))
        done
        printf '</channel></rss>\n'
    } >"site/$1"
}

# mill SOURCE...: a mill in the folder mill with one topic, news, of these.
mill() {
    mkdir -p mill/feeds/topics
    cat >mill/feeds/mill.yaml <<YAML
id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f
title: Test mill
base_url: https://news.example.org/
contact: https://news.example.org/about
publish: full
pause: 0s
min_interval: 0s
max_interval: 0s
connections: 4
pages: 0
timeout: 5s
allow_private: ["127.0.0.1:${port:-1}", "127.0.0.2:${port:-1}", "127.0.0.2:1"]
YAML
    {
        printf 'title: News\nsources:\n'
        for s in "$@"; do
            printf '  - %s\n' "$s"
        done
    } >mill/feeds/topics/news.yaml
}

# What is published, byte for byte and with times, as one text.
state_of() {
    (cd "$1" && find . -type f -exec stat -c '%n %Y %s' {} + | sort &&
        find . -type f -exec cksum {} + | sort -k3)
}
