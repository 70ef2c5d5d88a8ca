#include "fetch/fault.h"

#include <errno.h>

#include "base/arena.h"
#include "base/utf8.h"

static const struct {
    int status;
    const char *words;
} statuses[] = {
    {206, "a part, though all of it was asked for"},
    {304, "not modified, though nothing was asked that could be"},
    {400, "bad request"},
    {401, "a password is needed"},
    {402, "payment is needed"},
    {403, "forbidden"},
    {404, "not found"},
    {405, "method not allowed"},
    {406, "not acceptable"},
    {408, "request timeout"},
    {410, "gone for good"},
    {418, "refused"},
    {421, "misdirected request"},
    {423, "locked"},
    {425, "too early"},
    {426, "upgrade required"},
    {429, "too many requests"},
    {431, "request header fields too large"},
    {451, "unavailable for legal reasons"},
    {500, "internal server error"},
    {501, "not implemented"},
    {502, "bad gateway"},
    {503, "service unavailable"},
    {504, "gateway timeout"},
    {507, "insufficient storage"},
    {508, "loop detected"},
    {520, "unknown error of the content network"},
    {521, "the server behind the content network is down"},
    {522, "the server behind the content network times out"},
    {523, "the server behind the content network is unreachable"},
    {524, "the server behind the content network times out"},
    {525, "TLS behind the content network fails"},
    {526, "the certificate behind the content network is invalid"},
    {530, "the content network cannot reach the server"},
};

void fault_of_status(struct error *err, int status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i].status == status) {
            error_set(err, ERR_HTTP, "HTTP status %d, %s", status,
                      statuses[i].words);
            return;
        }
    error_set(err, ERR_HTTP, "HTTP status %d", status);
}

/* Whom libcurl tried to connect to, by what it says of that: HOST, or a proxy. */
static bool is_of_proxy(struct str detail, struct str host, struct str *name)
{
    struct str words = STR("Failed to connect to ");

    if (!str_starts(detail, words))
        return false;
    detail = str_from(detail, words.n);
    /* It leaves out the full stop that a name may end with. */
    if (str_ends(host, STR(".")))
        host.n--;
    return str_word(&detail, name) && utf8_valid(*name) &&
           !str_eq_nocase(*name, host);
}

static void of_connect(struct error *err, CURL *easy, const char *detail,
                       struct str host)
{
    long number = 0;
    const char *why = "cannot be reached", *who = "";

    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    if (number == ECONNREFUSED)
        why = "refuses the connection";
    else if (number == ENETUNREACH || number == EHOSTUNREACH)
        why = "has no route to it";
    else if (number == ETIMEDOUT)
        why = "does not answer";
    if (is_of_proxy(str_from_c(detail), host, &host))
        who = "the proxy ";
    error_set(err, ERR_NETWORK, "%s%.*s %s", who, STR_ARG(host), why);
}

/* How far it came tells the operator whom to blame. */
static void of_timeout(struct error *err, CURL *easy, struct str host)
{
    curl_off_t looked_up = 0, connected = 0, first_byte = 0, total = 0, got = 0;
    long tenths, sent = 0;

    /* On a kept connection neither name nor connection takes any time. */
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME_T, &looked_up);
    curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total);
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &got);
    tenths = (long)((total + 50000) / 100000);
    if (sent == 0 && looked_up == 0)
        error_set(err, ERR_NETWORK, "timed out: %.*s not resolved in %ld.%ld s",
                  STR_ARG(host), tenths / 10, tenths % 10);
    else if (sent == 0 && connected == 0)
        error_set(err, ERR_NETWORK, "timed out: no connection in %ld.%ld s",
                  tenths / 10, tenths % 10);
    else if (first_byte == 0)
        error_set(err, ERR_NETWORK, "timed out: no answer in %ld.%ld s",
                  tenths / 10, tenths % 10);
    else
        error_set(err, ERR_NETWORK,
                  "timed out: %lld bytes came in %ld.%ld s and no end",
                  (long long)got, tenths / 10, tenths % 10);
}

/* curl's own sentence, without its preamble, as valid UTF-8. */
static void of_tls(struct error *err, const char *detail)
{
    static const struct str preambles[] = {
        STR_INIT("SSL certificate problem: "), STR_INIT("SSL: ")};
    struct str text = str_from_c(detail);

    for (size_t i = 0; i < sizeof preambles / sizeof preambles[0]; i++)
        if (str_starts(text, preambles[i]))
            text = str_from(text, preambles[i].n);
    text = str_slice(text, 0, utf8_valid_prefix(text));
    error_set(err, ERR_NETWORK, "TLS: %.*s", STR_ARG(text));
}

void fault_of_curl(struct error *err, CURL *easy, CURLcode rc,
                   const char *detail, struct str host)
{
    struct str text = str_from_c(detail);

    switch (rc) {
    case CURLE_COULDNT_RESOLVE_HOST:
        error_set(err, ERR_NETWORK, "the name %.*s cannot be resolved",
                  STR_ARG(host));
        break;
    case CURLE_COULDNT_RESOLVE_PROXY:
        error_set(err, ERR_NETWORK, "the proxy's name cannot be resolved");
        break;
    case CURLE_COULDNT_CONNECT:
        of_connect(err, easy, detail, host);
        break;
    case CURLE_OPERATION_TIMEDOUT:
        of_timeout(err, easy, host);
        break;
    case CURLE_GOT_NOTHING:
        error_set(err, ERR_NETWORK, "the server hung up without an answer");
        break;
    case CURLE_PARTIAL_FILE:
        error_set(err, ERR_NETWORK, "the answer ends before its end");
        break;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        error_set(err, ERR_NETWORK, "the connection broke");
        break;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        error_set(err, ERR_NETWORK, "the answer is not HTTP");
        break;
    case CURLE_BAD_CONTENT_ENCODING:
        error_set(err, ERR_NETWORK, "the answer is not compressed as it says");
        break;
    case CURLE_OUT_OF_MEMORY:
        error_set(err, ERR_LIMIT, "out of memory in libcurl");
        break;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        of_tls(err, text.n > 0 ? detail : curl_easy_strerror(rc));
        break;
    default:
        if (text.n == 0)
            text = str_from_c(curl_easy_strerror(rc));
        text = str_slice(text, 0, utf8_valid_prefix(text));
        error_set(err, ERR_NETWORK, "%.*s", STR_ARG(text));
        break;
    }
}
