#include "unit/unit.h"
#include "unit/scratch.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/error.h"
#include "sys/lock.h"

static struct scratch dir;

/* A child that takes the lock, says so through the pipe, and sleeps. */
static pid_t holder_start(const char *path)
{
    int ends[2];
    char said;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct error err;

        if (lock_take(path, &err) == NULL || write(ends[1], "x", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &said, 1), 1);
    close(ends[0]);
    return child;
}

START_TEST(another_process_is_refused_and_told_who_holds_it)
{
    struct error err;
    char pid[32];
    pid_t child;

    scratch_init(&dir);
    child = holder_start(scratch_path(&dir, "lock"));
    ck_assert_ptr_null(lock_take(scratch_path(&dir, "lock"), &err));
    ck_assert_int_eq(err.code, ERR_LOCKED);
    snprintf(pid, sizeof pid, "process %ld)", (long)child);
    ck_assert(str_has(str_from_c(err.text), str_from_c(pid)));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    scratch_done(&dir);
}
END_TEST

START_TEST(the_lock_of_a_killed_process_is_free)
{
    struct error err;
    struct lock *l;
    pid_t child;

    scratch_init(&dir);
    child = holder_start(scratch_path(&dir, "lock"));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    l = lock_take(scratch_path(&dir, "lock"), &err);
    ck_assert_ptr_nonnull(l);
    lock_release(l);
    scratch_done(&dir);
}
END_TEST

START_TEST(reading_the_file_does_not_lose_the_lock)
{
    struct error err;
    struct lock *l;
    FILE *f;

    scratch_init(&dir);
    l = lock_take(scratch_path(&dir, "lock"), &err);
    ck_assert_ptr_nonnull(l);
    f = fopen(scratch_path(&dir, "lock"), "r");
    ck_assert_ptr_nonnull(f);
    fclose(f);
    ck_assert_ptr_null(lock_take(scratch_path(&dir, "lock"), &err));
    ck_assert_int_eq(err.code, ERR_LOCKED);
    lock_release(l);
    l = lock_take(scratch_path(&dir, "lock"), &err);
    ck_assert_ptr_nonnull(l);
    lock_release(l);
    scratch_done(&dir);
}
END_TEST

START_TEST(a_lock_file_that_cannot_be_made_is_named)
{
    struct error err;

    scratch_init(&dir);
    ck_assert_ptr_null(lock_take(scratch_path(&dir, "no/lock"), &err));
    ck_assert_int_eq(err.code, ERR_FILE);
    ck_str(str_from_c(err.where), scratch_path(&dir, "no/lock"));
    scratch_done(&dir);
}
END_TEST

UNIT_TESTS(another_process_is_refused_and_told_who_holds_it,
           the_lock_of_a_killed_process_is_free,
           reading_the_file_does_not_lose_the_lock,
           a_lock_file_that_cannot_be_made_is_named)
