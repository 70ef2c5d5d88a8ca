# Every mistake in the owner's files is named with file, line and column; status
# 2, and nothing is touched.
. ./lib.sh

mill https://example.org/feed.xml
run 0 check -C mill
empty out
lacks err "no topics"

# A mill whose topics are gone is told so.
cp -r mill bare
rm bare/feeds/topics/*
run 0 check -C bare
has err "feeds/topics: no topics"
run 0 refresh -C bare
has err "feeds/topics: no topics"
rm -r bare

# wrong FILE LINE:COLUMN WORD: check and refresh say so about the text on stdin, which
# is put into FILE.
wrong() {
    cp -r mill broken
    cat >"broken/feeds/$1"
    run 2 check -C broken
    has err "feeds/$1:$2"
    has err "$3"
    run 2 refresh -C broken
    has err "feeds/$1:$2"
    [ ! -e broken/.feedmill/store.db ] || fail "a store was made"
    [ ! -e broken/output ] || fail "output was made"
    rm -r broken
}

topic=topics/bad.yaml
wrong $topic 2:1 keeep <<X
title: Bad
keeep: AI
X
wrong $topic 3:1 title <<X
title: Bad
sources: []
title: Again
X
wrong $topic 2:9 doubtful <<X
title: Bad
review: sometimes
X
wrong $topic 2:10 number <<X
title: Bad
entries: many
X
wrong $topic 2:7 from <<X
title: Bad
from: nowhere
X
wrong $topic 3:7 AND <<X
title: Bad
keep: |
  (AI AND
X
wrong $topic 4:11 zone <<X
title: Bad
sources:
  - url: https://example.org/2
    zone: Middle/Earth
X
wrong $topic 3:5 ftp <<X
title: Bad
sources:
  - ftp://example.org/2
X
wrong $topic 2:7 "not closed" <<X
title: Bad
keep: "unclosed
X
wrong mill.yaml 3:8 duration <<X
id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f
title: T
pause: soon
X
wrong mill.yaml 3:17 address <<X
id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f
title: T
allow_private: [localhost]
X
printf 'title: B\377\n' >bytes
wrong $topic 1:9 UTF-8 <bytes

# One URL in two topics is one source; its options may not differ.
cat >mill/feeds/topics/two.yaml <<X
title: Two
sources:
  - url: https://example.org/shared.xml
    zone: "+09:00"
X
wrong $topic 3 "topics/two.yaml:3:5: https://example.org/shared.xml" <<X
title: Bad
sources:
  - url: https://example.org/shared.xml
    zone: Asia/Shanghai
X
rm mill/feeds/topics/two.yaml

# A file's name is the topic's id, and some are taken.
for id in health Bad 'a b'; do
    cp mill/feeds/topics/news.yaml "mill/feeds/topics/$id.yaml"
    run 2 check -C mill
    has err "$id"
    rm "mill/feeds/topics/$id.yaml"
done

# All mistakes at once.
cat >mill/feeds/$topic <<X
tittle: Bad
entries: -1
review: sometimes
X
run 2 check -C mill
has err "bad.yaml:1:1"
has err "bad.yaml:2:"
has err "bad.yaml:3:"
