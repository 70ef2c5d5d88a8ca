# script/glue-pages: the same corpus gives the same pages, each page holds all that its
# articles say, and a program that finds nothing has no page right.
. ./lib.sh
script=$here/../../script
command -v python3 >/dev/null || exit 77
mkdir -p corpus/pages
python3 - "$script" corpus <<'EOF' || fail "the pages are not what they should be"
import gzip, json, random, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import glued

# A corpus of twelve articles in each of two languages, of words drawn by chance.
rng = random.Random("corpus")
rows = []
for k in range(24):
    if k % 2:
        words = ["".join(rng.choice("abcdefghilmnoprstu") for _ in range(6)) for _ in range(60)]
        said = [" ".join(rng.choice(words) for _ in range(40)) + "." for _ in range(8)]
        title = " ".join(words[:6])
    else:
        words = [chr(0x4e00 + rng.randrange(4000)) + chr(0x4e00 + rng.randrange(4000)) for _ in range(60)]
        said = ["".join(rng.choice(words) for _ in range(40)) + "。" for _ in range(8)]
        title = "".join(words[:8])
        said[0] = title + said[0]
    rows.append(dict(id="t%d" % k, dataset="wcxb", title=title, body="\n\n".join(said), lang=None, url=None))
    gzip.open(sys.argv[2] + "/pages/t%d.html.gz" % k, "wb").write(b"<p>")
open(sys.argv[2] + "/truth.jsonl", "w", encoding="utf8").write("".join(json.dumps(r) + "\n" for r in rows))
half, other = glued.halves_of(glued.read_articles("false", sys.argv[2]))
assert len(half) + len(other) == 24 and min(len(half), len(other)) > 4
assert not {a["id"] for a in half} & {a["id"] for a in other}
made = list(glued.pages_of(glued.OPEN, half, 3))
assert made == list(glued.pages_of(glued.OPEN, half, 3))
assert len({kind for kind, *_ in made}) > 15
for kind, articles, text, is_text in made:
    text = glued.html.unescape(text)
    at = -1
    for a in articles:
        assert all(p in text for p in [a["title"], *a["text"]]), kind
        assert text.index(a["text"][0]) > at, kind
        at = text.index(a["text"][0])
    assert is_text == ("<html" not in text), kind
for kind, articles, text, _ in glued.singles_of(half, 6):
    assert len(articles) == 1 and articles[0]["title"] in glued.html.unescape(text), kind
EOF
printf '#!/bin/sh\necho "{}"\n' >nothing
chmod +x nothing
PYTHONDONTWRITEBYTECODE=1 python3 "$script/glue-pages" ./nothing corpus --each 1 >out ||
    fail "glue-pages fails"
grep -q '^OPEN .* count 0 .* whole 0$' out || fail "pages without items are right"
grep -q '^CLOSED .* whole 0$' out || fail "the closed half has no totals"
grep -q '^[a-z]  ' out && fail "closed kinds are told one by one"
PYTHONDONTWRITEBYTECODE=1 python3 "$script/glue-pages" ./nothing nowhere >out || fail "no corpus is an error"
has out 'nothing is measured'
