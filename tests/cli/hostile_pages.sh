# Pages made to cost: each ends soon and in little memory, with a result.
. ./lib.sh
. "$here/hostile_page.inc"
page nested.html '' '<div>' 300000 x
page attributes.html '<p ' 'a b=c d="e" ' 50000 '>x</p>'
page formatting.html '' '<a><b><i>' 100000 x
page paragraphs.html '' '<p>x' 4000000 ''
page text.html '<p>' 'some words and no end of them ' 6700000 ''
page cells.html '<table><tr>' '<td>1' 1000000 ''
page rows.html '<table>' '<tr><td>1</td><td>2</td></tr>' 500000 '</table>'
page attribute.html '<p title="' 'abcdefghij' 100000 '">x</p>'
page large_attributes.html '' "<p title=\"$(printf '%01000d' 0)\">x" 16000 ''
page tables.html '' '<table><tr><td>' 100000 x
page comments.html '' '<!--' 4000000 ''
page scripts.html '' '<script>a = "<b>" + "and some more of it";</script>' 200000 x
page script.html '<script>' 'a = "<b>";' 1600000 ''
page links.html '' '<a href=/a>x</a>' 1000000 ''
page captions.html '' '<div><img src=https://a.example/x><p>what is shown</p></div>' 60000 x
page figures.html '<figure><img src=https://a.example/x>' '<figcaption>what is shown' 60000 x
page dates.html '' '<p>2024-11-14 10:00, by Jane Roe</p>' 400000 ''
page references.html '<p>' '&amp;&lt;' 1600000 ''
page lines.txt '' 'x y
' 4000000 ''
page words.txt '' 'some words and no end of them ' 530000 ''
prose='<p>The harbour council met on Tuesday to talk of the breakwater, which the winter storms of the last years have worn down, and voted to rebuild it.</p>'
page offers.html "$prose$prose$prose" '<p>Casino bonus: add vx12345, act now.</p>' 60000 ''
page inserts.html "$prose$prose$prose<p>" 'The harbour is old. Casino bonus: add vx12345. ' 60000 ''
