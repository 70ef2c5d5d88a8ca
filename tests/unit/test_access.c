/* What a source's owner gives for its own origin, over TLS. */
#include "unit/fetching.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define PEM CASES_DIR "/../cli/data/untrusted.pem"

/* A server that wants a client's certificate and says whether it got one; /away
 * redirects to another name of the same machine, which is another origin. */
static const char program[] =
    "import http.server, ssl, sys\n"
    "class H(http.server.BaseHTTPRequestHandler):\n"
    "    def log_message(self, *a): pass\n"
    "    def do_GET(self):\n"
    "        cert = self.connection.getpeercert()\n"
    "        text = ('cert ' if cert else 'none ') + "
    "self.headers.get('X-Key', '-')\n"
    "        away = self.path == '/away'\n"
    "        self.send_response(302 if away else 200)\n"
    "        if away: self.send_header('Location', 'https://localhost:%d/x' "
    "% self.server.server_port)\n"
    "        self.send_header('Content-Length', str(len(text)))\n"
    "        self.end_headers()\n"
    "        self.wfile.write(text.encode())\n"
    "s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)\n"
    "c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
    "c.load_cert_chain(sys.argv[1])\n"
    "c.load_verify_locations(sys.argv[1])\n"
    "c.verify_mode = ssl.CERT_OPTIONAL\n"
    "s.socket = c.wrap_socket(s.socket, server_side=True)\n"
    "print(s.server_port, flush=True)\n"
    "s.serve_forever()\n";

static pid_t server;
static int server_port;

static void start_server(void)
{
    char text[32] = "";
    int out[2];

    ck_assert_int_eq(pipe(out), 0);
    server = fork();
    if (server == 0) {
        dup2(out[1], 1);
        alarm(60);
        execlp("python3", "python3", "-c", program, PEM, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    ck_assert_int_gt(read(out[0], text, sizeof text - 1), 0);
    close(out[0]);
    server_port = (int)strtol(text, NULL, 10);
}

static void stop_server(void)
{
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
}

static void ask_server(const char *path, const struct fetch_access *access,
                       struct seen *seen)
{
    struct fetch_options o = usual();
    struct fetcher *f;
    struct request r = {.user = seen, .access = access};

    memset(seen, 0, sizeof *seen);
    o.ca_file = STR(PEM);
    o.is_unguarded = true;
    f = new_fetcher(&o);
    r.url =
        arena_printf(unit_arena(), "https://127.0.0.1:%d%s", server_port, path);
    fetcher_add(f, &r);
    fetcher_run(f, NULL);
    fetcher_free(f);
}

static struct fetch_access ours(void)
{
    static const struct str headers[] = {STR_INIT("X-Key: abc")};

    return (struct fetch_access){
        .home = arena_printf(unit_arena(), "https://127.0.0.1:%d/feed",
                             server_port),
        .headers = headers,
        .n_headers = 1,
        .client_cert = STR(PEM)};
}

START_TEST(a_client_certificate_is_shown_to_its_origin_only)
{
    struct fetch_access access = ours();
    struct seen seen;

    ask_server("/", NULL, &seen);
    ck_str(buf_str(&seen.body), "none -");
    buf_done(&seen.body);
    ask_server("/", &access, &seen);
    ck_str(buf_str(&seen.body), "cert abc");
    buf_done(&seen.body);
    ask_server("/away", &access, &seen);
    ck_str(buf_str(&seen.body), "none -");
    buf_done(&seen.body);
    access.home = STR("https://example.org/");
    ask_server("/", &access, &seen);
    ck_str(buf_str(&seen.body), "none -");
    buf_done(&seen.body);
}
END_TEST

START_TEST(a_certificate_that_is_none_is_said)
{
    struct fetch_access access = ours();
    struct seen seen;

    access.client_cert = STR(CASES_DIR "/README.md");
    ask_server("/", &access, &seen);
    ck_assert(!seen.ok);
    ck_assert_msg(strstr(seen.text, "TLS: ") == seen.text, "%s", seen.text);
}
END_TEST

UNIT_TESTS_IN(start_server, stop_server,
              a_client_certificate_is_shown_to_its_origin_only,
              a_certificate_that_is_none_is_said)
