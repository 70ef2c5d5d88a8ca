# Pages of very many different words: each ends soon and in little memory.
. ./lib.sh
. "$here/hostile_page.inc"
page han.html '' '<p>HAN，HAN。</p>' 30000 ''
page han_breaks.html '<div>' 'HAN<br>' 100000 ''
page han_rows.html '<table>' '<tr><td>HAN<td>HAN' 100000 '</table>'
page han_links.html '<ul>' '<li><a href=/2024/11/14/WORD.html>HAN</a> 2024-11-14' 60000 ''
page word_links.html '' '<p><a href=/WORD>WORD WORD WORD WORD WORD</a>' 60000 ''
page words.html '' '<p>WORD WORD WORD, WORD WORD WORD WORD. WORD WORD, WORD WORD.' 30000 ''
page headings.html '' '<h2>WORD WORD WORD</h2><p>WORD WORD WORD, WORD WORD. WORD WORD WORD.' 15000 ''
trees=$(printf ' eee e tree e e see e e here e,%.0s' $(seq 4000))
page quotes.html "<p>eee e see the e tree, e$trees e see.</p>" '<p>eee e see the e tree, WORD and WORD of the WORD in the WORD and the WORD' 20000 ''
