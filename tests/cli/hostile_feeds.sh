# Feeds made to be expensive: little memory, and what can be read comes out.
. ./lib.sh
cat >measure.py <<'P'
import os, resource, subprocess, sys
with open("out", "wb") as out, open("err", "wb") as err:
    status = subprocess.call([os.environ["FEEDMILL"]] + sys.argv[1:],
                             stdout=out, stderr=err)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_maxrss // 1024, int(1000 * (used.ru_utime + used.ru_stime)))
P
python3 - <<'P'
import json
V = "https://jsonfeed.org/version/1.1"
rss = "<rss version='2.0' xmlns:x='urn:x'><channel>%s<item><title>last</title></item></channel></rss>"
item = lambda inside: rss % ("<item><title>first</title>%s</item>" % inside)
def write(name, text):
    open(name, "w").write(text)
words = "Some words of text, and more of them. "
write("attribute.xml", item("<enclosure url='http://example.org/" + "x" * 16000000 + "'/>"))
write("name.xml", item("<" + "x" * 16000000 + "/>"))
behind = "<link>http://a.example/behind</link><guid>behind it</guid><pubDate>Mon, 02 Dec 2024 10:00:00 GMT</pubDate>"
write("text.xml", item("<description>" + words * 300000 + "</description>" + behind))
write("texts.xml", item("<description><x:p><x:b>" + words * 300000 + "</x:b></x:p>" + words + "</description>" + behind))
write("sources.xml", item("<source url='http://example.org/'>x</source>" * 50000))
write("titles.xml", item(("<title>" + words * 30 + "</title>") * 20000))
write("pictures.xml", item("<image><url>http://example.org/a.png</url></image>" * 100000))
write("deep.xml", item("<x:b a='1'>" * 200000 + "</x:b>" * 200000))
write("entries.xml", rss % ("<item/>" * 500100))
write("zeros.xml", rss % ("\0" * 16000000))
strings = [words * 110000 + str(i) for i in range(6)]
write("strings.json", json.dumps({"version": V, "items": [
    {"id": "1", "title": "first", "authors": [{"name": s} for s in strings]},
    {"id": "2", "title": "last"}]}))
write("values.json", json.dumps({"version": V, "items": [
    {"id": "1", "title": "first", "_x": [1] * 1000000}, {"id": "2", "title": "last"}]}))
write("deep.json", '{"version":"%s","items":[{"id":"1","title":"first","_x":' % V + "[" * 200000 +
      "]" * 200000 + '},{"id":"2","title":"last"}]}')
write("many.json", '{"version":"%s","items":[' % V + ",".join(
    '{"id":"%d","title":"last"}' % i for i in range(20000)) + "]}")
write("page.html", "<!doctype html><div class=h-entry><p class=p-name>last</p></div>" +
      "<div class=h-entry><b class=p-name>x</b></div>" * 80000)
P
for f in *.xml *.json *.html; do
    read -r status mb ms <<P
$(python3 measure.py parse $f)
P
    echo "$f: $mb MB, $ms ms"
    [ "$status" = 0 ] || fail "$f: status $status"
    has out '"title":"last"'
    case $f in
    entries.xml) lacks out elements ;;
    text.xml | texts.xml)
        has out '"code":"too-large"'
        has out '"id":"behind it","url":"http://a.example/behind","title":"first"'
        has out '"date_published":"2024-12-02T10:00:00Z"'
        ;;
    many.json | zeros.xml) ;;
    *) has out '"code":"' ;;
    esac
    case $FEEDMILL in
    *asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed
    *) [ "$mb" -le 64 ] || fail "$f: $mb MB" ;;
    esac
done

# Lists are printed as they are read.
python3 - <<'P'
n = range(200000)
open("list.opml", "w").write("<opml><body>%s<outline text='last' xmlUrl='http://a.example/'/></body></opml>" % "".join(
    "<outline text='Name %d' xmlUrl='http://a.example/feeds/%d/rss.xml'/>" % (i, i) for i in n))
open("index.xml", "w").write("<sitemapindex>%s<sitemap><loc>http://a.example/last</loc></sitemap></sitemapindex>" % "".join(
    "<sitemap><loc>http://a.example/%d.xml</loc></sitemap>" % i for i in n))
P
case $FEEDMILL in
*asan* | *fuzz* | *tsan*) exit 0 ;;
esac
for f in list.opml index.xml; do
    read -r status mb ms <<P
$(python3 measure.py parse $f)
P
    echo "$f: $mb MB, $ms ms"
    [ "$status" = 0 ] || fail "$f: status $status"
    grep -q last out || fail "$f: the last one is missing"
    [ "$mb" -le 32 ] || fail "$f: $mb MB"
done

# A source of more entries than are taken.
"$FEEDMILL" init mill >init.txt || fail "init"
rm mill/feeds/topics/*
python3 - <<'P'
open("mill/feeds/samples/map.xml", "w").write("<urlset>%s</urlset>" % "".join(
    "<url><loc>http://a.example/%d</loc><lastmod>2010-09-06</lastmod></url>" % i for i in range(200000)))
open("mill/feeds/topics/map.yaml", "w").write(
    "title: Map\nsources:\n  - file: ../samples/map.xml\n    url: http://a.example/map.xml\n")
P
for run in first second; do
    read -r status mb ms <<P
$(python3 measure.py -C mill refresh)
P
    echo "refresh: $mb MB, $ms ms"
    [ "$status" = 0 ] || fail "$run refresh: status $status"
    [ "$mb" -le 64 ] || fail "$run refresh: $mb MB"
    sed -i "s,example/5000<,example/new<," mill/feeds/samples/map.xml
done
