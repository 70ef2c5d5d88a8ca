# One entry as large as a feed: little memory, and what was read of it comes out.
. ./lib.sh
cat >measure.py <<'X'
import os, resource, subprocess, sys
with open("out", "wb") as out, open("err", "wb") as err:
    status = subprocess.call([os.environ["FEEDMILL"]] + sys.argv[1:], stdout=out,
                             stderr=err)
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
X
# make FILE MARKUP: a feed with ten megabytes of MARKUP in its only entry
make() {
    python3 - "$@" <<'X'
import html, sys
markup = html.escape(sys.argv[2])
open(sys.argv[1], "w").write(
    "<rss version='2.0'><channel><title>t</title><item><title>a</title>"
    "<description>%s</description></item></channel></rss>"
    % (markup * (10000000 // len(markup))))
X
}
# make_json FILE MARKUP: the same of 24 megabytes in JSON
make_json() {
    python3 - "$@" <<'X'
import json, sys
json.dump({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [
    {"id": "1", "content_html": sys.argv[2] * (24000000 // len(sys.argv[2]))}]},
    open(sys.argv[1], "w"))
X
}
make paragraphs '<p class="x">Some words of a <b>paragraph</b> with a <a href="http://example.org/a?b=c">link</a>.</p>'
make dense '<b>a</b>'
make crossed '<b><p>Some words</b></p> <i>x</i>'
make_json json_paragraphs '<p class="x">Some words of a <b>paragraph</b> with a <a href="http://example.org/a?b=c">link</a>.</p>'
make_json json_dense '<b>a</b>'
for f in paragraphs dense crossed json_paragraphs json_dense; do
    read -r status mb <<X
$(python3 measure.py parse $f)
X
    echo "$f: $mb MB"
    [ "$status" = 0 ] || fail "$f: status $status"
    has out '"code":"too-large"'
    case $FEEDMILL in
    *asan* | *fuzz* | *tsan*) ;; # sanitizers keep what was freed
    *) [ "$mb" -le 64 ] || fail "$f: $mb MB" ;;
    esac
done
