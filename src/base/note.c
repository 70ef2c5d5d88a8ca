#include "base/note.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/utf8.h"

static const struct str names[NOTE_CODES] = {
#define NOTE(name, code) [NOTE_##name] = STR_INIT(code),
#include "base/note.def"
#undef NOTE
};

static void add_text(struct notes *l, struct arena *a, enum note_code code,
                     struct str text)
{
    struct note *note;

    if (l->n >= NOTES_MAX)
        return;
    for (note = l->first; note != NULL; note = note->next)
        if (note->code == code && str_eq(note->text, text))
            return;
    note = arena_make(a, struct note);
    note->code = code;
    note->text = arena_str(a, text);
    if (l->last == NULL)
        l->first = note;
    else
        l->last->next = note;
    l->last = note;
    l->n++;
}

void note_add(struct notes *l, struct arena *a, enum note_code code,
              const char *format, ...)
{
    char text[256];
    struct str s = STR_NONE;
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0) {
        s = str_of(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
        s.n = utf8_valid_prefix(s);
    }
    add_text(l, a, code, s);
}

void notes_copy(struct notes *to, struct arena *a, const struct notes *from)
{
    for (const struct note *note = from->first; note != NULL; note = note->next)
        add_text(to, a, note->code, note->text);
}

bool notes_have(const struct notes *l, enum note_code code)
{
    for (const struct note *note = l->first; note != NULL; note = note->next)
        if (note->code == code)
            return true;
    return false;
}

struct str note_name(enum note_code code)
{
    return names[code];
}

bool note_by_name(struct str name, enum note_code *out)
{
    for (int i = 0; i < NOTE_CODES; i++) {
        if (str_eq(names[i], name)) {
            *out = (enum note_code)i;
            return true;
        }
    }
    return false;
}
