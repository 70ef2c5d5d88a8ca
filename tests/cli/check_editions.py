# What the grammar of RFC 4287 cannot say of the editions below a folder, and the
# demands of RSS 2.0, JSON Feed 1.1, RFC 5005, OPML 2.0, sitemaps.org and HTML:
# check_editions.py OUTPUT [BASE_URL].  Prints each fault, ends with 1 if there is
# any.
import glob
import json
import re
import os
import sys
import xml.etree.ElementTree as tree
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
HISTORY = "{http://purl.org/syndication/history/1.0}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RFC822 = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|"
                    r"Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d"
                    r" ([+-]\d{4}|GMT)$")
LANGUAGE = re.compile(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
CHANNEL = {"title", "link", "description", "language", "copyright",
           "managingEditor", "webMaster", "pubDate", "lastBuildDate",
           "category", "generator", "docs", "cloud", "ttl", "image", "rating",
           "textInput", "skipHours", "skipDays", "item"}
ITEM = {"title", "link", "description", "author", "category", "comments",
        "enclosure", "guid", "pubDate", "source"}
JSON_FEED = {"version": str, "title": str, "home_page_url": str,
             "feed_url": str, "description": str, "user_comment": str,
             "next_url": str, "icon": str, "favicon": str, "authors": list,
             "language": str, "expired": bool, "hubs": list, "items": list}
JSON_ITEM = {"id": str, "url": str, "external_url": str, "title": str,
             "content_html": str, "content_text": str, "summary": str,
             "image": str, "banner_image": str, "date_published": str,
             "date_modified": str, "authors": list, "tags": list,
             "language": str, "attachments": list}
JSON_AUTHOR = {"name": str, "url": str, "avatar": str}
JSON_ATTACHMENT = {"url": str, "mime_type": str, "title": str,
                   "size_in_bytes": int, "duration_in_seconds": (int, float)}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}
base = sys.argv[2] if len(sys.argv) > 2 else None
faults = 0


def fault(path, *words):
    global faults
    faults += 1
    print(path, *words)


def unique(path, what, values):
    values = list(values)
    if len(set(values)) != len(values):
        fault(path, what, "twice:", {v for v in values if values.count(v) > 1})


def is_moment(text):
    if not DATE.match(text or ""):
        return False
    datetime.fromisoformat(text.replace("Z", "+00:00"))
    return True


def check_atom(path):
    feed = tree.parse(path).getroot()
    entries = feed.findall(ATOM + "entry")
    links = [(l.get("rel"), l.get("href")) for l in feed.findall(ATOM + "link")]
    unique(path, "an id", [e.findtext(ATOM + "id") for e in entries])
    if [rel for rel, _ in links].count("self") != 1:
        fault(path, "has not one link rel=self")
    for e in feed.iter():
        if e.tag in (ATOM + "updated", ATOM + "published"):
            if not is_moment(e.text):
                fault(path, "no RFC 3339 date:", e.text)
        elif e.tag == ATOM + "title":
            if e.get("type", "text") != "text" or not (e.text or "").strip():
                fault(path, "no text title:", e.get("type"), e.text)
        elif e.tag in (ATOM + "id", ATOM + "uri"):
            if not IRI.match(e.text or ""):
                fault(path, "no IRI:", e.text)
        elif e.tag == ATOM + "link" and not IRI.match(e.get("href", "")):
            fault(path, "no absolute link:", e.get("href"))
    for e in entries:
        if e.find(ATOM + "content") is None:
            fault(path, "an entry without content")
        unique(path, "a link",
               ((l.get("rel"), l.get("href")) for l in e.findall(ATOM + "link")))
        unique(path, "a category",
               ((c.get("term"), c.get("scheme"), c.get("label"))
                for c in e.findall(ATOM + "category")))
        for l in e.findall(ATOM + "link"):
            if l.get("rel") == "enclosure" and l.get("type") is None:
                fault(path, "an enclosure without type:", l.get("href"))
    return len(entries)


def check_archive(path):
    """RFC 5005, 4: what leads from one archive document to the next."""
    count = check_atom(path)
    feed = tree.parse(path).getroot()
    links = {l.get("rel"): l.get("href") for l in feed.findall(ATOM + "link")}
    number = int(re.search(r"-(\d+)\.xml$", path).group(1))
    if feed.find(HISTORY + "archive") is None:
        fault(path, "has no fh:archive")
    for rel, other in (("prev-archive", number - 1), ("next-archive", number + 1)):
        name = re.sub(r"\d+\.xml$", "%d.xml" % other, os.path.basename(path))
        there = os.path.exists(os.path.join(os.path.dirname(path), name))
        if there != (rel in links) or there and not links[rel].endswith(name):
            fault(path, rel, "is", links.get(rel))
    if not links.get("current", "").endswith("/atom.xml"):
        fault(path, "current is", links.get("current"))
    return count


def check_members(path, what, value, members):
    """Of a JSON object: only what the standard names, of its type, never empty."""
    for key, v in value.items():
        if key.startswith("_"):
            continue
        if key not in members:
            fault(path, what, "has an unknown member", key)
        elif not isinstance(v, members[key]) or v in ("", [], {}) and key != "items":
            fault(path, what, "has a bad", key, repr(v)[:60])
        elif (key.endswith("url") or key in ("image", "banner_image", "icon")) \
                and not IRI.match(v):
            fault(path, what, "has no absolute", key, v)
        elif key == "language" and not LANGUAGE.match(v):
            fault(path, what, "has no language tag:", v)
        elif key == "authors":
            for a in v:
                check_members(path, "an author", a, JSON_AUTHOR)
        elif key == "tags" and not all(isinstance(t, str) and t for t in v):
            fault(path, what, "has bad tags")
        elif key == "attachments":
            for a in v:
                check_members(path, "an attachment", a, JSON_ATTACHMENT)


def check_rss_names(path, channel):
    if tree.parse(path).getroot().get("version") != "2.0":
        fault(path, "is not of version 2.0")
    for parent, names, many in [(channel, CHANNEL, {"category", "item"})] + [
            (i, ITEM, {"category"}) for i in channel.findall("item")]:
        plain = [e.tag for e in parent if not e.tag.startswith("{")]
        for name in set(plain):
            if name not in names:
                fault(path, "no element of RSS:", name)
            elif plain.count(name) > 1 and name not in many:
                fault(path, parent.tag, "has two of", name)
    for e in channel.iter():
        text = (e.text or "").strip()
        if e.tag in ("link", "url", "docs", "comments") and not IRI.match(text):
            fault(path, "no absolute", e.tag, text)
        elif e.tag in ("pubDate", "lastBuildDate") and not RFC822.match(text):
            fault(path, "no RFC 822 date:", text)
        elif e.tag in ("language", "category", "guid", "title") and not text:
            fault(path, "an empty", e.tag)
        elif e.tag == "language" and not LANGUAGE.match(text):
            fault(path, "no language tag:", text)
        elif e.tag == "guid" and e.get("isPermaLink", "true") == "true" \
                and not re.match("https?://", text):
            fault(path, "a guid that is no permanent link:", text)
        elif e.tag == "source" and not IRI.match(e.get("url", "")):
            fault(path, "a source without url:", e.attrib)


def check_rss(path):
    channel = tree.parse(path).getroot().find("channel")
    check_rss_names(path, channel)
    selves = [l.get("href") for l in channel.findall(ATOM + "link")
              if l.get("rel") == "self"]
    if len(selves) != 1 or not IRI.match(selves[0]):
        fault(path, "has not one atom:link rel=self")
    for name in ("title", "link", "description"):
        if not channel.findtext(name):
            fault(path, "the channel has no", name)
    items = channel.findall("item")
    unique(path, "a guid", [i.findtext("guid") for i in items])
    for i in items:
        if not i.findtext("title"):
            fault(path, "an item without title")
        if parsedate_to_datetime(i.findtext("pubDate")).tzinfo is None:
            fault(path, "no RFC 822 date:", i.findtext("pubDate"))
        for one in ("title", "link", "guid", "pubDate", "description",
                    "enclosure", CONTENT):
            if len(i.findall(one)) > 1:
                fault(path, "an item has two of", one)
        for e in i.findall("enclosure"):
            if not (e.get("url") and e.get("type") and e.get("length", "").isdigit()):
                fault(path, "an enclosure without url, type or length:", e.attrib)
    return len(items)


def check_json(path):
    feed = json.load(open(path, encoding="utf-8"))
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        fault(path, "version", feed.get("version"))
    if not feed.get("title") or not feed.get("feed_url"):
        fault(path, "has no title or feed_url")
    unique(path, "an id", [i.get("id") for i in feed["items"]])
    check_members(path, "the feed", feed, JSON_FEED)
    for i in feed["items"]:
        check_members(path, "an item", i, JSON_ITEM)
        if not isinstance(i.get("id"), str) or not i["id"]:
            fault(path, "an item without id")
        if "content_html" not in i and "content_text" not in i:
            fault(path, "an item without content")
        for key in ("date_published", "date_modified"):
            if not is_moment(i.get(key)):
                fault(path, "no RFC 3339 date:", i.get(key))
        for a in i.get("attachments", []):
            if not a.get("url") or not a.get("mime_type"):
                fault(path, "an attachment without url or mime_type:", a)
    return len(feed["items"])


class Page(HTMLParser):
    """A page whose tags close in order, as our own pages' do."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.open, self.ids, self.links = path, [], [], []
        self.alternates = self.policies = 0
        self.feed(open(path, encoding="utf-8").read())
        self.close()
        if self.open:
            fault(path, "unclosed:", self.open)
        unique(path, "an id", self.ids)

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        unique(self.path, "an attribute of " + tag, names)
        a = dict(attrs)
        if tag in ("script", "style") and self.open[-1:] != ["head"] or tag == "script":
            fault(self.path, "has", tag)
        if any(name.startswith("on") for name in names):
            fault(self.path, "a handler:", names)
        if "id" in a:
            self.ids.append(a["id"])
        if "lang" in a and not LANGUAGE.match(a["lang"] or ""):
            fault(self.path, "no language tag:", a["lang"])
        if tag == "html" and "lang" not in a:
            fault(self.path, "says no language")
        self.alternates += tag == "link" and a.get("rel") == "alternate"
        self.policies += a.get("http-equiv") == "Content-Security-Policy"
        for name in ("href", "src"):
            if a.get(name) is not None:
                self.links.append(a[name])
        if tag == "img" and not (a.get("src") or a.get("srcset")):
            fault(self.path, "an image of nothing")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            fault(self.path, "closes", tag, "at", self.getpos())


def check_html(path):
    page = Page(path)
    if page.alternates == 0:
        fault(path, "leads to no feed")
    if page.policies != 1:
        fault(path, "has no policy")
    for link in page.links:
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link) and not os.path.exists(
                os.path.join(os.path.dirname(path), link.split("#")[0])):
            fault(path, "leads nowhere:", link)


def where(address):
    """The file that is served there."""
    name = os.path.join(sys.argv[1], address[len(base):])
    return name + "index.html" if name.endswith("/") else name


def check_sitemap(path):
    root = tree.parse(path).getroot()
    locations = [u.findtext(SITEMAP + "loc") for u in root]
    unique(path, "an address", locations)
    if root.tag != SITEMAP + "urlset" or not 0 < len(root) <= 50000:
        fault(path, "is no sitemap")
    for u in root:
        loc, mod = u.findtext(SITEMAP + "loc"), u.findtext(SITEMAP + "lastmod")
        if not IRI.match(loc or "") or base and not os.path.exists(where(loc)):
            fault(path, "leads nowhere:", loc)
        if mod is not None and not is_moment(mod):
            fault(path, "no date:", mod)


def check_opml(path):
    root = tree.parse(path).getroot()
    if root.tag != "opml" or root.get("version") != "2.0" or \
            [e.tag for e in root] != ["head", "body"] or not len(root[1]):
        fault(path, "is no OPML 2.0")
    for o in root.iter("outline"):
        if not (o.get("text") or "").strip():
            fault(path, "an outline without text:", o.attrib)
        if o.get("type") == "rss" and not IRI.match(o.get("xmlUrl", "")):
            fault(path, "a feed without address:", o.attrib)
        if base and o.get("xmlUrl") and not os.path.exists(where(o.get("xmlUrl"))):
            fault(path, "leads nowhere:", o.get("xmlUrl"))


def check_folder(folder):
    counts = [check(folder + name) for check, name in
              ((check_atom, "/atom.xml"), (check_rss, "/rss.xml"),
               (check_json, "/feed.json"))]
    for name in glob.glob(folder + "/atom-*.xml"):
        check_archive(name)
    for name in glob.glob(folder + "/digest.xml"):
        check_atom(name)
    for name in glob.glob(folder + "/*.html"):
        check_html(name)
    for name in glob.glob(folder + "/rss-*.xml"):
        check_rss(name)
    if len(set(counts)) != 1:
        fault(folder, "has editions of", counts, "entries")
    return counts[0]


folders = [p[:-len("/atom.xml")] for p in glob.glob(sys.argv[1] + "/*/atom.xml")]
check_html(sys.argv[1] + "/index.html")
check_opml(sys.argv[1] + "/feeds.opml")
if base:
    check_sitemap(sys.argv[1] + "/sitemap.xml")
print(len(folders), "topics,", sum(map(check_folder, folders)), "entries,",
      faults, "faults")
sys.exit(1 if faults or not folders else 0)
