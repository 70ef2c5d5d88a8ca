# An entry that names no language is in its feed's, unless its letters say
# otherwise: rules, filters and readers go by that.
. ./lib.sh
start_site
# entry N TITLE TEXT [LANGUAGE]
entry() {
    printf '<item><title>%s</title><link>https://example.org/%s</link>' "$2" "$1"
    printf '<pubDate>Mon, 02 Dec 2024 1%s:00:00 GMT</pubDate>' "$1"
    [ -z "${4:-}" ] || printf '<dc:language>%s</dc:language>' "$4"
    printf '<description>%s</description></item>\n' "$3"
}
{
    printf '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    printf '<channel><title>Hav</title><link>https://example.org/</link>'
    printf '<description>d</description><language>sv-se</language>\n'
    entry 1 'Kajen 4' 'Lyftkran 4.'
    entry 2 'Port news' 'The crane of the port was moved, and they had to close it for three days.'
    entry 3 'Satama 7' 'Nosturi 7.' fi
    entry 4 '港口的新起重机' '港口昨天装上了一台新的起重机，码头因此关闭了三天。'
    printf '</channel></rss>\n'
} >site/a.xml
mill "$origin/a.xml"
run 0 refresh -C mill
# language TITLE: of the entry
language() {
    xmllint --xpath "string(//*[local-name()='entry'][*[local-name()='title']='$1']/@xml:lang)" \
        mill/output/news/atom.xml
}
[ "$(language 'Kajen 4')" = sv-SE ] || fail "the feed's: $(language 'Kajen 4')"
[ "$(language 'Satama 7')" = fi ] || fail "its own: $(language 'Satama 7')"
[ "$(language 'Port news')" != sv-SE ] || fail "English is called Swedish"
[ "$(language '港口的新起重机')" = zh-Hans ] || fail "Chinese"

# What is not Swedish is not of a Swedish topic.
sed -i '1a languages: [sv]' mill/feeds/topics/news.yaml
run 0 publish -C mill
entries 1 mill/output/news/atom.xml
has mill/output/news/atom.xml "Kajen 4"

# parse prints what the document says.
run 0 parse site/a.xml
lacks out '"language":"sv-SE"'
has out '"language":"fi"'
