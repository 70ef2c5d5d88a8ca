# Headers, passwords and proxies of a source: used where they belong, sent nowhere
# else, printed nowhere.
. ./lib.sh
start_site
rss inside.xml 3
rss plain.xml 2 Other
rss elsewhere.xml 2 Away
printf 'redirect 302 /inside.xml\n' >site/stays.xml.route
printf 'redirect 302 http://127.0.0.2:$PORT/elsewhere.xml\n' >site/leaves.xml.route
printf 'redirect 302 http://127.0.0.2:$PORT/back.xml\n' >site/round.xml.route
printf 'redirect 302 http://127.0.0.1:$PORT/plain.xml?back\n' >site/back.xml.route
mill
mkdir mill/keys
printf 'hush-hush-password\r\n' >mill/keys/password
export READER_PASSWORD=another-hidden-word
topic() {
    { printf 'title: News\nsources:\n'; cat; } >mill/feeds/topics/news.yaml
}
secrets="headers: {X-Api-Key: secret-key-of-ours}, user: reader, password_file: keys/password"
topic <<X
  - {url: "$origin/stays.xml", $secrets}
  - {url: "$origin/leaves.xml", $secrets}
  - {url: "$origin/round.xml", user: reader, password_env: READER_PASSWORD}
  - $origin/plain.xml
X
basic=$(printf 'reader:hush-hush-password' | base64)
run 0 refresh -C mill -v --json
cp err all.err
cp out all.out
# asked N TARGET TEXT: N requests for TARGET had TEXT in their heads.
asked() {
    n=$(grep -F "ask GET $2	" site.log | grep -cF -- "$3" || :)
    [ "$n" = "$1" ] || fail "$2 was asked $n times with $3, not $1"
}
asked 1 /stays.xml "Authorization: Basic $basic"
asked 1 /stays.xml "X-Api-Key: secret-key-of-ours"
asked 1 /inside.xml "Authorization: Basic $basic"
asked 1 /inside.xml "X-Api-Key: secret-key-of-ours"
asked 1 /leaves.xml "Authorization: "
asked 1 /elsewhere.xml "Host: 127.0.0.2"
asked 0 /elsewhere.xml Authorization
asked 0 /elsewhere.xml X-Api-Key
asked 1 /round.xml "Authorization: "
asked 0 /back.xml Authorization
asked 1 /plain.xml "Host: "
asked 0 /plain.xml Authorization

# A bearer token, from a file or the environment.
printf 'token-in-a-file\n' >mill/keys/token
topic <<X
  - {url: "$origin/stays.xml", token_file: keys/token, headers: {X-Api-Key: secret-key-of-ours}}
  - {url: "$origin/leaves.xml", token_env: READER_TOKEN}
  - $origin/plain.xml
X
READER_TOKEN=token-in-the-environment run 0 refresh -C mill --all -v --json
cat err >>all.err
cat out >>all.out
asked 1 /stays.xml "Authorization: Bearer token-in-a-file"
asked 2 /stays.xml "X-Api-Key: secret-key-of-ours"
asked 1 /inside.xml "Authorization: Bearer token-in-a-file"
asked 1 /leaves.xml "Authorization: Bearer token-in-the-environment"
asked 0 /elsewhere.xml Authorization
asked 0 /plain.xml Authorization
printf 'token-in a file\n' >mill/keys/token
READER_TOKEN="token-in-two
lines: yes" run 1 refresh -C mill --all
cat err >>all.err
count 2 err "the token has characters that no token has"
asked 2 /stays.xml "Host: "
run 1 refresh -C mill --all -v
has err "token_env: READER_TOKEN is not in the environment"
topic <<X
  - {url: "$origin/stays.xml", $secrets}
  - {url: "$origin/leaves.xml", $secrets}
  - {url: "$origin/round.xml", user: reader, password_env: READER_PASSWORD}
  - $origin/plain.xml
X

# A password that cannot be had is that source's fault, and the others go on.
rm mill/keys/password
sed -i 's/READER_PASSWORD/NOBODY_KNOWS/' mill/feeds/topics/news.yaml
run 1 refresh -C mill --all -v
cat err out >>all.err
has err "keys/password"
has err "NOBODY_KNOWS is not in the environment"
has err "plain.xml: unchanged"
for c in "list sources" "list sources --json" "list items --json" check publish; do
    run 0 $c -C mill
    cat out err >>all.out
done
for word in hush-hush token-in another-hidden secret-key-of-ours "$basic"; do
    lacks all.err "$word"
    lacks all.out "$word"
    ! grep -rqaF "$word" mill/output mill/.feedmill || fail "$word was written"
done

# Mistakes are told with their place and without the secret.
wrong() {
    printf '  - {url: "%s/x.xml", %s}\n' "$origin" "$1" | topic
    run 2 check -C mill
    has err "news.yaml:3:"
    has err "$2"
    lacks err hidden
}
wrong 'user: reader' "user goes with password_file or password_env"
wrong 'password_env: A' "user goes with"
wrong 'token_env: A, token_file: b' "token_file and token_env"
wrong 'token_env: A, user: reader, password_env: B' "a token is the whole Authorization"
wrong 'token_env: A, headers: {authorization: hidden}' "a token is the whole Authorization"
wrong 'headers: {Host: hidden.example}' "the header Host is feedmill's to say"
wrong 'headers: {"X-A": "hidden\nX-B: b"}' "the header X-A is not one line"
wrong 'headers: {"X A": hidden}' "no name of a header"
wrong 'headers: [hidden]' "headers are wanted here"
wrong 'proxy: "ftp://hidden"' "no proxy (as in"
wrong 'client_key: some.pem' "client_key goes with client_cert"
wrong 'pasword_file: hidden' "password_file"
printf '  - "http://reader:hidden@127.0.0.1:%s/x.xml"\n' "$port" | topic
run 2 check -C mill
has err "addresses are printed"
lacks err hidden

# A certificate that cannot be read is a reason.
topic <<X
  - {url: "https://127.0.0.1:$port/plain.xml", client_cert: keys/none.pem}
X
run 1 refresh -C mill
has err "client_cert: there is no file"
has err "TLS: "

# Proxies: of the source, of the environment, none.
topic <<X
  - {url: "http://feeds.example.org/plain.xml", proxy: "http://127.0.0.2:$port"}
  - {url: "http://more.example.org/inside.xml"}
  - {url: "$origin/elsewhere.xml", proxy: none}
X
http_proxy=http://127.0.0.1:$port run 0 refresh -C mill
count 1 site.log "ask GET http://feeds.example.org/plain.xml"
count 1 site.log "ask GET http://more.example.org/inside.xml"
asked 3 /elsewhere.xml "Host: "
run 0 list sources -C mill
count 3 out "$(printf 'ok ')"

# The address guard looks at the proxy too, and at what it is to be asked for.
topic <<X
  - {url: "http://feeds.example.org/other.xml", proxy: "http://127.0.0.3:$port"}
  - {url: "http://169.254.169.254/latest/", proxy: "http://127.0.0.2:$port"}
  - {url: "http://localhost:$port/plain.xml", proxy: "http://127.0.0.2:$port"}
  - {url: "http://metadata.google.internal/", proxy: "http://127.0.0.2:$port"}
  - {url: "http://feeds.example.org/to-inner", proxy: "http://127.0.0.2:$port"}
  - {url: "http://printer.local/"}
X
printf 'redirect 302 http://router/secret\n' >site/to-inner.route
: >site.log
http_proxy=http://127.0.0.1:$port run 1 refresh -C mill
has err "127.0.0.3 is loopback"
has err "169.254.169.254 is link-local"
has err "localhost is a name of the proxy's own network"
has err "metadata.google.internal is a name"
has err "printer.local is a name"
has err "router is a name"
count 1 site.log " ask "

# Whom to blame: the proxy, by its name and without its password.
topic <<X
  - {url: "http://feeds.example.org/none.xml", proxy: "http://me:hidden-too@127.0.0.2:1"}
  - {url: "http://127.0.0.2:1/none.xml", proxy: none}
X
run 1 refresh -C mill -v
has err "feeds.example.org/none.xml: the proxy 127.0.0.2 refuses the connection"
has err "127.0.0.2:1/none.xml: 127.0.0.2 refuses the connection"
lacks err hidden-too
