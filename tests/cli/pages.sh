# What browsers need to show the pages and feeds as they are written: languages and
# directions, of a source that says neither, too.
. ./lib.sh
needs xmllint
start_site
mkdir -p site
cat >site/a.xml <<'XML'
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:f</id><title>Quay</title><updated>2024-12-05T10:00:00Z</updated>
<entry xml:lang="ar"><id>urn:x:ar</id><title>الميناء يفتتح رافعة جديدة</title><link href="https://example.org/ar"/><updated>2024-12-05T10:00:00Z</updated><content type="html">&lt;p&gt;افتتح الميناء أمس رافعة جديدة يبلغ ارتفاعها مئة متر.&lt;/p&gt;</content></entry>
<entry><id>urn:x:zh</id><title>港口的新起重机</title><link href="https://example.org/zh"/><updated>2024-12-04T10:00:00Z</updated><content type="html">&lt;p&gt;港口昨天装上了一台新的起重机，码头因此关闭了三天，渡轮也停航了。&lt;/p&gt;</content></entry>
<entry xml:lang="en"><id>urn:x:en</id><title>The crane of the quay</title><link href="https://example.org/en"/><updated>2024-12-03T10:00:00Z</updated><content type="html">&lt;p&gt;Yesterday the harbour set up a new crane, and the quay was closed for three days.&lt;/p&gt;</content></entry>
<entry xml:lang="en"><id>urn:x:he</id><title>עגורן חדש ברציף</title><link href="https://example.org/he"/><updated>2024-12-02T11:00:00Z</updated><content type="html">&lt;p&gt;הנמל העמיד אתמול עגורן חדש, Quay Lift 3000, והרציף נסגר.&lt;/p&gt;</content></entry>
<entry xml:lang="ar"><id>urn:x:latin</id><title>Quay closed</title><link href="https://example.org/latin"/><updated>2024-12-02T10:30:00Z</updated><content type="html">&lt;p&gt;The quay that the sailors call الرصيف was closed again on Monday.&lt;/p&gt;</content></entry>
<entry><id>urn:x:none</id><title>404</title><link href="https://example.org/none"/><updated>2024-12-02T10:00:00Z</updated><content type="html">&lt;p&gt;1 2 3&lt;/p&gt;</content></entry>
</feed>
XML
mill "$origin/a.xml"
echo 'language: en' >>mill/feeds/mill.yaml
run 0 refresh -C mill
out=mill/output/news
# article ID: the tag that the entry's article begins with.
article() {
    grep -B1 "https://example.org/$1\"" $out/index.html | grep -o '<article[^>]*>' | sed 's/ id="[^"]*"//'
}
[ "$(article ar)" = '<article lang="ar" dir="rtl">' ] || fail "ar: $(article ar)"
[ "$(article zh)" = '<article lang="zh-Hans">' ] || fail "zh: $(article zh)"
[ "$(article en)" = '<article>' ] || fail "en: $(article en)"
[ "$(article he)" = '<article dir="rtl">' ] || fail "Hebrew that is called English: $(article he)"
[ "$(article latin)" = '<article lang="ar">' ] || fail "English that is called Arabic: $(article latin)"
[ "$(article none)" = '<article>' ] || fail "none: $(article none)"
has $out/index.html '<html lang="en">'
has $out/2024-12-05.html '<article id='
language() {
    xmllint --xpath "string(//*[local-name()='entry'][*[local-name()='id']='urn:x:$1']/@*[local-name()='lang'])" $out/atom.xml
}
[ "$(language zh)" = zh-Hans ] || fail "a reader takes Chinese for English"
[ "$(language ar)" = ar ] || fail "Atom says no Arabic"
[ -z "$(language none)$(language en)" ] || fail "Atom says what is not known, or known"
has $out/rss.xml '<dc:language>zh-Hans</dc:language>'
has $out/feed.json '"language": "zh-Hans"'

# Feed formats have no word for directions: the content says it, to readers that
# show it as it is.
content() {
    xmllint --xpath "string(//*[local-name()='entry'][*[local-name()='id']='urn:x:$1']/*[local-name()='content'])" $out/atom.xml
}
case $(content ar) in
'<div dir="rtl"><p>افتتح'*'</p></div>') ;;
*) fail "the content has no direction: $(content ar)" ;;
esac
case $(content he) in
'<div dir="rtl"><p>'*) ;;
*) fail "the direction is by the word of the feed: $(content he)" ;;
esac
case $(content zh)$(content en)$(content latin)$(content none) in
*dir=*) fail "a direction where none is wanted" ;;
esac
count 2 $out/rss.xml '<content:encoded>&lt;div dir="rtl"&gt;'
count 2 $out/rss.xml '<description>&lt;p dir="rtl"&gt;'
count 2 $out/feed.json '"content_html": "<div dir=\"rtl\"><p>'
sed -i 's/^publish:.*/publish: excerpt/' mill/feeds/mill.yaml
run 0 publish -C mill
case $(content ar) in
'<p dir="rtl">افتتح'*'</p><p><a href="https://example.org/ar">'*) ;;
*) fail "an excerpt has no direction: $(content ar)" ;;
esac
case $(content en) in
'<p>Yesterday'*) ;;
*) fail "the excerpt of another has one: $(content en)" ;;
esac

# The other way round.
sed -i 's/^language:.*/language: ar/' mill/feeds/mill.yaml
run 0 publish -C mill
has $out/index.html '<html lang="ar" dir="rtl">'
[ "$(article ar)" = '<article>' ] || fail "ar in ar: $(article ar)"
[ "$(article en)" = '<article lang="en" dir="ltr">' ] || fail "en in ar: $(article en)"
