# Pages of very many different words: each ends soon and in little memory.
. ./lib.sh
. "$here/hostile_page.inc"
page han.html '' '<p>HAN，HAN。</p>' 10000 ''
page han_breaks.html '<div>' 'HAN<br>' 50000 ''
page han_rows.html '<table>' '<tr><td>HAN<td>HAN' 40000 '</table>'
page han_links.html '<ul>' '<li><a href=/2024/11/14/WORD.html>HAN</a> 2024-11-14' 30000 ''
page word_links.html '' '<p><a href=/WORD>WORD WORD WORD WORD WORD</a>' 25000 ''
page words.html '' '<p>WORD WORD WORD, WORD WORD WORD WORD. WORD WORD, WORD WORD.' 12000 ''
page headings.html '' '<h2>WORD WORD WORD</h2><p>WORD WORD WORD, WORD WORD. WORD WORD WORD.' 6000 ''
trees=$(printf ' eee e tree e e see e e here e,%.0s' $(seq 4000))
page quotes.html "<p>eee e see the e tree, e$trees e see.</p>" '<p>eee e see the e tree, WORD and WORD of the WORD in the WORD and the WORD' 10000 ''
