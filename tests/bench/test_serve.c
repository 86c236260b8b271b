/* SPDX-License-Identifier: MIT */
/* Ops that no real tip has, behind HTTP; what clients may do is in serve.t. */
#include "serve/serve_calls.h"

#include "cmd/commands.h"
#include "timer.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { REQUESTS = 50, LIMIT_S = 180 };

/* --- the tips --- */

struct scene {
    uint64_t begun;
};

static uint64_t spins(struct scene *s, uint64_t i)
{
    for (;;)
        __asm__ volatile("");
    return s->begun + i;
}

/* Which of the ops it is in the order of beginning.  The first keeps the worker until all
 * others have come. */
static uint64_t tells_order(struct scene *s, uint64_t i)
{
    while (i == 0 && calls_tally().open < REQUESTS && clock() < (clock_t)LIMIT_S * CLOCKS_PER_SEC)
        ;
    return s->begun++ == i;
}

static const struct tip tip = { .points = { 4, 16 }, .scene_bytes = sizeof(struct scene) };
static const struct tip_words words = { .title = "t" };
static const struct twin spinning = { .op = spins }, ordered = { .op = tells_order };
const struct entry entries[] = { { "test/ordered", &tip, &ordered, &ordered, &words },
                                 { "test/spins", &tip, &spinning, &spinning, &words } };
const size_t nentries = 2;

/* --- a server, and a client --- */

static pid_t pid;
static int port;

/* Start one, and read its port from what it prints. */
static void server_start(char *name, char *patience)
{
    char *argv[] = { "serve", name, "bad", "--port", "0", "--patience", patience, NULL }, line[200];
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], STDOUT_FILENO);
        exit(cmd_serve(7, argv));
    }
    close(ends[1]);
    FILE *said = fdopen(ends[0], "r");
    assert_non_null(fgets(line, sizeof line, said));
    assert_int_equal(sscanf(strstr(line, "http:"), "http://127.0.0.1:%d/", &port), 1);
    fclose(said);
}

/* How it ended; killed if it does not. */
static int server_end(void)
{
    int status = -1;

    kill(pid, SIGTERM);
    for (int looks = 0; waitpid(pid, &status, WNOHANG) == 0; looks++) {
        if (looks == LIMIT_S * 100)
            kill(pid, SIGKILL);
        usleep(10000);
    }
    return status;
}

static int ask(void)
{
    static const char text[] = "GET /op HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    return fd;
}

/* The status of the answer, and the number in its body. */
static int hear(int fd, int *number)
{
    char text[2000];
    size_t length = 0;
    ssize_t n;
    int status = 0;

    while ((n = read(fd, text + length, sizeof text - 1 - length)) > 0)
        length += (size_t)n;
    close(fd);
    text[length] = '\0';
    sscanf(text, "HTTP/1.1 %d", &status);
    const char *body = strstr(text, "\r\n\r\n");
    *number = body ? atoi(body) : -1;
    return status;
}

/* --- the tests --- */

static void an_op_that_never_gives_way_is_given_up_and_does_not_hold_up_the_end(void **state)
{
    int number;

    (void)state;
    server_start("test/spins", "1");
    assert_int_equal(hear(ask(), &number), MHD_HTTP_GATEWAY_TIMEOUT);
    assert_int_equal(server_end(), 0);
}

static void ops_begin_in_the_order_in_which_requests_came(void **state)
{
    int clients[REQUESTS], in_order = 0, number;

    (void)state;
    server_start("test/ordered", "20");
    for (int i = 0; i < REQUESTS; i++)
        clients[i] = ask();
    for (int i = 0; i < REQUESTS; i++) {
        assert_int_equal(hear(clients[i], &number), MHD_HTTP_OK);
        in_order += number;
    }
    assert_int_equal(server_end(), 0);
    assert_int_equal(in_order, REQUESTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_op_that_never_gives_way_is_given_up_and_does_not_hold_up_the_end),
        cmocka_unit_test(ops_begin_in_the_order_in_which_requests_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
