/* SPDX-License-Identifier: MIT */
/* However short the writes are, all of it arrives. */
#include "inside/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MUCH = 1 << 20 }; /* more than a pipe holds */

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

/* The number of bytes that arrive at the other end of a pipe, read slowly. */
static size_t drained(int fd)
{
    char piece[1000];
    size_t all = 0;
    ssize_t n;

    while ((n = read(fd, piece, sizeof piece)) > 0) {
        all += (size_t)n;
        usleep(100);
    }
    return all;
}

/* A signal every millisecond: a write that waits for room returns with what it has. */
static void writes_that_signals_cut_short_arrive_whole(void **state)
{
    const struct sigaction action = { .sa_handler = on_alarm }; /* no SA_RESTART */
    const struct itimerval often = { { 0, 1000 }, { 0, 1000 } }, never = { { 0, 0 }, { 0, 0 } };
    int ends[2], status;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[1]);
        _exit(drained(ends[0]) == MUCH ? 0 : 1);
    }
    close(ends[0]);
    char *bytes = calloc(1, MUCH);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    int error = write_whole(ends[1], bytes, MUCH);
    setitimer(ITIMER_REAL, &never, NULL);
    assert_int_equal(error, 0);
    close(ends[1]);
    free(bytes);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    int full = open("/dev/full", O_WRONLY);

    (void)state;
    assert_int_equal(write_whole(full, "x", 1), -ENOSPC);
    assert_int_equal(write_whole(full, "", 0), 0);
    assert_int_equal(write_whole(-1, "x", 1), -EBADF);
    close(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_that_signals_cut_short_arrive_whole),
        cmocka_unit_test(what_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
