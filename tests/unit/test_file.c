#include "unit/unit.h"
#include "unit/scratch.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/file.h"

static struct scratch dir;

static void put(const char *name, struct str content)
{
    struct error err;

    ck_assert(file_replace(scratch_path(&dir, name), content, NULL, &err));
}

START_TEST(a_new_file_is_there_when_it_has_its_place)
{
    struct new_file *one, *two;
    struct error err;
    struct buf b;

    scratch_init(&dir);
    one = new_file_write(scratch_path(&dir, "a"), STR("one"), &err);
    two = new_file_write(scratch_path(&dir, "a"), STR("two"), &err);
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_nonnull(two);
    ck_assert(!file_exists(scratch_path(&dir, "a")));
    ck_assert(new_file_place(two, &err));
    new_file_drop(one);
    ck_assert(file_flush_folder(scratch_path(&dir, ""), &err));
    buf_init(&b, 100);
    ck_assert(file_read(scratch_path(&dir, "a"), &b, &err));
    ck_str(buf_str(&b), "two");
    buf_done(&b);
    ck_assert_ptr_null(
        new_file_write(scratch_path(&dir, "no/such"), STR("x"), &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_assert(!file_flush_folder(scratch_path(&dir, "none"), &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    scratch_done(&dir);
}
END_TEST

START_TEST(what_was_written_is_read_back)
{
    struct error err;
    struct buf b;
    bool changed = false;

    scratch_init(&dir);
    buf_init(&b, 100);
    ck_assert(
        file_replace(scratch_path(&dir, "a"), STR("one\0two"), &changed, &err));
    ck_assert(changed);
    ck_assert(file_read(scratch_path(&dir, "a"), &b, &err));
    ck_assert_uint_eq(b.n, 7);
    ck_assert(str_eq(buf_str(&b), STR("one\0two")));
    buf_done(&b);
    scratch_done(&dir);
}
END_TEST

START_TEST(an_identical_file_is_not_touched)
{
    struct error err;
    struct stat before, after;
    bool changed = true;

    scratch_init(&dir);
    put("a", STR("same"));
    ck_assert_int_eq(stat(scratch_path(&dir, "a"), &before), 0);
    ck_assert(
        file_replace(scratch_path(&dir, "a"), STR("same"), &changed, &err));
    ck_assert(!changed);
    ck_assert_int_eq(stat(scratch_path(&dir, "a"), &after), 0);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    ck_assert_int_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_replaced_file_is_a_new_one_that_anyone_may_read)
{
    struct stat before, after;
    mode_t old_mask = umask(077);

    scratch_init(&dir);
    put("a", STR("old"));
    ck_assert_int_eq(stat(scratch_path(&dir, "a"), &before), 0);
    put("a", STR("new"));
    ck_assert_int_eq(stat(scratch_path(&dir, "a"), &after), 0);
    ck_assert_uint_ne(before.st_ino, after.st_ino);
    ck_assert_uint_eq(after.st_mode & 0777, 0644);
    umask(old_mask);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_write_that_fails_names_the_file_and_leaves_nothing_behind)
{
    struct arena *a = arena_new(0);
    struct error err;
    struct str *names;
    size_t n;

    scratch_init(&dir);
    ck_assert(
        !file_replace(scratch_path(&dir, "no/such"), STR("x"), NULL, &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_str(str_from_c(err.where), scratch_path(&dir, "no/such"));
    ck_assert(str_has(str_from_c(err.text), STR("No such file")));
    ck_assert(file_make_dir(scratch_path(&dir, "folder"), 0755, &err));
    ck_assert(
        !file_replace(scratch_path(&dir, "folder"), STR("x"), NULL, &err));
    ck_assert(file_list(a, dir.root, &names, &n, &err));
    ck_assert_uint_eq(n, 1);
    arena_free(a);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_file_that_just_fits_is_read_and_one_byte_more_is_not)
{
    struct error err;
    struct buf b;

    scratch_init(&dir);
    put("a", STR("12345"));
    buf_init(&b, 5);
    ck_assert(file_read(scratch_path(&dir, "a"), &b, &err));
    ck_str(buf_str(&b), "12345");
    buf_done(&b);
    buf_init(&b, 4);
    ck_assert(!file_read(scratch_path(&dir, "a"), &b, &err));
    ck_assert_int_eq(err.code, ERR_LIMIT);
    buf_done(&b);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_folder_or_nothing_cannot_be_read)
{
    struct error err;
    struct buf b;

    scratch_init(&dir);
    buf_init(&b, 100);
    ck_assert(!file_read(dir.root, &b, &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_assert(!file_read(scratch_path(&dir, "none"), &b, &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    buf_done(&b);
    scratch_done(&dir);
}
END_TEST

START_TEST(names_come_sorted_and_without_hidden_ones)
{
    struct arena *a = arena_new(0);
    struct error err;
    struct str *names;
    size_t n;

    scratch_init(&dir);
    put("b", STR("1"));
    put("a", STR("1"));
    put(".hidden", STR("1"));
    ck_assert(file_list(a, dir.root, &names, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_str(names[0], "a");
    ck_str(names[1], "b");
    ck_assert(!file_list(a, scratch_path(&dir, "none"), &names, &n, &err));
    arena_free(a);
    scratch_done(&dir);
}
END_TEST

START_TEST(folders_are_made_with_their_parents_and_twice)
{
    struct error err;
    struct stat st;
    mode_t old_mask;

    scratch_init(&dir);
    ck_assert(file_make_dir(scratch_path(&dir, "x/y/z"), 0700, &err));
    ck_assert(file_make_dir(scratch_path(&dir, "x/y/z/"), 0700, &err));
    old_mask = umask(077);
    ck_assert(file_make_dir(scratch_path(&dir, "open"), 0755, &err));
    umask(old_mask);
    ck_assert(stat(scratch_path(&dir, "open"), &st) == 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0755);
    ck_assert(file_is_dir(scratch_path(&dir, "x/y/z")));
    put("file", STR("1"));
    ck_assert(!file_make_dir(scratch_path(&dir, "file/below"), 0700, &err));
    ck_assert(str_has(str_from_c(err.text), STR("Not a directory")));
    scratch_done(&dir);
}
END_TEST

START_TEST(only_left_over_temporary_files_are_swept)
{
    scratch_init(&dir);
    put(".a.feedmill-tmp", STR("1"));
    put("b.feedmill-tmp", STR("1"));
    put("c", STR("1"));
    file_sweep(dir.root);
    ck_assert(!file_exists(scratch_path(&dir, ".a.feedmill-tmp")));
    ck_assert(!file_exists(scratch_path(&dir, "b.feedmill-tmp")));
    ck_assert(file_exists(scratch_path(&dir, "c")));
    scratch_done(&dir);
}
END_TEST

START_TEST(appending_makes_the_file_and_adds_to_its_end)
{
    const char *path;
    struct error err;

    scratch_init(&dir);
    path = scratch_path(&dir, "list");
    ck_assert(file_append(path, STR("one\n"), &err));
    ck_assert(file_append(path, STR("two\n"), &err));
    ck_assert(file_has(path, STR("one\ntwo\n")));
    ck_assert(!file_has(path, STR("one\ntwo\r")));
    ck_assert(!file_has(scratch_path(&dir, "none"), STR("")));
    ck_assert(!file_append(scratch_path(&dir, "none/list"), STR("1"), &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_link_to_an_empty_folder_is_no_folder_to_remove)
{
    struct error err;

    scratch_init(&dir);
    ck_assert(file_make_dir(scratch_path(&dir, "folder"), 0755, &err));
    ck_assert_int_eq(symlink("folder", scratch_path(&dir, "link")), 0);
    ck_assert(!file_remove_dir(scratch_path(&dir, "link")));
    ck_assert(!file_remove(scratch_path(&dir, "folder")));
    ck_assert(file_remove(scratch_path(&dir, "link")));
    ck_assert(file_remove_dir(scratch_path(&dir, "folder")));
    scratch_done(&dir);
}
END_TEST

/* The child is killed while it replaces one file over and over with two
 * contents that fill many pages each. */
START_TEST(a_killed_writer_leaves_the_old_or_the_new_file_whole)
{
    enum { SIZE = 300000 };
    static char ones[SIZE], twos[SIZE];
    struct error err;
    struct buf b;

    memset(ones, '1', SIZE);
    memset(twos, '2', SIZE);
    scratch_init(&dir);
    put("a", str_of(ones, SIZE));
    for (int round = 0; round < 10; round++) {
        pid_t child = fork();

        ck_assert_int_ge(child, 0);
        if (child == 0)
            for (;;) {
                put("a", str_of(twos, SIZE));
                put("a", str_of(ones, SIZE));
            }
        nanosleep(&(struct timespec){.tv_nsec = 1000000 + 700000 * round},
                  NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        buf_init(&b, SIZE);
        ck_assert(file_read(scratch_path(&dir, "a"), &b, &err));
        ck_assert_uint_eq(b.n, SIZE);
        ck_assert(memcmp(b.p, ones, SIZE) == 0 || memcmp(b.p, twos, SIZE) == 0);
        buf_done(&b);
    }
    scratch_done(&dir);
}
END_TEST

START_TEST(links_are_resolved_and_what_is_not_there_is_empty)
{
    struct arena *a = arena_new(0);

    scratch_init(&dir);
    put("a", STR("1"));
    ck_assert_int_eq(symlink("a", scratch_path(&dir, "link")), 0);
    ck_assert(str_ends(file_real(a, scratch_path(&dir, "link")), STR("/a")));
    ck_str(file_real(a, scratch_path(&dir, "none")), "");
    arena_free(a);
    scratch_done(&dir);
}
END_TEST

START_TEST(of_a_path_that_is_to_be_made_what_is_there_is_resolved)
{
    struct arena *a = arena_new(0);
    struct str here = file_real(a, "."), real;
    struct error err;

    scratch_init(&dir);
    ck_assert(file_make_dir(scratch_path(&dir, "a"), 0755, &err));
    ck_assert_int_eq(symlink("a", scratch_path(&dir, "link")), 0);
    real = file_real(a, scratch_path(&dir, "a"));
    ck_assert(
        str_eq(file_real_ahead(a, str_from_c(scratch_path(&dir, "link/b/c/"))),
               arena_cat(a, real, STR("/b/c"))));
    ck_assert(str_eq(file_real_ahead(a, str_from_c(scratch_path(&dir, "link"))),
                     real));
    ck_assert(str_eq(file_real_ahead(a, STR("none/b")),
                     arena_cat(a, here, STR("/none/b"))));
    ck_str(file_real_ahead(a, STR("/none/b")), "/none/b");
    ck_str(file_real_ahead(a, STR("/")), "/");
    ck_assert(
        str_eq(file_real_ahead(a, STR("n")), arena_cat(a, here, STR("/n"))));
    arena_free(a);
    scratch_done(&dir);
}
END_TEST

UNIT_TESTS(a_new_file_is_there_when_it_has_its_place,
           what_was_written_is_read_back, an_identical_file_is_not_touched,
           a_replaced_file_is_a_new_one_that_anyone_may_read,
           a_write_that_fails_names_the_file_and_leaves_nothing_behind,
           a_file_that_just_fits_is_read_and_one_byte_more_is_not,
           of_a_path_that_is_to_be_made_what_is_there_is_resolved,
           a_folder_or_nothing_cannot_be_read,
           names_come_sorted_and_without_hidden_ones,
           folders_are_made_with_their_parents_and_twice,
           only_left_over_temporary_files_are_swept,
           appending_makes_the_file_and_adds_to_its_end,
           a_link_to_an_empty_folder_is_no_folder_to_remove,
           a_killed_writer_leaves_the_old_or_the_new_file_whole,
           links_are_resolved_and_what_is_not_there_is_empty)
