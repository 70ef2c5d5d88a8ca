#ifndef BASE_NOTE_H
#define BASE_NOTE_H
/*
 * Notes: what was guessed or repaired, so that a guess is never silent.  The
 * list of codes is base/note.def; codes are public and never change meaning.
 */
#include "base/str.h"

struct arena;

enum note_code {
#define NOTE(name, code) NOTE_##name,
#include "base/note.def"
#undef NOTE
    NOTE_CODES
};

struct note {
    enum note_code code;
    struct str text; /* one sentence or value for a person; may be empty */
    struct note *next;
};

/* A list in the order of addition; zero is empty. */
struct notes {
    struct note *first, *last;
    size_t n;
};

/* At most this many per list: later ones are counted in the last one's place
 * by no one, for they say nothing new. */
#define NOTES_MAX 100

/* Adds to L, in A.  An equal note (code and text) is not added twice. */
void note_add(struct notes *l, struct arena *a, enum note_code code,
              const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds all of FROM, copied into A. */
void notes_copy(struct notes *to, struct arena *a, const struct notes *from);
bool notes_have(const struct notes *l, enum note_code code);
/* "zone-assumed" and so on. */
struct str note_name(enum note_code code);
/* False if NAME is no code. */
bool note_by_name(struct str name, enum note_code *out);
#endif
