# What an editor can get wrong in feeds/: each is told in one line, with its place
# and what to do.
. ./lib.sh

# fresh: a mill without a mistake.
fresh() {
    rm -rf mill
    mkdir -p mill/feeds/topics mill/feeds/rules
    cat >mill/feeds/mill.yaml <<YAML
id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f
title: N
base_url: https://n.example.org/
YAML
    cat >mill/feeds/topics/news.yaml <<YAML
title: News
sources:
  - https://example.com/feed.xml
YAML
}
# says STATUS FILE CONTENT LINE: FILE of CONTENT is said to be wrong in LINE and in
# no other, unless first is set.
says() {
    fresh
    # shellcheck disable=SC2059
    printf -- "$3" >"mill/feeds/$2"
    run "$1" check -C mill
    printf 'feedmill: feeds/%s\n' "$4" >want
    if [ -n "${first:-}" ]; then head -1 err; else cat err; fi >said
    cmp -s said want || fail "$2, \"$3\" is not said to be: $4"
}
says 2 'topics/news.yaml' \
    '' \
    'topics/news.yaml:1:1: the topic is empty'
says 2 'topics/news.yaml' \
    '# nothing\n' \
    'topics/news.yaml:1:1: the topic is empty'
says 2 'topics/news.yaml' \
    'hello\n' \
    'topics/news.yaml:1:1: a topic is wanted here, as keys and values'
says 2 'topics/news.yaml' \
    '\055 a\n- b\n' \
    'topics/news.yaml:1:1: a topic is wanted here, as keys and values'
says 2 'topics/news.yaml' \
    'title: N\n\tsources:\n  - https://e.com/\n' \
    'topics/news.yaml:2:1: a tab stands here: YAML is indented by spaces'
says 2 'topics/news.yaml' \
    'title: N\nsources:\n\t- https://e.com/\n' \
    'topics/news.yaml:3:1: a tab stands here: YAML is indented by spaces'
says 2 'topics/news.yaml' \
    'title: A\ntitle: B\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:2:1: key title stands twice'
says 2 'topics/news.yaml' \
    'titel: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:1: unknown key titel in a topic; did you mean title?'
says 2 'topics/news.yaml' \
    'keeps: AI\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:1: unknown key keeps in a topic; did you mean keep?'
says 2 'topics/news.yaml' \
    'colour: red\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:1: unknown key colour in a topic'
says 2 'topics/news.yaml' \
    'keep: /(/\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: bad regular expression: missing closing parenthesis'
says 2 'topics/news.yaml' \
    'keep: (AI OR\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:11: OR needs a term after it'
says 2 'topics/news.yaml' \
    'keep: titel:AI\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:7: unknown field "titel:"; did you mean "title:"?'
says 2 'topics/news.yaml' \
    'keep:\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:6: the rule is empty'
says 2 'topics/news.yaml' \
    'keep: [AI, ML]\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:7: a single value is wanted here, not a list'
says 0 'topics/news.yaml' \
    'keep: AI or ML\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: "or" is a word to be found here; the operators are AND, OR, NOT'
says 0 'topics/news.yaml' \
    'keep: |\n  模型 AND\n  (AI\n   or ML)\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:4:4: "or" is a word to be found here; the operators are AND, OR, NOT'
says 2 'topics/news.yaml' \
    'keep: '\''"abc'\''\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:8: the quote is not closed'
says 2 'topics/news.yaml' \
    'entries: many\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: a whole number from 1 to 100000 is wanted: many'
says 2 'topics/news.yaml' \
    'entries: 0\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: a whole number from 1 to 100000 is wanted: 0'
says 2 'topics/news.yaml' \
    'entries: -5\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: a whole number from 1 to 100000 is wanted: -5'
says 2 'topics/news.yaml' \
    'entries: 99999999999\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: a whole number from 1 to 100000 is wanted: 99999999999'
says 2 'topics/news.yaml' \
    'days: 30d\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:7: a whole number from 1 to 100000 is wanted: 30d'
says 2 'topics/news.yaml' \
    'order: newest\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:8: newest is none of: date, rank'
says 2 'topics/news.yaml' \
    'digest: monthly\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: monthly is none of: none, daily, weekly'
says 2 'topics/news.yaml' \
    'language: english\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:11: no language tag (as in zh-Hans or en; in a list as [zh, en]): english'
says 2 'topics/news.yaml' \
    'languages: en, zh\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:12: no language tag (as in zh-Hans or en; in a list as [zh, en]): en, zh'
says 2 'topics/news.yaml' \
    'spam: 7\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:7: a number above 0, at most 1, is wanted: 7'
says 2 'topics/news.yaml' \
    'review: some\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: some is none of: none, doubtful, all'
says 2 'topics/news.yaml' \
    'publish: everything\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: everything is none of: full, excerpt'
says 2 'topics/news.yaml' \
    'archive: maybe\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:10: maybe is none of: no, yes'
says 2 'topics/news.yaml' \
    'sources: https://e.com/feed\n' \
    'topics/news.yaml:1:10: a list of sources is wanted here'
says 2 'topics/news.yaml' \
    'sources:\n  - https://e.com/feed\n    - https://f.com/feed\n' \
    'topics/news.yaml:2:5: a space stands in the address: look at the indentation of the next line; one that belongs to it is written %20'
says 0 'topics/news.yaml' \
    'title: N\nsources:\n#  - https://e.com/feed\n' \
    'topics/news.yaml:1:1: the topic has no sources: name them under sources:, or a topic under from:'
says 0 'topics/news.yaml' \
    'title: N\nsources: []\n' \
    'topics/news.yaml:1:1: the topic has no sources: name them under sources:, or a topic under from:'
says 2 'topics/news.yaml' \
    '  title: N\nsources:\n  - https://e.com/feed\n' \
    'topics/news.yaml:2:1: this belongs to nothing above it: look at the indentation'
says 2 'topics/news.yaml' \
    'sources:\n  - name: X\n' \
    'topics/news.yaml:2:5: a source needs url or file'
says 2 'topics/news.yaml' \
    'sources:\n  - example.com/feed\n' \
    'topics/news.yaml:2:5: no http or https address: example.com/feed'
says 2 'topics/news.yaml' \
    'sources:\n  - ftp://example.com/feed\n' \
    'topics/news.yaml:2:5: no http or https address: ftp://example.com/feed'
says 2 'topics/news.yaml' \
    'sources:\n  -\n' \
    'topics/news.yaml:2:4: no http or https address: there is none'
says 2 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    zone: Mars/Base\n' \
    'topics/news.yaml:3:11: no time zone (as in Asia/Shanghai or +08:00): Mars/Base'
says 2 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    zone: 8\n' \
    'topics/news.yaml:3:11: no time zone (as in Asia/Shanghai or +08:00): 8'
says 2 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    links: div[[\n' \
    'topics/news.yaml:3:12: links: selector: a name is missing'
says 2 'topics/news.yaml' \
    'sources:\n  - https://e.com/f\n  - https://e.com/f\n' \
    'topics/news.yaml:3:5: https://e.com/f stands twice in this topic'
says 2 'topics/news.yaml' \
    'sources:\n  - file: ../nothere.html\n' \
    'topics/news.yaml:2:5: no such file: feeds/nothere.html'
says 2 'topics/news.yaml' \
    'sources:\n  - file: /etc/passwd\n' \
    'topics/news.yaml:2:11: not a file inside the mill: /etc/passwd'
says 2 'topics/news.yaml' \
    'sources:\n  - file: ../../../../etc/passwd\n' \
    'topics/news.yaml:2:11: not a file inside the mill: ../../../../etc/passwd'
says 2 'topics/news.yaml' \
    'sources:\n  - file: ../topics\n' \
    'topics/news.yaml:2:5: this is a folder: feeds/topics'
says 2 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    full_text: yes\n' \
    'topics/news.yaml:3:16: yes is none of: auto, always, never'
says 0 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    user: a\n    password_file: nope\n' \
    'topics/news.yaml:2:5: password_file: there is no file mill/nope'
first=1 says 2 'topics/news.yaml' \
    'sources:\n  - url: https://e.com/f\n    user: a\n    password: x\n' \
    'topics/news.yaml:4:5: unknown key password in a source'
says 2 'topics/news.yaml' \
    'from: [teck]\n' \
    'topics/news.yaml:1:7: from: there is no topic teck'
says 0 'topics/news.yaml' \
    'from: [news]\n' \
    'topics/news.yaml:1:7: the topic has no sources: those that from: names have none'
says 2 'topics/news.yaml' \
    'title: A: B\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: a colon with a space behind it stands where no key can: text with one goes in quotes, else look at the indentation'
says 2 'topics/news.yaml' \
    'title: #1 News\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:7: text is missing here; if it begins with #, it goes in quotes'
says 2 'topics/news.yaml' \
    'title: %%x\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:8: text that begins with % @ or ` goes in quotes'
says 2 'topics/news.yaml' \
    'title: @x\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:8: text that begins with % @ or ` goes in quotes'
says 2 'topics/news.yaml' \
    'title: '\''abc\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:8: the quote that begins here is not closed'
says 2 'topics/news.yaml' \
    'title: A\n sources:\n  - https://e.com\n' \
    'topics/news.yaml:2:9: a colon with a space behind it stands where no key can: text with one goes in quotes, else look at the indentation'
says 2 'topics/news.yaml' \
    'title: &a A\ndescription: *b\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:2:14: text that begins with * goes in quotes'
says 2 'topics/news.yaml' \
    '<<: {title: A}\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:1: unknown key << in a topic'
says 2 'topics/news.yaml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n---\ntitle: B\n' \
    'topics/news.yaml:5:1: a second document: --- may stand only once, at the beginning'
says 2 'topics/news.yaml' \
    'title: Caf\351\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:12: the file is not UTF-8 here: save it as that'
says 2 'topics/news.yaml' \
    '\377\376t\000i\000t\000l\000e\000:\000 \000A\000\n\000' \
    'topics/news.yaml:1:1: the file is not UTF-8 here: save it as that'
says 2 'topics/news.yaml' \
    'title: A\000B\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: a control character stands here: take it out'
says 2 'topics/news.yaml' \
    'title: A\007B\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/news.yaml:1:9: a control character stands here: take it out'
says 2 'topics/news.yaml' \
    '<html><body>hi</body></html>\n' \
    'topics/news.yaml:1:1: a topic is wanted here, as keys and values'
says 2 'topics/My Topic.yaml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/My Topic.yaml: a topic'\''s name is made of a-z, 0-9, '\''.'\'', '\''_'\'' and '\''-'\'', and begins with a letter or digit'
says 2 'topics/other.yml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/other.yml: a topic'\''s file ends in .yaml'
says 2 'topics/index.yaml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/index.yaml: this name is reserved, since output/ has a file or folder of that name; a topic needs another one'
says 2 'topics/health.yaml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/health.yaml: this name is reserved, since output/ has a file or folder of that name; a topic needs another one'
says 2 'topics/News2.yaml' \
    'title: A\nsources:\n  - https://example.com/feed.xml\n' \
    'topics/News2.yaml: a topic'\''s name is made of a-z, 0-9, '\''.'\'', '\''_'\'' and '\''-'\'', and begins with a letter or digit'
first=1 says 0 'mill.yaml' \
    '' \
    'mill.yaml:1:1: no id: the ids of the feeds are made from the title and change with it'
first=1 says 2 'mill.yaml' \
    'foo\n' \
    'mill.yaml:1:1: the mill is wanted here, as keys and values'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nbase-url: https://x.org/\n' \
    'mill.yaml:4:1: unknown key base-url in the mill; did you mean base_url?'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nbase_url: x.org\n' \
    'mill.yaml:4:1: key base_url stands twice'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nbase_url: https://x.org\n' \
    'mill.yaml:4:1: key base_url stands twice'
first=1 says 2 'mill.yaml' \
    'id: 5\ntitle: x\n' \
    'mill.yaml:1:5: no IRI (as in urn:uuid:...): 5'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\npause: 2\n' \
    'mill.yaml:4:8: no duration (as in 2s, 5m, 6h, 7d): 2'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\npause: 2 s\n' \
    'mill.yaml:4:8: no duration (as in 2s, 5m, 6h, 7d): 2 s'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\npause: soon\n' \
    'mill.yaml:4:8: no duration (as in 2s, 5m, 6h, 7d): soon'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\ntimeout: 0s\n' \
    'mill.yaml:4:10: timeout is below 1s'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nmax_body: 16\n' \
    'mill.yaml:4:11: no size (as in 512k or 16M): 16'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nmax_body: 16 megabytes\n' \
    'mill.yaml:4:11: no size (as in 512k or 16M): 16 megabytes'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nconnections: 1000000\n' \
    'mill.yaml:4:14: a whole number from 1 to 100000 is wanted: 1000000'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nallow_private: 127.0.0.1\n' \
    'mill.yaml:4:16: a list of addresses with ports is wanted here'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nallow_private: [localhost]\n' \
    'mill.yaml:4:17: no address with port (as in 127.0.0.1:8080): localhost'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nhub: yes\n' \
    'mill.yaml:4:6: no http or https address: yes'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\npost_publish: []\n' \
    'mill.yaml:4:15: the command is empty'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nmin_interval: 2d\nmax_interval: 1h\n' \
    'mill.yaml:4:15: min_interval is above max_interval'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nmax_interval: 1m\n' \
    'mill.yaml:4:15: min_interval is above max_interval'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nzone: CET5\n' \
    'mill.yaml:4:7: no time zone (as in Asia/Shanghai or +08:00): CET5'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nlanguage: chinese\n' \
    'mill.yaml:4:11: no language tag (as in zh-Hans or en; in a list as [zh, en]): chinese'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\npublish: [full]\n' \
    'mill.yaml:4:10: a single value is wanted here, not a list'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nformats: []\n' \
    'mill.yaml:4:10: the list of formats is empty: without it all are published'
says 2 'mill.yaml' \
    'id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f\ntitle: N\nbase_url: https://n.example.org/\nformats: {a: b}\n' \
    'mill.yaml:4:10: a list of formats is wanted here'
says 2 'decisions.yaml' \
    'hide x\n' \
    'decisions.yaml:1:1: a list of decisions is wanted here'
says 2 'decisions.yaml' \
    'item: x\ndo: hide\n' \
    'decisions.yaml:1:1: a list of decisions is wanted here'
says 2 'decisions.yaml' \
    '--' \
    'decisions.yaml:1:1: a list of decisions is wanted here'
says 2 'decisions.yaml' \
    '- {item: abc}' \
    'decisions.yaml:1:3: a decision says what to do'
says 2 'decisions.yaml' \
    '- {do: hide}' \
    'decisions.yaml:1:3: a decision needs an item'
says 2 'decisions.yaml' \
    '- {item: abc, do: hid}' \
    'decisions.yaml:1:19: do: hid is none of approve, hide, pin, hold, retitle, note, lead, merge, split, retract'
says 2 'decisions.yaml' \
    '- {item: abc, do: hide, tobic: news}' \
    'decisions.yaml:1:25: unknown key tobic in a decision; did you mean topic?'
says 0 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: hide, topic: nws}' \
    'decisions.yaml:1:3: no topic of this mill: nws'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: pin, until: tomorrow}' \
    'decisions.yaml:1:41: no moment (as in 2026-11-20T09:00:00Z): tomorrow'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: pin, until: 2026-13-01}' \
    'decisions.yaml:1:41: no moment (as in 2026-11-20T09:00:00Z): 2026-13-01'
says 0 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: pin, until: 2020-01-01}' \
    'decisions.yaml:1:3: pin is over: take the line out'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: retitle}' \
    'decisions.yaml:1:3: retitle needs to:'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: merge}' \
    'decisions.yaml:1:3: merge needs into:'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: hide, until: 2030-01-01}' \
    'decisions.yaml:1:3: only pin and hold take until:'
says 2 'decisions.yaml' \
    '- {item: https://example.com/a?x={1}, do: hide}' \
    'decisions.yaml:1:34: between { and }: a comma is missing, or text with : , { } goes in quotes'
says 2 'decisions.yaml' \
    '- {item: https://example.com/a, do: retitle, to: A: B}' \
    'decisions.yaml:1:51: between { and }: a comma is missing, or text with : , { } goes in quotes'
says 2 'decisions.yaml' \
    '- [a, b]' \
    'decisions.yaml:1:3: a decision is wanted here, as keys and values'
says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: hide, at: yesterday}' \
    'decisions.yaml:1:39: no moment (as in 2026-11-20T09:00:00Z): yesterday'
first=1 says 2 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: retitle, to: ""}' \
    'decisions.yaml:1:42: text is missing here; if it begins with #, it goes in quotes'
says 2 'rules/example.com.yaml' \
    'body: "div["\n' \
    'rules/example.com.yaml:1:12: selector: a name is missing'
says 2 'rules/example.com.yaml' \
    'boddy: div\n' \
    'rules/example.com.yaml:1:1: unknown key boddy in a site'\''s rule; did you mean body?'
says 2 'rules/example.com.yaml' \
    '' \
    'rules/example.com.yaml:1:1: the rule is empty'
says 2 'rules/example.com.yaml' \
    'body: #content\n' \
    'rules/example.com.yaml:1:6: no selector; one that begins with # is written in quotes'
says 2 'rules/http:--x.yaml' \
    'body: div\n' \
    'rules/http:--x.yaml: a site'\''s rule is named after its host, as in example.org.yaml'
says 2 'rules/example.com.yml' \
    'body: div\n' \
    'rules/example.com.yml: a site'\''s rule ends in .yaml'
says 0 'decisions.yaml' \
    '- {item: 3kq7w2m5zt4ab, do: merge, into: 3kq7w2m5zt4ab}\n' \
    'decisions.yaml:1:3: merges an item into itself; it changes nothing'

# What only looks like a mistake.
fine() { # FILE CONTENT
    fresh
    # shellcheck disable=SC2059
    printf -- "$2" >"mill/feeds/$1"
    run 0 check -C mill
    empty err
}
sources='sources:\n  - https://example.com/f\n'
fine topics/news.yaml "\357\273\277title: A\n$sources"
fine topics/news.yaml 'title: A\r\nsources:\r\n  - https://example.com/f\r\n'
fine topics/news.yaml '{"title": "A", "sources": ["https://example.com/f"]}\n'
fine topics/news.yaml "keep: '\"rock and roll\"'\n$sources"
fine topics/news.yaml~ 'no: [yaml\n'
fine decisions.yaml ''
fine decisions.yaml '# none yet\n'

# Two files that do not fit each other.
fresh
printf 'title: A\nfrom: [b]\n' >mill/feeds/topics/a.yaml
printf 'title: B\nfrom: [a]\n' >mill/feeds/topics/b.yaml
run 0 check -C mill
count 2 err "the topic has no sources: those that from: names have none"
fresh
printf 'title: A\nsources:\n  - url: https://example.com/x\n    full_text: always\n' >mill/feeds/topics/a.yaml
printf 'title: B\nsources:\n  - url: https://example.com/x\n    full_text: never\n' >mill/feeds/topics/b.yaml
run 2 check -C mill
has err "feeds/topics/b.yaml:3:5: https://example.com/x has other options at feeds/topics/a.yaml:3"
fresh
rm mill/feeds/mill.yaml
run 2 check -C mill
has err "no mill here: feeds/mill.yaml is missing (feedmill init makes one)"
fresh
head -c 3000000 /dev/zero | tr '\0' '#' >mill/feeds/topics/news.yaml
run 2 check -C mill
has err "news.yaml:1:1: the topic is empty"
