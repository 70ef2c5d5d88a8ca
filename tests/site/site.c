/*
 * The site's loop.  One thread polls the listening sockets, a pipe that says
 * stop, and the connections.  A connection collects a request head, gets its
 * answer from answer.c as spans of bytes, and sends them as the answer's pace
 * allows; then it lives on, closes or is reset.
 */
#include "site/site.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "site/answer.h"

#define HOSTS_MAX 64
#define CONNS_MAX 4096
#define HEAD_MAX  ((size_t)64 << 10)
#define PIECE     ((size_t)64 << 10)

struct conn {
    int fd;
    unsigned number;
    struct buf in;
    bool answering;
    struct answer answer;
    size_t span, at; /* where in the answer */
    uint64_t said;   /* times the span was said */
    int64_t body_sent;
    int64_t next_ms; /* not before */
    char target[1024];
};

struct site {
    int listeners[HOSTS_MAX], nlisteners;
    int wake[2], port;
    char folder[1024], log_path[1100];
    bool own_folder;
    FILE *log;
    int64_t started;
    unsigned conns_made;
    struct conn *conns[CONNS_MAX];
    size_t nconns;
    struct arena *arena;
    struct map counts;
    pthread_mutex_t mutex; /* counts */
    pthread_t thread;
    char urls[16][1200];
    unsigned nurls;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void conn_free(struct conn *c)
{
    answer_done(&c->answer);
    buf_done(&c->in);
    close(c->fd);
    free(c);
}

static void say(struct site *s, struct conn *c, const char *what)
{
    fprintf(s->log, "%lld %u %s\n", (long long)(now_ms() - s->started),
            c->number, what);
    fflush(s->log);
}

static void accept_all(struct site *s, int listener)
{
    int fd, one = 1;

    while (s->nconns < CONNS_MAX && (fd = accept(listener, NULL, NULL)) >= 0) {
        struct conn *c = calloc(1, sizeof *c);

        fcntl(fd, F_SETFL, O_NONBLOCK);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        c->fd = fd;
        c->number = ++s->conns_made;
        buf_init(&c->in, HEAD_MAX);
        s->conns[s->nconns++] = c;
    }
}

/* Counts this request; the first is 1. */
static uint64_t count_request(struct site *s, struct str target)
{
    uint64_t count;
    size_t *slot;

    pthread_mutex_lock(&s->mutex);
    slot = map_get(&s->counts, target);
    if (slot == NULL)
        slot = map_put(&s->counts, arena_str(s->arena, target), NULL);
    count = ++*slot;
    pthread_mutex_unlock(&s->mutex);
    return count;
}

static struct str header_of(struct str head, struct str name)
{
    struct str line;

    while (str_split(&head, '\n', &line))
        if (str_starts_nocase(line, name) && line.n > name.n &&
            line.p[name.n] == ':')
            return str_trim(str_from(line, name.n + 1));
    return STR_NONE;
}

/* Where the first request in C->in ends, its body included; STR_NOT_FOUND while
 * it is not all there.  *HEAD is its head. */
static size_t request_end(const struct conn *c, struct str *head)
{
    struct str all = buf_str(&c->in);
    size_t end = str_find(all, STR("\r\n\r\n"), 0);
    int64_t body = 0;

    if (end == STR_NOT_FOUND)
        return end;
    *head = str_trim(str_slice(all, 0, end));
    if (!str_to_i64(header_of(*head, STR("Content-Length")), &body) || body < 0)
        body = 0;
    end += 4 + (size_t)body;
    return end <= all.n ? end : STR_NOT_FOUND;
}

static void log_request(struct site *s, struct conn *c, struct str head,
                        struct str body)
{
    struct str line;

    fprintf(s->log, "%lld %u ask", (long long)(now_ms() - s->started),
            c->number);
    if (str_split(&head, '\n', &line)) {
        line = str_slice(str_trim(line), 0, str_find_last(line, ' '));
        fprintf(s->log, " %.*s", STR_ARG(line));
    }
    while (str_split(&head, '\n', &line))
        fprintf(s->log, "\t%.*s", STR_ARG(str_trim(line)));
    if (body.n > 0)
        fprintf(s->log, "\tbody: %.*s", STR_ARG(body));
    fputc('\n', s->log);
    fflush(s->log);
}

/* Starts to answer the request in C->in that has this head and ends at byte
 * END. */
static void answer_request(struct site *s, struct conn *c, struct str head,
                           size_t end)
{
    struct str whole = str_slice(buf_str(&c->in), 0, end), line, word;
    struct asked q = {.folder = s->folder, .port = s->port};

    log_request(s, c, head,
                str_from(whole, str_find(whole, STR("\r\n\r\n"), 0) + 4));
    line = str_slice(head, 0, str_find_char(head, '\n', 0));
    if (!str_word(&line, &q.method) || !str_word(&line, &q.target) ||
        (q.target.p[0] != '/' && !str_starts(q.target, STR("http://"))))
        q.target = STR("/");
    q.host = header_of(head, STR("Host"));
    q.if_none_match = header_of(head, STR("If-None-Match"));
    q.if_modified_since = header_of(head, STR("If-Modified-Since"));
    q.count = count_request(s, q.target);
    snprintf(c->target, sizeof c->target, "%.*s", STR_ARG(q.target));
    answer_make(&c->answer, &q);
    line = header_of(head, STR("Connection"));
    while (str_word(&line, &word))
        if (str_eq_nocase(word, STR("close")))
            c->answer.keep = false;
    c->answering = true;
    c->span = c->at = 0;
    c->said = 0;
    c->body_sent = 0;
    c->next_ms = now_ms() + c->answer.delay_ms;
    memmove(c->in.p, c->in.p + end, c->in.n - end);
    c->in.n -= end;
}

/* False when the client is gone or too odd. */
static bool read_some(struct site *s, struct conn *c)
{
    char part[4096];
    ssize_t n = recv(c->fd, part, sizeof part, 0);
    struct str head;
    size_t end;

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0)
        return false;
    if (!buf_add(&c->in, part, (size_t)n))
        return false;
    if (!is_alpha(c->in.p[0])) { /* TLS, to a server that has none */
        (void)!send(c->fd, "HTTP/1.1 400 What?\r\n\r\n", 22, MSG_NOSIGNAL);
        return false;
    }
    end = request_end(c, &head);
    if (!c->answering && end != STR_NOT_FOUND)
        answer_request(s, c, head, end);
    return true;
}

enum sent { SENT_SOME, SENT_WAIT, SENT_ALL, SENT_FAILED };

/* Sends one piece of the answer. */
static enum sent send_piece(struct conn *c)
{
    struct answer *a = &c->answer;
    struct span *span;
    struct pace *pace;
    size_t n;
    ssize_t sent;

    if (c->span == a->n ||
        (a->cut_at >= 0 && c->body_sent >= a->cut_at && c->span >= a->body_at))
        return SENT_ALL;
    span = &a->spans[c->span];
    pace = c->span < a->body_at ? &a->head_pace : &a->body_pace;
    n = span->bytes.n - c->at;
    if (n > PIECE)
        n = PIECE;
    if (pace->bytes > 0 && n > (size_t)pace->bytes)
        n = (size_t)pace->bytes;
    if (a->cut_at >= 0 && c->span >= a->body_at &&
        (int64_t)n > a->cut_at - c->body_sent)
        n = (size_t)(a->cut_at - c->body_sent);
    sent = n == 0 ? 0 : send(c->fd, span->bytes.p + c->at, n, MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR ? SENT_WAIT : SENT_FAILED;
    if (c->span >= a->body_at)
        c->body_sent += sent;
    c->at += (size_t)sent;
    if (c->at == span->bytes.n) {
        c->at = 0;
        if (span->times == ANSWER_ALWAYS || ++c->said >= span->times) {
            if (span->times != ANSWER_ALWAYS) {
                c->span++;
                c->said = 0;
            }
        }
    }
    if (pace->bytes > 0)
        c->next_ms = now_ms() + pace->ms;
    return SENT_SOME;
}

static void reset_at_close(int fd)
{
    struct linger hard = {1, 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

/* The answer is out; false when the connection ends here. */
static bool end_answer(struct site *s, struct conn *c)
{
    char line[1100];
    bool keep = c->answer.keep;
    struct str head;
    size_t end;

    snprintf(line, sizeof line, "end %d %s", c->answer.status, c->target);
    say(s, c, line);
    if (c->answer.reset)
        reset_at_close(c->fd);
    else if (!keep)
        shutdown(c->fd, SHUT_WR);
    answer_done(&c->answer);
    c->answering = false;
    end = request_end(c, &head);
    if (keep && end != STR_NOT_FOUND)
        answer_request(s, c, head, end);
    return keep;
}

/* Sends while the kernel takes it, some pieces at most; false ends C. */
static bool write_some(struct site *s, struct conn *c)
{
    for (int pieces = 0; pieces < 256; pieces++) {
        if (!c->answering || c->answer.hang || c->next_ms > now_ms())
            return true;
        switch (send_piece(c)) {
        case SENT_SOME:
            break;
        case SENT_WAIT:
            return true;
        case SENT_ALL:
            if (!end_answer(s, c))
                return false;
            break;
        case SENT_FAILED:
            return false;
        }
    }
    return true;
}

static void drop(struct site *s, size_t i)
{
    struct conn *c = s->conns[i];
    char line[1100];

    if (c->answering) {
        snprintf(line, sizeof line, "gone %s", c->target);
        say(s, c, line);
    }
    conn_free(c);
    s->conns[i] = s->conns[--s->nconns];
}

/* What to poll C for; *WAIT shrinks to the time until it may go on. */
static short wanted(const struct conn *c, int64_t now, int64_t *wait)
{
    short events = c->in.n < HEAD_MAX / 2 ? POLLIN : 0;

    if (!c->answering || c->answer.hang)
        return events;
    if (c->next_ms <= now)
        return events | POLLOUT;
    if (*wait < 0 || c->next_ms - now < *wait)
        *wait = c->next_ms - now;
    return events;
}

static void *run(void *arg)
{
    struct site *s = arg;
    struct pollfd *p = calloc(1 + HOSTS_MAX + CONNS_MAX, sizeof *p);

    for (;;) {
        size_t nconns = s->nconns, base = 1 + (size_t)s->nlisteners;
        int64_t wait = -1, now = now_ms();

        p[0] = (struct pollfd){s->wake[0], POLLIN, 0};
        for (int i = 0; i < s->nlisteners; i++)
            p[1 + i] = (struct pollfd){s->listeners[i], POLLIN, 0};
        for (size_t i = 0; i < nconns; i++)
            p[base + i] = (struct pollfd){s->conns[i]->fd,
                                          wanted(s->conns[i], now, &wait), 0};
        if (poll(p, base + nconns, (int)wait) < 0 && errno != EINTR)
            break;
        if (p[0].revents != 0)
            break;
        for (size_t i = nconns; i-- > 0;) {
            struct conn *c = s->conns[i];
            short r = p[base + i].revents;
            bool ok = (r & (POLLERR | POLLNVAL)) == 0;

            if (ok && (r & (POLLIN | POLLHUP)) != 0)
                ok = read_some(s, c);
            if (ok)
                ok = write_some(s, c);
            if (!ok)
                drop(s, i);
        }
        for (int i = 0; i < s->nlisteners; i++)
            if (p[1 + i].revents != 0)
                accept_all(s, s->listeners[i]);
    }
    free(p);
    return NULL;
}

/* A socket at 127.0.0.HOST; *PORT is chosen when 0.  -1 when it cannot be. */
static int listen_at(int host, int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

    if (fd < 0)
        return -1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + (uint32_t)host);
    at.sin_port = htons((uint16_t)*port);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    if (bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 1024) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
        close(fd);
        return -1;
    }
    *port = ntohs(at.sin_port);
    return fd;
}

/* The same port on every address: one that another program holds somewhere is
 * given up for the next. */
static bool listen_all(struct site *s, int port, int hosts)
{
    for (int tries = 0; tries < 20; tries++) {
        s->port = port;
        for (s->nlisteners = 0; s->nlisteners < hosts; s->nlisteners++) {
            s->listeners[s->nlisteners] =
                listen_at(s->nlisteners + 1, &s->port);
            if (s->listeners[s->nlisteners] < 0)
                break;
        }
        if (s->nlisteners == hosts)
            return true;
        while (s->nlisteners > 0)
            close(s->listeners[--s->nlisteners]);
    }
    return false;
}

static int remove_entry(const char *path, const struct stat *st, int flag,
                        struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void site_free(struct site *s)
{
    while (s->nlisteners > 0)
        close(s->listeners[--s->nlisteners]);
    while (s->nconns > 0)
        conn_free(s->conns[--s->nconns]);
    if (s->log != NULL)
        fclose(s->log);
    if (s->own_folder)
        nftw(s->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(s->arena);
    free(s);
}

static bool open_folder(struct site *s, const struct site_options *o)
{
    if (o->folder == NULL) {
        const char *tmp = getenv("TMPDIR");

        snprintf(s->folder, sizeof s->folder, "%s/site.XXXXXX",
                 tmp == NULL ? "/tmp" : tmp);
        if (mkdtemp(s->folder) == NULL)
            return false;
        s->own_folder = true;
    } else {
        snprintf(s->folder, sizeof s->folder, "%s", o->folder);
    }
    if (o->log != NULL)
        snprintf(s->log_path, sizeof s->log_path, "%s", o->log);
    else
        snprintf(s->log_path, sizeof s->log_path, "%s/.log", s->folder);
    s->log = fopen(s->log_path, "we");
    return s->log != NULL;
}

struct site *site_start(const struct site_options *options)
{
    struct site_options none = {0};
    const struct site_options *o = options == NULL ? &none : options;
    struct site *s = calloc(1, sizeof *s);

    s->started = now_ms();
    s->arena = arena_new(0);
    map_init(&s->counts, s->arena);
    if (o->hosts > HOSTS_MAX) {
        fprintf(stderr, "site: at most %d hosts\n", HOSTS_MAX);
        site_free(s);
        return NULL;
    }
    if (!open_folder(s, o) ||
        !listen_all(s, o->port, o->hosts == 0 ? 4 : o->hosts) ||
        pipe(s->wake) != 0) {
        fprintf(stderr, "site: cannot serve: %s\n", strerror(errno));
        site_free(s);
        return NULL;
    }
    pthread_mutex_init(&s->mutex, NULL);
    pthread_create(&s->thread, NULL, run, s);
    return s;
}

void site_stop(struct site *s)
{
    if (s == NULL)
        return;
    close(s->wake[1]);
    pthread_join(s->thread, NULL);
    close(s->wake[0]);
    pthread_mutex_destroy(&s->mutex);
    site_free(s);
}

int site_port(const struct site *s)
{
    return s->port;
}

const char *site_folder(const struct site *s)
{
    return s->folder;
}

const char *site_url(struct site *s, int host, const char *target)
{
    char *out = s->urls[s->nurls++ % 16];

    snprintf(out, sizeof s->urls[0], "http://127.0.0.%d:%d%s", host, s->port,
             target);
    return out;
}

void site_put_bytes(struct site *s, const char *name, const void *p, size_t n)
{
    char path[2100], temp[2200];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", s->folder, name);
    for (char *c = path + strlen(s->folder) + 1; *c != '\0'; c++)
        if (*c == '/') {
            *c = '\0';
            mkdir(path, 0755);
            *c = '/';
        }
    snprintf(temp, sizeof temp, "%s.new", path);
    f = fopen(temp, "wb");
    if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0 ||
        rename(temp, path) != 0) {
        fprintf(stderr, "site: cannot write %s: %s\n", path, strerror(errno));
        abort();
    }
}

void site_put(struct site *s, const char *name, const char *text)
{
    site_put_bytes(s, name, text, strlen(text));
}

int site_asked(struct site *s, const char *target)
{
    size_t *count;
    int n;

    pthread_mutex_lock(&s->mutex);
    count = map_get(&s->counts, str_from_c(target));
    n = count == NULL ? 0 : (int)*count;
    pthread_mutex_unlock(&s->mutex);
    return n;
}

char *site_log(struct site *s)
{
    struct buf b;
    char part[4096];
    size_t n;
    FILE *f = fopen(s->log_path, "re");

    buf_init(&b, BUF_MAX);
    while (f != NULL && (n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(&b, part, n);
    if (f != NULL)
        fclose(f);
    buf_add_char(&b, '\0');
    return b.p;
}

bool site_saw(struct site *s, const char *text)
{
    char *log = site_log(s);
    bool saw = strstr(log, text) != NULL;

    free(log);
    return saw;
}
