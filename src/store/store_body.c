#include "store/store_body.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "store/store_put.h"
#include "sys/squeeze.h"

/* ---- writing --------------------------------------------------------------- */

/* The packed fields with the notes that only the store can make. */
static struct str pack_with_notes(struct put *p, bool is_first_seen)
{
    struct item noted = *p->item;

    if (p->more.n > 0 && !is_first_seen && !p->guid_dropped && !p->guid_doubled)
        return p->more;
    noted.notes = (struct notes){0};
    notes_copy(&noted.notes, p->a, &p->item->notes);
    if (is_first_seen)
        note_add(&noted.notes, p->a,
                 p->item->published.unix_seconds > p->now &&
                         when_known(p->item->published)
                     ? NOTE_DATE_FUTURE
                     : NOTE_DATE_UNKNOWN,
                 "%s", "the time first seen stands in");
    if (p->guid_dropped)
        note_add(&noted.notes, p->a, NOTE_GUID_UNSTABLE, "%s", "");
    if (p->guid_doubled)
        note_add(&noted.notes, p->a, NOTE_GUID_DOUBLED, "%s", "");
    return item_pack(p->a, &noted);
}

static bool write_body(struct put *p, const char *sql, int64_t rowid,
                       struct str texts, struct str more, struct error *err)
{
    return query_do(p->s, sql,
                    VALUES(of_int(rowid), of_int((int64_t)p->item->html.n),
                           of_int((int64_t)p->item->text.n), of_bytes(texts),
                           of_str(p->item->summary), of_str(more)),
                    err);
}

struct str body_pack(struct squeezer *z, struct arena *a,
                     const struct item *item)
{
    return squeeze(z, a, arena_cat(a, item->html, item->text));
}

/* As two statements: for one that may do either, SQLite keeps a copy of each page
 * that it writes, to be able to take it back. */
bool put_body(struct put *p, int64_t rowid, bool is_first_seen,
              struct error *err)
{
    static const char insert[] =
        "INSERT INTO body (item, html, text, html_bytes, text_bytes, texts,"
        " summary, more) VALUES (?1, '', '', ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT DO NOTHING";
    static const char update[] =
        "UPDATE body SET html = '', text = '', html_bytes = ?2,"
        " text_bytes = ?3, texts = ?4, summary = ?5, more = ?6 WHERE item = ?1";
    struct str more = pack_with_notes(p, is_first_seen);
    struct str texts = p->ready != NULL
                           ? p->ready->texts
                           : body_pack(p->s->squeezer, p->a, p->item);

    return write_body(p, insert, rowid, texts, more, err) &&
           (store_changes(p->s) > 0 ||
            write_body(p, update, rowid, texts, more, err));
}

/* ---- reading --------------------------------------------------------------- */

/* TEXT from byte FROM on, HTML before it. */
static bool part_texts(struct str both, int64_t from, struct str *html,
                       struct str *text)
{
    *html = str_slice(both, 0, (size_t)from);
    *text = str_from(both, (size_t)from);
    return utf8_valid(*html) && utf8_valid(*text);
}

void column_texts(struct query *q, struct arena *a, struct str *html,
                  struct str *text)
{
    struct str both, packed;
    int64_t html_bytes, text_bytes;

    *html = column_str(q, a);
    *text = column_str(q, a);
    html_bytes = column_int(q);
    text_bytes = column_int(q);
    if (column_is_null(q)) {
        q->read++;
        return;
    }
    packed = column_blob(q);
    if (html_bytes < 0 || html_bytes > UINT32_MAX || text_bytes < 0 ||
        text_bytes > UINT32_MAX ||
        !unsqueeze(q->s->squeezer, a, packed,
                   (size_t)html_bytes + (size_t)text_bytes, &both) ||
        !part_texts(both, html_bytes, html, text)) {
        *html = *text = STR_NONE;
        query_damaged(q);
    }
}

static bool read_body(struct store *s, struct arena *a, int64_t item,
                      struct str *text, struct str *summary, struct error *err)
{
    static const char sql[] =
        "SELECT " BODY_TEXTS ", b.summary FROM body b WHERE b.item = ?";
    struct str html;
    struct query q;
    bool has;

    *text = *summary = STR_NONE;
    if (!query_ask(&q, s, sql, VALUES(of_int(item)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has) {
        column_texts(&q, a, &html, text);
        *summary = column_str(&q, a);
    }
    return query_end(&q, err);
}

bool body_text(struct store *s, struct arena *a, int64_t item, struct str *text,
               struct error *err)
{
    struct str summary;

    return read_body(s, a, item, text, &summary, err);
}

bool body_opening(struct store *s, struct arena *a, int64_t item,
                  struct str *text, struct error *err)
{
    struct str summary;

    if (!read_body(s, a, item, text, &summary, err))
        return false;
    if (text->n == 0)
        *text = summary;
    return true;
}
