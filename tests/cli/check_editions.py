# What the grammar of RFC 4287 cannot say of the editions below a folder:
# check_editions.py OUTPUT.  Prints each fault, ends with 1 if there is any.
import glob
import json
import re
import sys
import xml.etree.ElementTree as tree
from datetime import datetime
from email.utils import parsedate_to_datetime

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
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


def check_rss(path):
    channel = tree.parse(path).getroot().find("channel")
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
    for i in feed["items"]:
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


def check_folder(folder):
    counts = [check(folder + name) for check, name in
              ((check_atom, "/atom.xml"), (check_rss, "/rss.xml"),
               (check_json, "/feed.json"))]
    for name in glob.glob(folder + "/atom-*.xml"):
        check_atom(name)
    for name in glob.glob(folder + "/rss-*.xml"):
        check_rss(name)
    if len(set(counts)) != 1:
        fault(folder, "has editions of", counts, "entries")
    return counts[0]


folders = [p[:-len("/atom.xml")] for p in glob.glob(sys.argv[1] + "/*/atom.xml")]
print(len(folders), "topics,", sum(map(check_folder, folders)), "entries,",
      faults, "faults")
sys.exit(1 if faults or not folders else 0)
