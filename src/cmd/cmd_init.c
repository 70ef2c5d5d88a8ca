/* A starter mill. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "cmd/command.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/log.h"
#include "sys/entropy.h"

static const char mill_yaml[] =
    "# What holds for the whole mill.  feedmill check says what is wrong.\n"
    "id: %s   # the ids of the feeds come from it: keep it\n"
    "title: My feeds\n"
    "# author: The desk                     # default: title\n"
    "language: en                           # of the words around articles: "
    "en, zh-Hans, zh-Hant\n"
    "# base_url: https://news.example.org/  # where output/ is served; gives "
    "self links\n"
    "# hub: https://hub.example.org/        # of WebSub, told of feeds that "
    "change\n"
    "# zone: Asia/Shanghai                  # of the days and times on pages\n"
    "# contact: https://news.example.org/about   # told to servers we ask\n"
    "\n"
    "# Articles belong to their publishers.  With excerpt the feeds carry the\n"
    "# beginning of each and a link; full republishes them whole: choose it\n"
    "# only for yourself, or where you have the right.\n"
    "publish: excerpt\n"
    "\n"
    "# formats: [atom, rss, json, html]     # which are written\n"
    "# gzip: yes                            # also atom.xml.gz and its like\n"
    "# keep_items: 90d                      # texts, once no source lists "
    "them\n"
    "# pause: 2s                            # between requests to one domain\n"
    "# connections: 1                       # at once to one domain\n"
    "# transfers: 64                        # at once to all of them\n"
    "# min_interval: 15m                    # no source is asked more often\n"
    "# max_interval: 1d                     # or less often\n"
    "# sources_time: 1h                     # for all sources of a run\n"
    "# article_pages: 10                    # pages of one article that are "
    "joined\n"
    "# pages: 50                            # of feeds' teasers, fetched in "
    "one "
    "run\n"
    "# pages_time: 10m                      # for all pages of a run\n"
    "# allow_private: [\"127.0.0.1:8080\"]   # not public, and may be asked\n"
    "# timeout: 25s\n"
    "# max_body: 16M\n"
    "# post_publish: [script/upload]        # gets the files that changed as "
    "arguments\n";

static const char topic_yaml[] =
    "# A topic: its file's name is its folder in output/.\n"
    "title: Example\n"
    "keep: |\n"
    "  feed OR RSS OR \"open source\"\n"
    "# drop: |\n"
    "#   tag:sponsored\n"
    "sources:\n"
    "  - file: ../samples/welcome.xml\n"
    "#  - https://example.com/feed.xml\n";

static const char welcome_xml[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<rss version=\"2.0\"><channel>\n"
    "<title>Welcome</title><link>https://example.org/</link>\n"
    "<description>A feed to begin with</description>\n"
    "<item><title>Your first feed is made</title>\n"
    "<link>https://example.org/welcome</link>\n"
    "<guid>https://example.org/welcome</guid>\n"
    "<description>Write the sources you read into feeds/topics/, then run "
    "feedmill refresh.</description>\n"
    "</item></channel></rss>\n";

static bool write_new(struct arena *a, struct str dir, const char *name,
                      struct str content, struct error *err)
{
    struct str path = arena_cat(a, dir, STR("/"), str_from_c(name));

    return file_replace(path.p, content, NULL, err);
}

static bool make_mill(struct arena *a, struct str dir, struct error *err)
{
    static const char *const folders[] = {"", "/feeds", "/feeds/topics",
                                          "/feeds/samples", "/output"};
    char id[UUID_URN_CHARS + 1];
    struct hash128 random;

    if (file_exists(arena_cat(a, dir, STR("/feeds/mill.yaml")).p)) {
        error_set(err, ERR_CONFIG, "there is a mill already");
        error_where(err, dir.p);
        return false;
    }
    if (!entropy_read(&random, sizeof random, err))
        return false;
    hash128_uuid(random, id);
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (!file_make_dir(arena_cat(a, dir, str_from_c(folders[i])).p, 0755,
                           err))
            return false;
    return write_new(a, dir, "feeds/samples/welcome.xml",
                     str_from_c(welcome_xml), err) &&
           write_new(a, dir, "feeds/topics/example.yaml",
                     str_from_c(topic_yaml), err) &&
           write_new(a, dir, "feeds/mill.yaml", arena_printf(a, mill_yaml, id),
                     err);
}

/* As a shell reads it back. */
static struct str quoted(struct arena *a, struct str word)
{
    struct str plain = STR("-_./~+,:=@%0123456789abcdefghijklmnopqrstuvwxyz"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    struct str rest = word, part, out = STR("'");
    bool is_plain = true, is_first = true;

    for (size_t i = 0; i < word.n; i++)
        is_plain = is_plain && str_has(plain, str_of(word.p + i, 1));
    if (is_plain)
        return word;
    while (str_split(&rest, '\'', &part)) {
        out = arena_cat(a, out, is_first ? STR_NONE : STR("'\\''"), part);
        is_first = false;
    }
    return arena_cat(a, out, STR("'"));
}

static int run_init(const struct arguments *args)
{
    struct str dir = args->n_rest > 0 ? args->rest[0] : args->root;
    struct arena *a = arena_new(0);
    struct error err;
    int status = STATUS_OK;

    if (!make_mill(a, dir, &err)) {
        log_error(&err);
        status = err.code == ERR_CONFIG ? STATUS_USAGE : STATUS_FAILED;
    } else {
        struct str said = arena_cat(
            a, STR("A mill in "), dir,
            STR(".  Edit feeds/mill.yaml and feeds/topics/, then run:\n"
                "  feedmill -C "),
            quoted(a, dir), STR(" refresh\n"));

        status = print_out(said);
    }
    arena_free(a);
    return status;
}

const struct command cmd_init = {
    .name = "init",
    .arguments = "[DIR]",
    .summary = "makes a starter mill",
    .max_rest = 1,
    .run = run_init,
};
