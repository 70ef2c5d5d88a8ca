# A certificate nobody vouches for is refused, with a word about why.
. ./lib.sh
cat >server.py <<X
import http.server, ssl, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Quiet)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
X
timeout 60 python3 server.py "$here/data/untrusted.pem" >port 2>/dev/null &
site_pid=$!
wait_for "the server" [ -s port ]
rss feed.xml 1
run 1 parse "https://127.0.0.1:$(cat port)/site/feed.xml"
empty out
has err "TLS: "
has err "self-signed"

# The owner may vouch for it, and for nothing else.
SSL_CERT_FILE=$here/data/untrusted.pem run 0 parse \
    "https://127.0.0.1:$(cat port)/site/feed.xml"
has out '"items"'
: >none.pem
SSL_CERT_FILE=$PWD/none.pem run 1 parse \
    "https://127.0.0.1:$(cat port)/site/feed.xml"
empty out
