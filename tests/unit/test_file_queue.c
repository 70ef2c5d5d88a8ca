#include "unit/unit.h"

#include <dirent.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/file.h"
#include "sys/file_queue.h"
#include "unit/scratch.h"

static struct scratch dir;

static void has(const char *name, const char *content)
{
    struct error err;
    struct buf b;

    buf_init(&b, 1000);
    ck_assert(file_read(scratch_path(&dir, name), &b, &err));
    ck_str(buf_str(&b), content);
    buf_done(&b);
}

/* Temporary files' names begin with a full stop: file_list does not tell of them. */
static void nothing_lies_beside(void)
{
    size_t n = 0;
    struct dirent *entry;
    DIR *d = opendir(scratch_path(&dir, ""));

    ck_assert_ptr_nonnull(d);
    while ((entry = readdir(d)) != NULL)
        n += strstr(entry->d_name, ".feedmill-tmp") != NULL;
    closedir(d);
    ck_assert_uint_eq(n, 0);
}

START_TEST(what_is_waited_for_is_there_and_the_last_one_put_is_it)
{
    struct file_queue *q = file_queue_new();
    struct error err;

    scratch_init(&dir);
    ck_assert(file_queue_wait(q, &err));
    for (int round = 0; round < 100; round++) {
        ck_assert(file_queue_put(q, scratch_path(&dir, "a"), STR("one"), &err));
        ck_assert(file_queue_put(q, scratch_path(&dir, "b"), STR("x"), &err));
        ck_assert(file_queue_put(q, scratch_path(&dir, "a"), STR("two"), &err));
    }
    ck_assert(file_queue_flush_folder(q, scratch_path(&dir, ""), &err));
    ck_assert(file_queue_wait(q, &err));
    has("a", "two");
    has("b", "x");
    file_queue_free(q);
    nothing_lies_beside();
    scratch_done(&dir);
}
END_TEST

START_TEST(after_a_fault_nothing_gets_its_name_and_all_tell_of_it)
{
    struct file_queue *q = file_queue_new();
    struct error err;
    size_t n = 0;

    scratch_init(&dir);
    ck_assert(file_make_dir(scratch_path(&dir, "folder"), 0755, &err));
    ck_assert(file_queue_put(q, scratch_path(&dir, "a"), STR("one"), &err));
    ck_assert(file_queue_put(q, scratch_path(&dir, "folder"), STR("x"), &err));
    while (n < 1000 &&
           file_queue_put(q, scratch_path(&dir, "b"), STR("late"), &err))
        n++;
    ck_assert_uint_lt(n, 1000);
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_assert_ptr_nonnull(strstr(err.where, "/folder"));
    err.code = ERR_INPUT;
    ck_assert(!file_queue_wait(q, &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_assert(!file_queue_flush_folder(q, scratch_path(&dir, ""), &err));
    has("a", "one");
    ck_assert(!file_exists(scratch_path(&dir, "b")));
    file_queue_free(q);
    nothing_lies_beside();
    scratch_done(&dir);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_a_fault_too)
{
    struct file_queue *q = file_queue_new();
    struct error err;

    scratch_init(&dir);
    ck_assert(file_queue_flush_folder(q, scratch_path(&dir, "none"), &err));
    ck_assert(!file_queue_wait(q, &err));
    ck_assert_ptr_nonnull(strstr(err.where, "/none"));
    file_queue_free(q);
    scratch_done(&dir);
}
END_TEST

START_TEST(what_cannot_be_written_is_told_at_once_and_stops_nothing)
{
    struct file_queue *q = file_queue_new();
    struct error err;

    scratch_init(&dir);
    ck_assert(file_queue_put(q, scratch_path(&dir, "a"), STR("one"), &err));
    ck_assert(!file_queue_put(q, scratch_path(&dir, "no/b"), STR("x"), &err));
    ck_assert_ptr_nonnull(strstr(err.where, "no/b"));
    ck_assert(file_queue_wait(q, &err));
    has("a", "one");
    file_queue_free(q);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_queue_that_is_freed_leaves_files_old_or_new_and_none_beside)
{
    struct error err;

    scratch_init(&dir);
    for (int round = 0; round < 20; round++) {
        struct file_queue *q = file_queue_new();

        for (int i = 0; i < 30; i++)
            ck_assert(
                file_queue_put(q, scratch_path(&dir, "a"), STR("one"), &err));
        file_queue_free(q);
        nothing_lies_beside();
        if (file_exists(scratch_path(&dir, "a")))
            has("a", "one");
    }
    file_queue_free(NULL);
    scratch_done(&dir);
}
END_TEST

START_TEST(what_a_queue_that_is_freed_has_named_was_put_before_what_it_has_not)
{
    struct error err;
    char name[16];

    for (int round = 0; round < 200; round++) {
        struct file_queue *q = file_queue_new();
        bool is_missing = false;

        scratch_init(&dir);
        for (int i = 0; i < 20; i++) {
            snprintf(name, sizeof name, "f%d", i);
            ck_assert(
                file_queue_put(q, scratch_path(&dir, name), STR("x"), &err));
        }
        file_queue_free(q);
        for (int i = 0; i < 20; i++) {
            snprintf(name, sizeof name, "f%d", i);
            is_missing |= !file_exists(scratch_path(&dir, name));
            ck_assert(!is_missing || !file_exists(scratch_path(&dir, name)));
        }
        nothing_lies_beside();
        scratch_done(&dir);
    }
}
END_TEST

UNIT_TESTS(what_is_waited_for_is_there_and_the_last_one_put_is_it,
           after_a_fault_nothing_gets_its_name_and_all_tell_of_it,
           a_folder_that_is_not_there_is_a_fault_too,
           what_cannot_be_written_is_told_at_once_and_stops_nothing,
           a_queue_that_is_freed_leaves_files_old_or_new_and_none_beside,
           what_a_queue_that_is_freed_has_named_was_put_before_what_it_has_not)
