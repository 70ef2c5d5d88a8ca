"""Pages glued of real articles, and pages of one article that has what joints are
known by: what glue-pages counts and train-rifts learns from.  All is chosen by seeds
that are names, so the same corpus gives the same pages."""
import gzip, hashlib, html, json, os, random, re, subprocess, tempfile

# kind: title line, line below it, foot, between, container, paragraphs, page title,
# language / what is left of the texts
OPEN = """h2-byline h2 by none none one p first any;     h2-bare h2 none none none one p first any
strong-bare strong none none none one p first any;      h1-boxes h1 bydate none none articles p last de
plain-editor plain none editor none one br words zh;    plain-source plain source none none one p foreign zh
h3-false h3 none copy none one p words any;             strong-source strong source none stars cells br site zh
text-byline plain by none none text p first any;        h2-date h2 date none hr one p first de
h1-other h1 none none none one p first mixed;           div-share div cells share none divs p first any
line-bare plain none none none one p words any;         text-bare plain none none none text p first zh
h2-chrome h2 bydate none chrome one p first any;        h3-talk h3 by none comments divs p first any
label-text label none none none text p words any;       label-line label none editor none one p foreign zh
h2-stub h12 date none none one p first any/stub;        h2-short h2 bydate none none one p site any/short
tag-line tag none none none one p words zh;             plain-foot plain none source stars one br words zh/short
counted counted none editor none one p words zh;        label-short label by author none one p site any/short"""
CLOSED = """a h2 none editor none one p first zh;  b strong by none hr one br last de;  c h1 cells tags none articles p site any
d plain none source none one br words zh; e h3 date copy dashes divs div first en; f div bydate none none one p first any
g font none author none cells br foreign zh; h plain date none stars text p first any; i h2 none share next sections p first de
j strong bydate editor none one div last en; k h2 source none none one p foreign mixed; l plain by copy none one p words any
m plain none none none one br site zh;  n strong bydate none chrome divs div last any; o h2 source none comments one p words zh
q label none author none text p first any; r h3 cells none none articles p first any/stub; s plain source none none one p site zh/short"""
SINGLES = "sections interview live list digest brief roundup teasers quotes bios talk twice"
LANGUAGES = ("zh", "de", "en")
OUTLETS = {"zh": ["晨江晚报", "北岭新闻网", "第一海讯"], "de": ["Talbote", "Nordsee-Kurier"], "en": ["Harbour Post", "The Ledger"]}
PEOPLE = {"zh": ["林书远", "赵可心", "陈立夏", "周慕云"], "de": ["Anke Brandt", "Jonas Wieland", "Petra Holm"],
          "en": ["Maria Lindqvist", "Tom Ashworth", "Helen Okafor", "David Prior"]}
WORDS = {"zh": "二手车报价大厅 今夜好价 全屋家具优惠", "de": "Angebote Gutschein kostenlos Testsieger", "en": "best casino bonus free download apk"}
FOOT = {"editor": ("责任编辑：%s", "Redaktion: %s", "Editor: %s"),
        "author": ("（作者：%s）", "Text: %s", "— %s"),
        "source": ("（来源：%s）", "Quelle: %s", "Source: %s"),
        "copy": ("版权所有 © 2024 %s", "© 2024 %s. Alle Rechte vorbehalten.", "© 2024 %s. All rights reserved.")}
TAG = ("文章正文:", "Artikel: ", "Article: ")
LABEL = ("推荐文章%d", "Artikel %d: ", "Story %d: ")
PAYWALL = ("订阅后可阅读全文", "Weiterlesen mit Abo", "Subscribe to continue reading")
RELATED = ("相关阅读", "Mehr zum Thema", "Related articles")
MAIL = ("订阅我们的新闻邮件", "Newsletter abonnieren", "Sign up for our newsletter")
DIGEST = ("早报：今天要知道的国内外大事", "Der Morgen: was heute wichtig wird", "Morning briefing: what you need to know today")
TALK = {"zh": ("网友评论", "山里来的客", "写得真好，学习了！", "雨后_阳光", "希望后续还有报道，关注中。"),
        "de": ("Kommentare", "Moorhuhn77", "Das sehe ich ganz anders, leider.", "ela_k", "Danke für den Artikel!"),
        "en": ("Comments", "moorhen77", "I could not disagree more, sorry.", "ela_k", "Thanks for writing this up!")}
esc, squeeze = html.escape, lambda s: re.sub(r"\s+", "", s or "")


# ---- articles

def items_of(program, data, ending):
    with tempfile.NamedTemporaryFile(suffix=ending) as f:
        f.write(data), f.flush()
        out = subprocess.run([program, "extract", f.name], stdout=subprocess.PIPE).stdout
    return json.loads(out.decode("utf8") or "{}").get("items") or []


def is_chinese(text):
    return len(re.findall("[\u4e00-\u9fff]", text)) * 2 > len(text)


def read_articles(program, corpus):
    """The honest articles.  Chinese ones are few: where the truth has no body or title
    of one, those that the program finds are taken."""
    for line in open(os.path.join(corpus, "truth.jsonl"), encoding="utf8"):
        t = json.loads(line)
        path, text, title = os.path.join(corpus, "pages", t["id"] + ".html.gz"), t["body"] or "", t["title"]
        if not text or (not title and is_chinese(text)):
            data = gzip.open(path).read()
            if not is_chinese(re.sub(r"[\x00-\x7f]", "", data.decode("gb18030" if b"charset=gb" in data[:4000].lower() else "utf8", "ignore"))):
                continue
            found = (items_of(program, data, ".html") or [{}])[0]
            text, title = text or found.get("content_text") or "", title or found.get("title")
        is_zh = is_chinese(text)
        if t["dataset"] not in ("wcxb", "fundus", "n4k", "magic") and not is_zh:
            continue
        paragraphs = [p.strip() for p in text.split("\n") if p.strip()]
        weight = len(squeeze(text)) * (2.5 if is_zh else 1)
        if not title or is_zh and sum(title[i:i + 2] in text for i in range(len(title))) * 3 < len(title):
            continue
        while paragraphs and squeeze(paragraphs[0]) == squeeze(title):
            paragraphs.pop(0)
        if len(title) * (2.5 if is_zh else 1) > 29 and 700 < weight < 9000 and 4 <= len(paragraphs) < 90:
            is_en = t["dataset"] == "wcxb" or t["lang"] in ("us", "uk", "za", "ca", "au")
            lang = "zh" if is_zh else "de" if t["lang"] in ("de", "at", "ch") else "en" if is_en else "other"
            yield dict(id=t["id"], set=t["dataset"], lang=lang, title=html.unescape(title), text=paragraphs)


def halves_of(articles):
    """Those that kinds may be tuned on, and those that only totals are told of."""
    halves = [[], []]
    for a in articles:
        halves[hashlib.sha1(a["id"].encode()).digest()[4] & 1].append(a)
    return halves


def dress(article, rng):
    """Gives an article a writer, an outlet and a day of its own; the words for them are its language's."""
    a = dict(article, words="en" if article["lang"] == "other" else article["lang"])
    a["author"], a["outlet"] = rng.choice(PEOPLE[a["words"]]), rng.choice(OUTLETS[a["words"]])
    y, m, d = a["day"] = 2019 + rng.randrange(6), 1 + rng.randrange(12), 1 + rng.randrange(28)
    months = "January February March April May June July August September October November December".split()
    a["said"] = {"zh": "%d年%d月%d日 10:24" % (y, m, d), "de": "%02d.%02d.%d" % (d, m, y), "en": "%s %d, %d" % (months[m - 1], d, y)}[a["words"]]
    a["by"] = {"zh": "作者：%s", "de": "Von %s", "en": "By %s"}[a["words"]] % a["author"]
    a["i"] = LANGUAGES.index(a["words"])
    return a


def cut(a, n):
    """The first paragraphs of an article, N and more, as many as have some length."""
    while n < len(a["text"]) and len("".join(a["text"][:n])) * (2.5 if a["lang"] == "zh" else 1) < 300:
        n += 1
    a["text"] = a["text"][:n]


# ---- several on a page

def lay_out(a, number, title, facts, foot, box, text):
    """One article as markup, or as text; says in A what of it the page tells."""
    a["has"] = {"title"}
    source = ("来源：%s  %s", "Quelle: %s, %s", "Source: %s, %s")[a["i"]] % (a["outlet"], a["said"])
    line, *has = {
        "none": ("",), "by": (a["by"], "author"), "date": (a["said"], "day"),
        "bydate": (a["by"] + " | " + a["said"], "author", "day"), "source": (source, "day", "origin"),
        "cells": ("<span>%s</span> <span>%s</span>" % (a["by"], a["said"]), "author", "day")}[facts]
    a["has"] |= {*has, *{"author": ["author"], "source": ["origin"]}.get(foot, [])}
    end = FOOT[foot][a["i"]] % a["outlet" if foot in ("copy", "source") else "author"] if foot in FOOT else ""
    if foot == "share":
        end = '<a href="/f">Facebook</a> <a href="/t">Twitter</a> <a href="/m">E-Mail</a>'
    if foot == "tags":
        end = "Tags: " + ", ".join(re.findall(r"\w{5,}", a["title"])[:3])
    if title == "h12":
        title = "h1" if number == 1 else "h2"
    t = {"label": LABEL[a["i"]] % number, "tag": TAG[a["i"]], "counted": "%02d " % number}.get(title, "") + a["title"]
    if box == "text":
        return "\n\n".join(filter(None, [t, line, *a["text"], a.get("wall"), end])) + "\n\n"
    head = {"strong": "<p><strong>%s</strong></p>", "plain": "<p>%s</p>", "label": "<p>%s</p>", "tag": "<p>%s</p>", "counted": "<h3>%s</h3>", "div": '<div class="tt">%s</div>',
            "font": '<font size="4"><b>%s</b></font><br>'}.get(title, "<%s>%%s</%s>" % (title, title)) % esc(t)
    wall = '<div class="paywall"><a href="/abo">%s</a></div>' % a["wall"] if "wall" in a else ""
    if text == "br":
        return head + "<br>\n".join(["", *filter(None, [line]), *("\u3000\u3000" + esc(p) for p in a["text"]), end]) + "<br>" + wall
    return head + "".join("<%s>%s</%s>\n" % (text, p, text) for p in filter(None, [line, *map(esc, a["text"]), end])) + wall


def comments(a):
    head, *said = TALK[a["words"]]
    each = "".join('<div class="comment"><p>%s 2024-03-0%d 10:11</p><p>%s</p></div>' % (said[i], i + 2, said[i + 1]) for i in (0, 2))
    return '<div class="comments"><h4>%s</h4>%s</div>' % (head, each)


def chrome(a, others):
    links = "".join('<li><a href="/a/%d.html">%s</a></li>' % (i, esc(o["title"])) for i, o in enumerate(others[:4]))
    return '<div class="related"><h4>%s</h4><ul>%s</ul></div><div class="newsletter"><p>%s</p></div>' % (RELATED[a["i"]], links, MAIL[a["i"]])


def glue(articles, others, how, heading):
    """HOW is the columns of OPEN from the title line to the paragraphs, HEADING the page's title."""
    title, facts, foot, between, box, text = how
    parts = [lay_out(a, i + 1, title, facts, foot, box, text) for i, a in enumerate(articles)]
    if box == "text":
        return ({"stars": "* * *\n\n"}.get(between, "")).join(parts)
    rule = {"none": "", "hr": "<hr>", "stars": "<p>* * *</p>", "dashes": "<p>----------</p>",
            "next": "<p>Weiterlesen: nächster Artikel</p>"}.get(between, "")
    behind = {"chrome": lambda a: chrome(a, others), "comments": comments}.get(between, lambda a: "")
    around = {"one": "%s", "divs": '<div class="c">%s</div>', "articles": "<article>%s</article>",
              "sections": "<section>%s</section>", "cells": "<tr><td>%s</td></tr>"}[box]
    body = rule.join(around % p + behind(a) for p, a in zip(parts, articles))
    return page(heading, "<table>%s</table>" % body if box == "cells" else body)


def page(head, body):
    menu = "".join('<li><a href="/%d/">%s</a></li>' % (i, w) for i, w in enumerate("Home News World Sport Culture".split()))
    return '<html><head><meta charset="utf-8"><title>%s</title></head><body><ul>%s</ul><div id="main">%s</div><div class="foot">' \
        '<a href="/about">About</a> <a href="/privacy">Privacy</a> © Site</div></body></html>' % (esc(head), menu, body)


def pages_of(table, pool, each):
    """For each kind of TABLE so many pages: kind, articles, text, whether it is plain."""
    for kind, *how in map(str.split, re.split(r"[;\n]", table)):
        (lang, _, left), rng = how.pop().partition("/"), random.Random(kind)
        head, box = how.pop(), how[4]
        for k in range(each):
            chosen = rng.choice(["zh", "zh", "zh", "en", "de", "other"]) if lang == "any" else lang
            some = [a for a in pool if lang == "mixed" or a["lang"] == chosen]
            if len(some) < 2:
                continue
            articles = [dress(a, rng) for a in rng.sample(some, min(2 + k % 3, len(some)))]
            for a in articles if left == "short" else articles[:left == "stub"]:
                cut(a, 2)
            if left == "stub":
                articles[0]["wall"] = PAYWALL[articles[0]["i"]]
            others = rng.sample(pool, min(4, len(pool)))
            title = {"first": articles[0]["title"], "last": articles[-1]["title"], "site": "Site",
                     "foreign": others[0]["title"], "words": WORDS[articles[0]["words"]]}[head]
            yield kind, articles, glue(articles, others, how, title), box == "text"


# ---- one on a page

def single(kind, a, others, rng):
    """One article that has what joints are known by."""
    p, n = [esc(x) for x in a["text"]], len(a["text"])
    first_words = lambda x: " ".join(x.split()[:5])[:40] if a["lang"] != "zh" else re.split("[，。、：]", x)[0][:16]
    head = "<h1>%s</h1><p>%s</p>" % (esc(a["title"]), a["by"] + " | " + a["said"])
    every = {"sections": 3, "live": 2, "list": 3, "interview": 2, "roundup": 3}.get(kind, 99)
    line = {"sections": "<h2>%(w)s</h2>", "live": "<h3>%(h)02d:15 %(w)s</h3><p>By %(who)s</p>", "roundup": "<h2>%(w)s</h2><p>%(by)s</p>",
            "list": "<h2>%(k)d. %(w)s</h2>", "interview": "<p><strong>%(w)s?</strong></p>"}.get(kind)
    out = []
    for i, x in enumerate(p):
        if line and i % every == 0 and i:
            who = rng.choice(PEOPLE[a["words"] if kind == "roundup" else "en"])
            out.append(line % dict(w=first_words(x), h=8 + i // 2, k=i // 3 + 1, who=who, by=a["by"].replace(a["author"], who)))
        out.append("<p>%s</p>" % x)
    short = lambda o, n: esc(" ".join(o["text"])[:n * 2 // 5 if o["lang"] == "zh" else n])
    if kind == "digest":
        out = ["<h2>%s</h2><p>%s</p>" % (esc(o["title"]), short(o, 450)) for o in others]
    if kind == "brief":
        out = ["<p><strong>%d、%s</strong></p><p>%s</p>" % (i + 1, esc(o["title"]), short(o, 300)) for i, o in enumerate(others)]
    if kind == "teasers":
        out += ["<h2>Also in the news</h2>"]
        out += ["<h3>%s</h3><p>%s</p><p>%s</p>" % (esc(o["title"]), o["by"], short(o, 200)) for o in others[:3]]
    if kind == "quotes":
        quoted = "".join("<p>%s</p>" % esc(x) for x in others[0]["text"][:3])
        out.insert(n // 2, "<h2>%s</h2><blockquote>%s</blockquote>" % (esc(others[0]["title"]), quoted))
    if kind == "bios":
        out += ["<h3>About %s</h3><p>%s writes about the sea and lives with two dogs.</p>" % (a["author"], a["author"])]
    if kind == "talk":
        out += [comments(a)]
    if kind == "twice":
        out += [head, *out]
    if kind in ("digest", "brief"):
        a["title"] = DIGEST[a["i"]]
        head, a["text"] = "<h1>%s</h1><p>%s</p>" % (a["title"], a["said"]), [re.sub("<.*?>", "", html.unescape(x)) for x in out]
    return page(a["title"], head + "\n".join(out))


def singles_of(pool, each):
    """Pages of one article, as pages_of() gives those of several."""
    for kind in SINGLES.split():
        rng = random.Random(kind)
        for k in range(each):
            lang = ("zh", "en", "zh", "de", "zh", "other")[k % 6]
            some = [x for x in pool if x["lang"] == lang]
            if not some:
                continue
            a, *others = [dress(x, rng) for x in rng.sample(some, min(8 if kind == "brief" else 5, len(some)))]
            yield kind, [a], single(kind, a, others, rng), False
