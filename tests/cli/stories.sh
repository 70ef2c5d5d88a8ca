# Near copies from different sources are one entry: a copy cut short, a mirror
# wrapped in advertisements, the original.  A better copy that comes late leads,
# under the atom:id that was published.  Instalments of a series stay apart.
. ./lib.sh

# words SEED N: N words of no language, always the same for a seed.
words() {
    awk -v s="$1" -v n="$2" 'BEGIN {
        split("bo ka ru mi te lon sar vek tul ny gra pel dos hin wa", part, " ")
        for (i = 1; i <= n; i++) {
            w = ""
            for (k = 0; k < 3; k++) {
                s = (s * 1103 + 12345) % 65521
                w = w part[s % 15 + 1]
            }
            printf "%s%s", w, i % 12 == 0 ? ". " : " "
        }
    }'
}

# feed NAME TITLE DATE TEXT: a feed of one item.
feed() {
    mkdir -p site
    {
        printf '<rss version="2.0"><channel><title>%s</title>' "$1"
        printf '<item><title>%s</title><pubDate>%s</pubDate>' "$2" "$3"
        printf '<link>https://%s.example/%s</link>' "$1" "${5:-a}"
        printf '<description>&lt;p&gt;%s&lt;/p&gt;</description></item>' "$4"
        printf '</channel></rss>\n'
    } >"site/$1.xml"
}

start_site
article=$(words 1 400)
feed cut "Lantern works reopen" "Mon, 02 Dec 2024 08:00:00 +0000" \
    "$(printf '%s' "$article" | cut -c 1-900)"
feed mirror "Lantern works reopen (mirror)" "Mon, 02 Dec 2024 09:00:00 +0000" \
    "$(words 2 40)$article$(words 3 40)"
mill "$origin/cut.xml" "$origin/mirror.xml"
atom=mill/output/news/atom.xml
id_of() {
    xmllint --xpath 'string(//*[local-name()="entry"][1]/*[local-name()="id"])' \
        "$atom"
}
title_of() {
    xmllint --xpath \
        'string(//*[local-name()="entry"][1]/*[local-name()="title"])' "$atom"
}

run 0 refresh -C mill
entries 1 "$atom"
before=$(id_of)
[ "$(title_of)" = "Lantern works reopen (mirror)" ] || fail "leads: $(title_of)"
has "$atom" 'rel="related" href="https://cut.example/a"'

# The original comes last.
feed original "Lantern works open again" "Mon, 02 Dec 2024 07:00:00 +0000" \
    "$article"
printf '  - %s\n' "$origin/original.xml" >>mill/feeds/topics/news.yaml
run 0 refresh -C mill
entries 1 "$atom"
[ "$(title_of)" = "Lantern works open again" ] || fail "leads: $(title_of)"
[ "$(id_of)" = "$before" ] || fail "the entry has a new id"
has "$atom" 'rel="related" href="https://cut.example/a"'
has "$atom" 'rel="related" href="https://mirror.example/a"'

# The next day's report of one source, made from the same text.
feed original "Lantern works, day two" "Tue, 03 Dec 2024 07:00:00 +0000" \
    "$article $(words 9 40)" b
run 0 refresh -C mill
entries 2 "$atom"

# One event in different words, and the next event of the same company.
van() {
    feed "$1" "$2" "$3" "$4" "$5"
    printf '  - %s/%s.xml\n' "$origin" "$1" >>mill/feeds/topics/news.yaml
}
van ambry "Pellworth unveils electric van with 400 km range" \
    "Tue, 03 Dec 2024 08:00:00 +0000" \
    "Carmaker Pellworth showed its first electric van, the Kestrel, in Ambry." v
van sele "Pellworth shows Kestrel electric van with 400 km range in Ambry" \
    "Tue, 03 Dec 2024 09:00:00 +0000" \
    "The maker says 400 kilometres are possible. Sales begin this autumn." v
van torvik "Pellworth recalls 5,100 Kestrel vans over faulty brakes" \
    "Wed, 04 Dec 2024 09:00:00 +0000" \
    "Owners of the Kestrel electric van must have a brake line replaced." v
van late "Pellworth shows Kestrel electric van with 400 km range in Ambry" \
    "Mon, 09 Dec 2024 09:00:00 +0000" \
    "Look back: the maker says 400 kilometres are possible." v
run 0 refresh -C mill
entries 5 "$atom"
count 1 "$atom" 'rel="related" href="https://sele.example/v"'
lacks "$atom" 'rel="related" href="https://torvik.example/v"'
lacks "$atom" 'rel="related" href="https://late.example/v"'

# Of a feed that is new each item is compared as itself.
feed pair "Tide tables" "Tue, 10 Dec 2024 07:00:00 +0000" "$(words 11 300)"
second=$(words 12 300)
sed -i "s|</channel>|<item><title>Second</title><link>https://pair.example/2\
</link><pubDate>Tue, 10 Dec 2024 07:00:00 +0000</pubDate><description>$second\
</description></item></channel>|" site/pair.xml
feed again "Elsewhere" "Tue, 10 Dec 2024 08:00:00 +0000" "$second"
printf '  - %s/%s.xml\n' "$origin" pair "$origin" again \
    >>mill/feeds/topics/news.yaml
run 0 refresh -C mill
entries 7 "$atom"
count 1 "$atom" 'rel="related" href="https://again.example/a"'
lacks "$atom" 'rel="related" href="https://pair.example/a"'
