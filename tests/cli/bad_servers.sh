# 200 sources of which 40 are bad: the others all land, in the time of one source
# and a half, in little memory, and each of the forty has its reason.
. ./lib.sh
start_site -n 64
timeout_s=4

# bad HOST NAME REASON [SCRIPT...]: a source on 127.0.0.HOST and why it is to fail.
: >bad.txt
bad() {
    printf 'http://127.0.0.%d:%d/%s\t%s\n' "$1" "$port" "$2" "$3" >>bad.txt
    route=$2
    shift 3
    [ $# = 0 ] || printf '%s\n' "$@" >"site/$route.route"
}
# bad_url URL REASON [SHOWN]: the same for any address, and how it is shown.
bad_url() {
    printf '%s\t%s\t%s\n' "$1" "$2" "${3:-}" >>bad.txt
}

# Slow ones, each on a host of its own.
bad 21 slow-head "timed out" 'drip-head 1 700' 'body <rss/>'
bad 22 hang "timed out: no answer" 'hang'
bad 23 late "timed out: no answer" 'delay 60000' 'body <rss/>'
bad 24 drip "timed out" 'drip 5 500' 'repeat 10000 <item>'
bad 25 drip-endless "timed out" 'drip 100 20' 'endless <item>'
bad 26 drip-chunks "timed out" 'chunked 4' 'drip 9 400' 'repeat 5000 <item>'
# Large ones.
bad 27 endless "longer than the limit" 'endless <item><title>again</title></item>'
bad 28 ten-gb "10000000000 bytes, the limit is" 'length 10000000000' 'endless <item>'
bad 29 bomb "unpacks to more than 150 times" 'bomb 10737418240'
bad 30 bomb-endless "unpacks to more than" 'bomb 10737418240' 'length none'
bad 31 megabyte-head "head of the answer is longer" 'filler 1000000' 'body <rss/>'
bad 32 endless-head "head of the answer is longer" 'filler endless'
# Broken ones.
bad 33 truncated "ends before its end" 'truncate 20' 'repeat 100 <item>'
bad 33 truncated-chunks "ends before its end" 'chunked 50' 'truncate 120' 'repeat 100 <item>'
bad 33 short "ends before its end" 'length 100000' 'body <rss/>'
bad 33 reset "connection broke" 'reset 100' 'repeat 2000 <item>'
bad 33 reset-head "connection broke" 'reset-head'
bad 34 bad-chunk "" 'bad-chunk' 'repeat 5000 <item>'
bad 34 http09 "not HTTP" 'raw <rss version="0.91"><channel><title>old</title></channel></rss>\n'
bad 34 ssh "not HTTP" 'raw SSH-2.0-OpenSSH_9.2\r\n'
bad 34 nothing "hung up without an answer" 'raw '
bad 34 no-gzip "compressed" 'header Content-Encoding: gzip' 'body \x1f\x8b\x08\x00rubbish that is no deflate'
bad 34 picture "" 'type application/rss+xml' 'body \x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR'
# Those that lead where nobody should go; 127.0.0.1 is not in allow_private.
bad 35 loop "redirect" 'redirect 302 $TARGET'
bad 35 loop-a "redirects" "redirect 301 /loop-b"
printf 'redirect 301 /loop-a\n' >site/loop-b.route
bad 35 to-file "redirect to a file: address" 'redirect 301 file:///etc/passwd'
bad 35 to-gopher "redirect to a gopher: address" 'redirect 302 gopher://127.0.0.1/x'
bad 36 to-loopback "loopback" 'redirect 302 $ORIGIN/secret.xml'
bad 36 to-metadata "link-local" 'redirect 307 http://169.254.169.254/latest/meta-data/'
bad 36 to-name "loopback" 'redirect 308 http://localhost:$PORT/secret.xml?by=name'
bad_url "http://localhost:$port/secret.xml" "loopback"
bad_url "http://[::1]:$port/secret.xml" "loopback"
bad_url "http://[::ffff:127.0.0.1]:$port/secret.xml" "loopback" \
    "http://[::ffff:7f00:1]:$port/secret.xml"
bad_url "http://2130706433:$port/secret.xml" "loopback" \
    "http://127.0.0.1:$port/secret.xml"
bad_url "http://169.254.169.254/latest/meta-data/" "link-local"
# Those that say no, or what they say says nothing.
bad 37 broken "HTTP status 500" 'status 500' 'body <rss/>'
bad 38 away "HTTP status 410" 'status 410'
bad 39 busy "HTTP status 429" 'status 429' 'header Retry-After: 7200'
# A list page whose robots.txt cannot be had: its articles are left alone.
bad 40 list.html "robots.txt there: HTTP status 503" 
printf 'status 503\n' >site/robots.txt.route
{
    printf '<!doctype html><title>News</title><ul class=news>'
    for i in 1 2 3 4 5 6 7 8 9; do
        printf '<li><a href="/2026/11/story-%d.html">A long headline of ' $i
        printf 'the story with number %d</a></li>' $i
    done
    printf '</ul>'
} >site/list.html
# One that repeats itself: seen at the third run.
bad 41 guids.xml "new guids"
cat >site/guids.txt <<'X'
<rss version="2.0"><channel><title>Guids</title>
<item><title>One thing happened</title><link>https://example.org/guids/1</link><guid isPermaLink="false">$COUNT-1</guid><description>It was the first.</description></item>
<item><title>Another happened</title><link>https://example.org/guids/2</link><guid isPermaLink="false">$COUNT-2</guid><description>It was the second.</description></item>
</channel></rss>
X
printf 'template guids.txt\n' >site/guids.xml.route
[ "$(wc -l <bad.txt)" = 40 ] || fail "$(wc -l <bad.txt) bad sources, not 40"

# The good ones: plain feeds, and some that are odd but to be read.
n=1
: >good.txt
good() {
    printf 'http://127.0.0.%d:%d/%s\n' $((n % 18 + 2)) "$port" "$1" >>good.txt
    n=$((n + 1))
}
# feed NAME N: like rss, but every item tells something of its own, so that no two
# are one story.
feed() {
    awk -v name="$1" -v n="$2" 'BEGIN {
        m = split("harbour engine violin meadow copper lantern glacier market " \
                  "orchard satellite pepper bridge mirror tunnel cotton falcon " \
                  "granite ladder needle ocean pencil quarry ribbon saddle " \
                  "timber umbrella valley walnut anchor basket candle desert",
                  words, " ")
        for (i = 1; i <= length(name); i++)
            seed = (seed * 31 + index("abcdefghijklmnopqrstuvwxyz0123456789.-",
                                      substr(name, i, 1))) % 99991
        srand(seed)
        printf "<rss version=\"2.0\"><channel><title>%s</title>\n", name
        for (i = 1; i <= n; i++) {
            title = text = ""
            for (k = 0; k < 6; k++)
                title = title " " words[int(rand() * m) + 1] int(rand() * 900)
            for (k = 0; k < 40; k++)
                text = text " " words[int(rand() * m) + 1] int(rand() * 900)
            link = "https://example.org/" name "/" i
            printf "<item><title>%s</title><link>%s</link><guid>%s</guid>",
                   title, link, link
            printf "<pubDate>Tue, 0%d Dec 2024 10:00:00 +0800</pubDate>", i
            printf "<description>%s.</description></item>\n", text
        }
        print "</channel></rss>"
    }' >"site/$1"
}
rss secret.xml 1 Secret
for i in $(seq 1 153); do
    feed "g$i.xml" 2
    good "g$i.xml"
done
feed cookies.txt 2
printf 'header Set-Cookie: id=tracked; Path=/\nredirect 302 /cookies-2.xml\n' \
    >site/cookies.xml.route
printf 'header Set-Cookie: id=$COUNT\nfile cookies.txt\n' >site/cookies-2.xml.route
good cookies.xml
feed length.txt 3
printf 'chunked 7\nfile length.txt\n' >site/chunks.xml.route
good chunks.xml
feed plain.txt 2
printf 'header Content-Encoding: gzip\nfile plain.txt\n' >site/says-gzip.xml.route
good says-gzip.xml
printf 'gzip 2\nfile twice.txt\n' >site/twice.xml.route
feed twice.txt 2
good twice.xml
feed utf16.txt 2
printf 'type text/xml; charset=utf-16\nfile utf16.txt\n' >site/utf16.xml.route
good utf16.xml
feed future.xml 2
sed -i 's/ Dec 2024/ Dec 2124/' site/future.xml
good future.xml
cat >site/flip.txt <<'X'
<rss version="2.0"><channel><title>Flip</title>
<item><title>The weather</title><link>https://example.org/flip/1</link><guid>https://example.org/flip/1</guid><description>It has changed $COUNT times.</description></item>
<item><title>The market</title><link>https://example.org/flip/2</link><guid>https://example.org/flip/2</guid><description>It went up $COUNT times.</description></item>
</channel></rss>
X
printf 'template flip.txt\n' >site/flip.xml.route
good flip.xml
[ "$(wc -l <good.txt)" = 160 ] || fail "$(wc -l <good.txt) good sources, not 160"

mill
allowed=
for host in $(seq 2 64); do
    allowed="$allowed\"127.0.0.$host:$port\", "
done
sed -i "s/^timeout:.*/timeout: ${timeout_s}s/; s/^allow_private:.*/allow_private: [${allowed%, }]/" \
    mill/feeds/mill.yaml
{
    printf 'title: News\nentries: 1000\nsources:\n'
    # The bad ones between the good ones.
    { cat good.txt; cut -f1 bad.txt; } | sort | sed 's/^/  - /'
} >mill/feeds/topics/news.yaml

# The run that counts.
cat >measure.py <<'X'
import os, resource, subprocess, sys, time
start = time.time()
with open("out", "wb") as out, open("err", "wb") as err:
    status = subprocess.call([os.environ["FEEDMILL"]] + sys.argv[1:], stdout=out,
                             stderr=err)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, int((time.time() - start) * 1000), used.ru_maxrss // 1024)
X
python3 measure.py refresh -C mill --json >measured
read -r status ms mb <measured
[ "$status" = 1 ] || fail "status $status, not 1"
echo "$ms ms, $mb MB"
[ "$ms" -le $((timeout_s * 1500)) ] || fail "the run took $ms ms"
case $FEEDMILL in
*asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed
*) [ "$mb" -lt 128 ] || fail "the run took $mb MB" ;;
esac

# The report names each bad source with its reason; the one
# that repeats itself from the third run on.
cat >reasons.py <<'X'
import json, sys
run = int(sys.argv[1])
report = json.load(open("out"))
sources = {s["url"]: s for s in report["sources"]}
wrong = 0
for line in open("bad.txt"):
    url, reason, shown = (line.rstrip("\n") + "\t").split("\t")[:3]
    url = shown or url
    if "guids.xml" in url and run < 3:
        continue
    source = sources.pop(url)
    if not source.get("error") or reason not in source["error"]:
        print(url, "has no reason like", repr(reason), ":", source)
        wrong += 1
for url, source in sources.items():
    if source["state"] not in ("ok", "unchanged") and "flip" not in url:
        print("not well:", source)
        wrong += 1
sys.exit(wrong > 0)
X
python3 reasons.py 1 || fail "reasons"

# Every good source is in the edition.
for f in $(sed 's,.*/,,; s,cookies.xml,cookies.txt,; s,chunks.xml,length.txt,; s,says-gzip.xml,plain.txt,; s,twice.xml,twice.txt,; s,utf16.xml,utf16.txt,; s,flip.xml,flip,' good.txt); do
    grep -q "https://example.org/$f/1\"" mill/output/news/atom.xml || fail "$f is not published"
done
lacks mill/output/news/atom.xml Secret
lacks mill/output/news/atom.xml passwd
lacks mill/output/news/atom.xml 2124-
lacks site.log "GET /secret.xml"
lacks site.log "Cookie:"

# What repeats itself is found out, and the readers' entries stay the same.
grep -o '<id>[^<]*guids[^<]*\|<id>https://example.org/flip[^<]*' mill/output/news/atom.xml | sort >ids
for i in 2 3 4; do
    run 1 refresh -C mill --json "http://127.0.0.41:$port/guids.xml" \
        "$(grep flip.xml good.txt)" "http://127.0.0.37:$port/broken"
done
has out '"state":"repeating"'
grep -o '<id>[^<]*guids[^<]*\|<id>https://example.org/flip[^<]*' mill/output/news/atom.xml | sort >ids.now
cmp ids ids.now || fail "entries changed their ids"
count 2 mill/output/news/atom.xml "https://example.org/guids/" || :
run 0 list sources -C mill --state repeating
count 2 out "repeating"
has out "new guids at every fetch"
has out "changed at each of the last 3 fetches"

# Articles that could not be had are asked for again after a quarter of an hour.
start=$(date +%s)
export FEEDMILL_NOW=$((start + 3600))
updates() {
    grep -A6 '<id>https://example.org/flip' mill/output/news/atom.xml |
        grep '<updated>'
}
updates >before
[ -s before ] || fail "no times of the entries that change"
run 1 refresh -C mill --json --all
updates | cmp - before || fail "entries that always change are news"
has mill/output/news/atom.xml "It has changed 5 times"
python3 reasons.py 5 || fail "reasons after some runs"
export FEEDMILL_NOW=$((start + 3 * 3600))
run 1 refresh -C mill --all -v
awk -F"\t" '{ print $3 == "" ? $1 : $3 }' bad.txt >shown
while read -r url; do
    grep -F "$url: " err >line || fail "-v says nothing of $url"
    grep -F "$url" bad.txt | cut -f2 | head -1 >reason
    [ ! -s reason ] || grep -qF -f reason line || fail "-v has no reason for $url: $(cat line)"
done <shown
