# script/spoil-pages: the same pages are spoiled alike in every run, spam that is left is
# told, and of the closed set nothing but totals.
. ./lib.sh
needs python3
script=$here/../../script/spoil-pages
mkdir pages
# A program that takes all paragraphs of a page, whatever they say.
cat >reader <<'EOF'
#!/usr/bin/env python3
import json, re, sys
for file in sys.argv[2:]:
    raw = open(file, encoding="utf8").read()
    said = re.findall(r"<p>(.*?)</p>", raw, re.S)
    print(json.dumps({"items": [{"title": re.search("<title>(.*?)</title>", raw)[1], "authors": [],
        "content_text": "\n\n".join(said), "_feedmill": {"confidence": {"body": .95}}}]}))
EOF
chmod +x reader
python3 - <<'EOF'
import random
rng = random.Random("pages")
word = lambda: "".join(rng.choice("abcdefghilmnoprstu") for _ in range(6))
for k in range(16):
    said = ["<p>%s.</p>" % ". ".join(" ".join(word() for _ in range(8)) for _ in range(3)) for _ in range(8)]
    title = " ".join(word() for _ in range(6))
    open("pages/p%d.html" % k, "w").write("<title>%s</title><h1>%s</h1>%s" % (title, title, "\n".join(said)))
EOF
spoil() { # OUT ARG...: spoils the pages
    to=$1
    shift
    PYTHONDONTWRITEBYTECODE=1 python3 "$script" "$@" pages "$to" ./reader >out || fail "spoil-pages fails"
}
PYTHONHASHSEED=1 spoil one
cp out told
PYTHONHASHSEED=2 spoil two
diff -r -x truth.jsonl one two >differ || fail "two runs spoil the pages in two ways: $(head -1 differ)"
grep -q '^one/.*\.paragraph-between\.html spam$' told || fail "spam that is left is not told"
grep -q '^paragraph-between .*whole 0.000; wrong: spam ' told || fail "pages with spam are whole"
grep -q '^mixed ' told || fail "no page is spoiled in several ways"
spoil closed --set closed
[ "$(cut -d' ' -f1 out | tr '\n' ' ')" = "alone mixed " ] || fail "the closed set has more than totals"
