"""
A month of a mill's life in a minute: sources that change as real ones do, an editor
who decides, runs that are killed; after each run what readers were promised.

soak.py SEED DAYS SECONDS, in an empty folder, with FEEDMILL, SITE_PORT (a site that
serves the folder `site`) and GRAMMAR (may be missing) in the environment; after
SECONDS it ends early.  The same seed gives the same month, but for the moments of
kill -9 and the site's port, by which sources are told apart.

The world: articles, each with a mark in its text by which it is known whatever
becomes of its guid, address, title and date.  The reader: what atom.xml and the
archive documents have shown so far.
"""
import datetime
import glob
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

SEED, DAYS, SECONDS = (int(word) for word in sys.argv[1:4])
PORT = os.environ["SITE_PORT"]
ORIGIN = "http://127.0.0.1:" + PORT
KEEP = os.environ.get("SOAK_KEEP", "")  # a copy of the mill before publish, too
GRAMMAR = os.environ.get("GRAMMAR", "")
ATOM = "{http://www.w3.org/2005/Atom}"
START = 1733011200  # 2024-12-01T00:00:00Z
SHOWN = 12  # articles that a feed lists
EXPIRE_DAYS = 9

rnd = random.Random(SEED)
now = START
log = []  # what was done, for the report of a failure


def fail(text):
    print("FAILED: seed %d, day %.2f: %s" % (SEED, (now - START) / 86400, text))
    for line in log[-25:]:
        print("  " + line)
    sys.exit(1)


def note(text):
    log.append("%s %s" % (stamp(now), text))


def stamp(t):
    return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


def rfc822(t, zone=0):
    return datetime.datetime.fromtimestamp(
        t, datetime.timezone(datetime.timedelta(hours=zone))
    ).strftime("%a, %d %b %Y %H:%M:%S %z")


def words(n):
    """Of a language of its own, so that no two articles are alike by chance."""
    return " ".join("".join(rnd.choice("bdfgklmnprstvz") + rnd.choice("aeiou")
                            for _ in range(rnd.randint(3, 5))) for _ in range(n))


# ---- the world ---------------------------------------------------------------


class Article:
    count = 0

    def __init__(self, source, published):
        Article.count += 1
        self.mark = "mark%dx" % Article.count
        self.path = "%s/%d" % (source.name, Article.count)
        self.guid = "tag:%s.example,2024:%d" % (source.name, Article.count)
        self.published = published
        self.title = words(6).capitalize()
        self.text = words(rnd.choice((15, 60, 150)))
        self.served = ""  # its text when it was served last
        self.is_copied = False  # what is rewritten is no copy's original any more

    def url(self, source):
        return "https://%s.example/%s" % (source.name, self.path)


class Source:
    how = "full_text: never"

    def __init__(self, name, kind="plain"):
        self.name, self.kind = name, kind
        self.articles = []
        self.state = "well"
        self.until = 0
        self.path = name + ".xml"
        self.asked = self.path  # in the topic's file
        self.answers = []  # when it answered well, on end
        self.may_fail = False  # though it is well
        self.has_guids = rnd.random() < .8
        self.has_dates = True
        self.zone = rnd.choice((0, 8, -5))
        self.reversed = False
        self.round = 0

    def listed(self):
        newest = self.articles[-SHOWN:]
        return newest[-3:] if self.state == "short" else newest

    def item(self, a):
        text = a.text
        if self.kind == "flips":
            text += " Seen by %d readers." % rnd.randint(1, 10**6)
        out = "<item><title>%s</title><link>%s</link>" % (a.title, a.url(self))
        if self.kind == "guids":
            out += "<guid isPermaLink='false'>%d-%s</guid>" % (self.round, a.guid)
        elif self.has_guids:
            out += "<guid isPermaLink='false'>%s</guid>" % a.guid
        if a.published is not None and self.has_dates:
            out += "<pubDate>%s</pubDate>" % rfc822(a.published, self.zone)
        return out + ("<description>&lt;p&gt;%s %s&lt;/p&gt;</description></item>\n"
                      % (text, a.mark))

    def feed(self):
        self.round += 1
        listed = self.listed()
        order = listed if self.reversed else listed[::-1]
        return ("<?xml version='1.0'?><rss version='2.0'><channel><title>%s</title>"
                "<link>https://%s.example/</link><description>d</description>\n"
                "<lastBuildDate>%s</lastBuildDate>\n%s</channel></rss>\n"
                % (self.name, self.name, rfc822(now),
                   "".join(self.item(a) for a in order)))

    def serve(self):
        """As the site shows it now; what it serves well counts as served."""
        here = "site/" + self.path
        remove(here)
        remove(here + ".route")
        if self.state in ("404", "500", "410"):
            write(here + ".route", "status %s\n" % self.state)
        elif self.state == "reset":
            write(here + ".route", "reset-head\n")
        elif self.state == "page":
            write(here, "<!doctype html><title>Sorry</title><p>Back soon.")
        elif self.state == "empty":
            write(here, "<rss version='2.0'><channel><title>%s</title>"
                  "</channel></rss>" % self.name)
        elif self.state == "torn":
            text = self.feed()
            write(here, text[:len(text) * 2 // 3])
        else:
            write(here, self.feed())
            return self.listed()
        return []


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w") as f:
        f.write(text)
    os.rename(path + ".new", path)


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def live(s):
    """What happens to a source between two runs."""
    if s.state != "well":
        if now >= s.until:
            note("%s is well again" % s.name)
            s.state = "well"
    elif rnd.random() < .04:
        s.state = rnd.choice(("404", "500", "reset", "page", "empty", "torn", "short"))
        s.until = now + rnd.choice((1, 8, 30, 80)) * 3600
        note("%s is %s" % (s.name, s.state))
    for _ in range(rnd.choice((0, 0, 0, 1, 1, 2, 6 if rnd.random() < .1 else 0))):
        published = now - rnd.randint(60, 6 * 3600)
        odd = rnd.random()
        if odd < .08:
            published = None
        elif odd < .11:
            published = now + rnd.choice((3, 50)) * 3600
        elif odd < .17:
            published = now - rnd.randint(6, 40) * 86400
        s.articles.append(Article(s, published))
        if odd < .17:
            note("%s: %s of %s" % (s.name, s.articles[-1].mark,
                                   stamp(published) if published else "no date"))
    if not s.articles:
        return
    a = rnd.choice(s.articles[-SHOWN:])
    what = rnd.random()
    if what < .05:
        a.title = words(6).capitalize()
    elif what < .10:
        a.text = a.text + " " + words(20)
    elif what < .12 and not a.is_copied:
        a.text = words(40)
    elif what < .14:
        a.published = now if a.published else None
    elif what < .15:
        a.published = None
    elif what < .16 and s.has_guids and s.kind != "guids":
        a.path += "-moved"  # an address; the guid stays
    elif what < .17:
        a.guid += "n"  # a guid; the address stays
    elif what < .18:
        s.reversed = not s.reversed
    elif what < .19:
        s.zone = rnd.choice((0, 8, -5, 3))
    elif what < .195:
        s.has_dates = not s.has_dates
    elif what < .20:
        s.articles = s.articles[:-1]  # withdrawn by its source
    else:
        return
    note("%s: %s is changed (%.3f)" % (s.name, a.mark, what))


def html(a, text):
    """The page of an article."""
    date = "<time datetime='%s'>%s</time>" % ((stamp(a.published),) * 2) \
        if a.published else ""
    lines = [text[i:i + 300] for i in range(0, len(text), 300)]
    return ("<!doctype html><html><head><title>%s</title></head><body><nav><a href='/'>"
            "Home</a></nav><article><h1>%s</h1>%s%s</article></body></html>" % (
                a.title, a.title, date, "".join("<p>%s.</p>" % line for line in lines)))


class ListPage(Source):
    """A page that links to its articles, which are read once each."""
    how = "links: li a"

    def __init__(self, name):
        super().__init__(name)
        self.path = self.asked = name + ".html"
        self.has_guids = False

    def feed(self):
        for a in self.listed():
            page = "site/%s.html" % a.path
            if not os.path.exists(page):
                a.text = words(150)
                write(page, html(a, "%s %s" % (a.text, a.mark)))
        return "<!doctype html><title>%s</title><ul>%s</ul>" % (self.name, "".join(
            "<li><a href='/%s.html'>%s</a></li>\n" % (a.path, a.title)
            for a in self.listed()[::-1]))


class Teasers(Source):
    """A feed of first words, whose pages have the others, and at their ends the
    article's mark for whole ones."""
    how = "full_text: auto"

    def __init__(self, name):
        super().__init__(name)
        self.has_guids = True

    def item(self, a):
        page = "site/%s.html" % a.path
        if not os.path.exists(page):
            a.text = words(150)
            write(page, html(a, "%s %s whole%s" % (a.mark, a.text, a.mark)))
        return ("<item><title>%s</title><link>%s/%s.html</link><guid isPermaLink='false'>"
                "%s</guid>%s<description>%s %s [...]</description></item>\n" % (
                    a.title, ORIGIN, a.path, a.guid,
                    "<pubDate>%s</pubDate>" % rfc822(a.published) if a.published else "",
                    a.mark, a.text[:200]))


class Mover(Source):
    """Moves for good every few days; when that has been seen often enough, its owner
    takes the new address over from `check --moved`, or the old one dies, and is asked
    in vain once it was doubted which of the two is right."""

    def __init__(self, name):
        super().__init__(name)
        self.moved = START
        self.old = None  # leads to the new one
        self.is_dead = False  # what is asked in the topic's file

    def serve(self):
        if self.state == "well" and self.old is None and now > self.moved + 2 * 86400:
            self.old, self.path = self.path, "%s-%d.xml" % (self.name, now)
            self.moved = now
            self.answers = []
            remove("site/" + self.old)
            write("site/%s.route" % self.old, "redirect 301 /%s\n" % self.path)
            note("%s moves to %s" % (self.name, self.path))
        elif self.old and len(self.answers) > 3 and \
                self.answers[-1] >= self.answers[0] + 86400:
            self.follow()
        self.may_fail = self.is_dead and not self.answers
        served = super().serve()
        return [] if self.may_fail else served

    def follow(self):
        status, out, err = feedmill("check", "--moved")
        line = "%s/%s -> %s/%s\n" % (ORIGIN, self.asked, ORIGIN, self.path)
        if status != 0 or line not in out:
            fail("check --moved: %d %s %s, not %s" % (status, out, err, line))
        self.is_dead = rnd.random() >= .5
        if not self.is_dead:
            self.asked = self.path
        else:
            os.remove("site/%s.route" % self.old)
        note("%s is asked at %s" % (self.name, self.asked))
        self.old = None


class Mirror(Source):
    """Copies another's articles, under its own addresses."""

    def __init__(self, name, of):
        super().__init__(name)
        self.of = of
        self.copies = {}

    def refill(self):
        for a in self.of.articles[-SHOWN:]:
            if a not in self.copies and a.served == a.text and len(a.text) > 300 \
                    and rnd.random() < .3:
                c = Article(self, a.published and a.published + 1800)
                c.mark, c.title, c.text = a.mark, a.title, a.text
                a.is_copied = True
                self.copies[a] = c
                self.articles.append(c)


# ---- the mill ------------------------------------------------------------------


def write_mill(sources):
    os.makedirs("mill/feeds/topics", exist_ok=True)
    write("mill/feeds/mill.yaml", """\
id: urn:uuid:0b9f2a44-3f0d-8a55-9d1c-0c5f6c1d2e3f
title: Soak
base_url: https://news.example.org/
contact: https://news.example.org/about
publish: full
pause: 0s
min_interval: 0s
max_interval: 1d
connections: 8
pages: 40
timeout: 5s
keep_items: %dd
allow_private: ["127.0.0.1:%s"]
""" % (EXPIRE_DAYS, PORT))
    lines = "".join("  - url: %s/%s\n    %s\n" % (ORIGIN, s.asked, s.how)
                    for s in sources)
    write("mill/feeds/topics/all.yaml",
          "title: All\nentries: 20\nsources:\n" + lines)
    for name, more in (("days", "days: 4\nentries: 200\ndigest: daily\n"),
                       ("rank", "entries: 10\norder: rank\n"),
                       ("few", "entries: 15\nper_source: 4\n")):
        write("mill/feeds/topics/%s.yaml" % name,
              "title: %s\n%sfrom: [all]\n" % (name.capitalize(), more))


TOPICS = ("all", "days", "rank", "few")
WHOLE = ("all", "days", "few")  # what they want is in the feed or in the archive


def feedmill(*args, kill_after=None):
    p = subprocess.Popen([os.environ["FEEDMILL"], "-C", "mill"] + list(args),
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         stdin=subprocess.DEVNULL, text=True,
                         env=dict(os.environ, FEEDMILL_NOW=stamp(now)))
    if kill_after is not None:
        time.sleep(kill_after)
        p.kill()
    out, err = p.communicate(timeout=60)
    return p.returncode, out, err


MESSAGES = re.compile(
    r"feedmill: (http://127\.0\.0\.1:\d+/\S+\.(?:xml|html): .+"
    r"|topic \w+: its sources give nothing: the last edition stays"
    r"|feeds/decisions\.yaml:\d+:\d+: .+"
    r")$")


def check_messages(what, err):
    for line in err.splitlines():
        if not MESSAGES.match(line):
            fail("%s says: %s" % (what, line))
        if "database" in line or "constraint" in line:
            fail("%s says: %s" % (what, line))


# ---- what is published -----------------------------------------------------------


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Entry:
    __slots__ = ("id", "published", "updated", "title", "hash", "mark")

    def __init__(self, e):
        self.id = e.findtext(ATOM + "id")
        self.published = moment(e.findtext(ATOM + "published"))
        self.updated = moment(e.findtext(ATOM + "updated"))
        self.title = e.findtext(ATOM + "title")
        text = e.findtext(ATOM + "content") or ""
        said = (self.title, text, e.findtext(ATOM + "summary") or "")
        self.hash = hashlib.md5("\0".join(said).encode()).digest()
        mark = re.search(r"mark\d+x", text)
        self.mark = mark.group() if mark else None


class Document:
    def __init__(self, path):
        feed = ET.parse(path).getroot()
        self.updated = moment(feed.findtext(ATOM + "updated"))
        self.entries = [Entry(e) for e in feed.findall(ATOM + "entry")]
        links = {k.get("rel"): k.get("href") for k in feed.findall(ATOM + "link")}
        self.before = links.get("prev-archive")
        self.is_closed = "next-archive" in links
        ids = [e.id for e in self.entries]
        if len(set(ids)) != len(ids):
            fail("%s has an id twice" % path)


cache = {}


def document(path):
    s = os.stat(path)
    key = (s.st_ino, s.st_mtime_ns, s.st_size)
    if path not in cache or cache[path][0] != key:
        cache[path] = (key, Document(path))
        new_files.append(path)
    return cache[path][1]


new_files = []


def validate():
    files = [f for f in new_files if os.path.exists(f)]
    new_files.clear()
    if not files or not os.path.exists(GRAMMAR):
        return
    done = subprocess.run(["xmllint", "--noout", "--relaxng", GRAMMAR] + files,
                          capture_output=True, text=True)
    if done.returncode != 0:
        fail("not valid: " + done.stderr[:600])


def state_of(folder):
    out = {}
    for where, _, names in os.walk(folder):
        for name in names:
            s = os.stat(os.path.join(where, name))
            out[os.path.join(where, name)] = (s.st_ino, s.st_mtime_ns, s.st_size)
    return out


class Reader:
    """Of one topic, over the whole month."""

    def __init__(self, topic):
        self.topic = topic
        self.seen = {}      # id: Entry as it was shown last
        self.id_of = {}     # mark: id
        self.marks = {}     # id: all marks it ever had
        self.closed = {}    # path: its bytes' hash
        self.updated = 1
        self.known = set()  # ids in feed or archive

    def read(self, loose, gone, cuts):
        """LOOSE: ids that an editor merged or split; GONE: hidden, held or retracted;
        CUTS: something was, or is no more, so that archives may change."""
        folder = "mill/output/%s/" % self.topic
        feed = document(folder + "atom.xml")
        if feed.updated < self.updated:
            fail("%s: updated goes from %s to %s" % (
                self.topic, stamp(self.updated), stamp(feed.updated)))
        self.updated = feed.updated
        archived = {}
        path, link = None, feed.before
        walked = set()
        while link:
            path = folder + link.rsplit("/", 1)[1]
            if path in walked:
                fail("%s: a ring of archives" % self.topic)
            walked.add(path)
            d = document(path)
            for e in d.entries:
                if e.id in archived:
                    fail("%s: %s is in two archive documents" % (self.topic, e.id))
                archived[e.id] = e
            if d.is_closed:
                with open(path, "rb") as f:
                    digest = hashlib.md5(f.read()).digest()
                if self.closed.get(path, digest) != digest and not cuts:
                    fail("%s: the closed %s has changed" % (self.topic, path))
                self.closed[path] = digest
            link = d.before
        if set(glob.glob(folder + "atom-*.xml")) != walked:
            fail("%s: archives out of the chain" % self.topic)
        for e in feed.entries:
            self.look(e, loose)
        for e in archived.values():
            if e.id not in self.seen:
                self.look(e, loose)
        here = {e.id for e in feed.entries} | set(archived)
        if here & gone:
            fail("%s: %s was taken out and is there" % (self.topic, here & gone))
        lost = self.known - here - gone - loose
        if lost and self.topic in WHOLE:
            fail("%s: vanished: %s" % (self.topic, sorted(
                (i, self.seen[i].mark, self.seen[i].published) for i in lost)))
        self.known = (self.known | here) - loose
        return {e.mark for e in feed.entries} | {e.mark for e in archived.values()}

    def look(self, e, loose):
        was = self.seen.get(e.id)
        if was is None:
            known = self.id_of.get(e.mark)
            if known is not None and known != e.id and not {known, e.id} & loose:
                fail("%s: %s is shown again as %s, it was %s" %
                     (self.topic, e.mark, e.id, known))
        else:
            if was.published != e.published:
                fail("%s: published of %s moved" % (self.topic, e.id))
            if was.updated > e.updated:
                fail("%s: updated of %s goes back" % (self.topic, e.id))
            if was.updated != e.updated and was.hash == e.hash:
                fail("%s: %s (%s) comes back as unread" % (self.topic, e.id, e.mark))
        self.seen[e.id] = e
        if e.mark:
            self.id_of[e.mark] = e.id
            self.marks.setdefault(e.id, set()).add(e.mark)


# ---- the editor -------------------------------------------------------------------


class Editor:
    def __init__(self):
        self.gone = {}     # id: when it may come back; retracted ones for ever
        self.loose = set()  # merged or split
        self.cuts = True

    def decide(self, readers):
        self.cuts = False
        for i in [i for i, until in self.gone.items() if until <= now]:
            del self.gone[i]
            self.cuts = True
        if rnd.random() > .3:
            return
        known = sorted(readers["all"].known - set(self.gone) - self.loose)
        if len(known) < 4:
            return
        one, other = rnd.sample(known, 2)
        what = rnd.choice(("hide", "hold", "pin", "retitle", "note", "merge", "split",
                           "retract", "approve", "lead"))
        later = now + rnd.choice((6, 50)) * 3600
        args = {"hold": ["--until", stamp(later)], "pin": ["--until", stamp(later)],
                "retitle": ["--to", words(5)], "note": ["--to", words(8)],
                "merge": ["--into", other]}.get(what, [])
        status, out, err = feedmill("decide", what, one, *args)
        if status != 0 and "no item is known" not in err \
                and "names" not in err and "several" not in err:
            fail("decide %s %s: %d %s" % (what, one, status, err))
        note("decide %s %s %s: %d" % (what, one, args, status))
        if status != 0:
            return
        self.cuts = True
        if what in ("hide", "retract"):
            self.gone[one] = 1 << 40
        elif what == "hold":
            self.gone[one] = later
        elif what in ("merge", "split"):
            self.loose |= {one, other}


# ---- a run ---------------------------------------------------------------------------


def run_once(sources, readers, editor, served):
    args = ["refresh", "--jobs", rnd.choice(("1", "2"))]
    if rnd.random() < .7:
        args.append("--all")
    if rnd.random() < .1:
        args.append("-v")
    while rnd.random() < .15:
        moment = rnd.choice((.004, .01, .02, .03, .05, .08))
        feedmill(*args, kill_after=moment)
        note("killed after %g s" % moment)
    status, out, err = feedmill(*args)
    note("%s: %d %s" % (" ".join(args), status, err.replace("\n", " | ")[:200]
                        if "-v" not in args else ""))
    failing = any(s.state not in ("well", "short") or s.may_fail for s in sources)
    if status not in (0, 1):
        fail("refresh: status %d: %s" % (status, err))
    if status == 1 and not failing:
        fail("refresh: status 1 though all is well: " + err)
    if status == 0 and "--all" in args and any(
            s.state in ("404", "500", "410", "reset") for s in sources):
        fail("refresh: status 0 though a source fails")
    if "-v" not in args:
        check_messages("refresh", err)
    marks = {}
    gone = set(editor.gone)
    for name in TOPICS:
        marks[name] = readers[name].read(editor.loose, gone, editor.cuts)
    validate()
    if KEEP:
        subprocess.run("rm -rf before; cp -a mill before", shell=True, check=True)
    before = state_of("mill/output")
    status, out, err = feedmill("publish")
    if status != 0:
        fail("publish: status %d: %s" % (status, err))
    check_messages("publish", err)
    after = state_of("mill/output")
    if before != after:
        fail("publish after refresh changes %s" % sorted(
            k for k in set(before) | set(after) if before.get(k) != after.get(k)))
    if "--all" in args:
        for a in served:
            a.served = a.text
    for s in sources:
        if s.state != "well":
            s.answers = []
        elif "--all" in args:
            s.answers.append(now)
    return marks


told = set()  # marks of what others told


def is_told_by_others(a):
    """By chance, since words of this language may begin alike.  Stories that have
    expired are not listed any more."""
    if a.mark in told:
        return True
    status, out, err = feedmill("list", "stories", "--json")
    if status != 0:
        fail("list stories: %d %s" % (status, err))
    if any(m["title"] == a.title and m.get("why") == "same-event"
           for line in out.splitlines() for m in json.loads(line)["members"]):
        told.add(a.mark)
    return a.mark in told


def check_complete(sources, readers, editor, marks):
    """All that was served is there, but for what the editor took out."""
    for name in WHOLE:
        r = readers[name]
        excused = {m for i in set(editor.gone) | editor.loose
                   for m in r.marks.get(i, ())}
        for s in sources:
            for a in s.articles:
                if a.served and a.mark not in marks[name] \
                        and a.mark not in excused and not is_told_by_others(a):
                    fail("%s: %s of %s (%s) is nowhere" % (
                        name, a.mark, s.name,
                        stamp(a.published) if a.published else "no date"))


def main():
    global now
    os.makedirs("site", exist_ok=True)
    sources = [Source("s%d" % i) for i in range(6)]
    sources += [Source("flips", "flips"), Source("guids", "guids")]
    sources.append(Mirror("mirror", sources[0]))
    sources += [ListPage("list"), Teasers("teasers"), Mover("mover")]
    for s in sources:
        for back in range(rnd.randint(0, 15), 0, -1):
            s.articles.append(Article(s, now - back * 20000))
    write_mill(sources)
    readers = {t: Reader(t) for t in TOPICS}
    editor = Editor()
    runs = 0
    begun = time.time()
    while now < START + DAYS * 86400 and time.time() < begun + SECONDS:
        for s in sources:
            live(s)
            if isinstance(s, Mirror):
                s.refill()
        served = [a for s in sources for a in s.serve()]
        write_mill(sources)
        editor.decide(readers)
        marks = run_once(sources, readers, editor, served)
        check_complete(sources, readers, editor, marks)
        runs += 1
        now += rnd.randint(1800, 14 * 3600)
    print("seed %d: %.0f days, %d runs, %d articles, %d entries, %.0f s" % (
        SEED, (now - START) / 86400, runs, Article.count, len(readers["all"].seen),
        time.time() - begun))


main()
