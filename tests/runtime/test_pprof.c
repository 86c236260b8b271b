/* SPDX-License-Identifier: MIT */
/* A profile is what `go tool pprof` opens: the tasks, counted by where they wait and where
 * they were started.  Here it is unpacked and read without Go, then with. */
#include "dump.h"
#include "chan.h"
#include "twintest.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <zlib.h>

/* --- reading a profile --------------------------------------------------------------- */

enum { MOST = 1 << 13 }; /* of strings, functions, locations and samples */

struct bytes {
    const unsigned char *at, *end;
};

static uint64_t varint(struct bytes *b)
{
    uint64_t v = 0;

    for (int shift = 0;; shift += 7) {
        CHECK(b->at < b->end && shift < 64);
        v |= (uint64_t)(*b->at & 0x7f) << shift;
        if (!(*b->at++ & 0x80))
            return v;
    }
}

/* The next field of a message: its number, or 0 at the end; and what it holds. */
static int field(struct bytes *b, uint64_t *number, struct bytes *inner)
{
    uint64_t tag;

    if (b->at == b->end)
        return 0;
    tag = varint(b);
    if ((tag & 7) == 0) {
        *number = varint(b);
    } else {
        CHECK_EQ(tag & 7, 2);
        *number = varint(b);
        CHECK(*number <= (uint64_t)(b->end - b->at));
        *inner = (struct bytes){ b->at, b->at + *number };
        b->at = inner->end;
    }
    return (int)(tag >> 3);
}

/* The number in field `wanted` of a message, 0 if it has none. */
static uint64_t number_in(struct bytes message, int wanted)
{
    uint64_t v, found = 0;
    struct bytes inner;
    int f;

    while ((f = field(&message, &v, &inner)))
        if (f == wanted)
            found = v;
    return found;
}

struct profile {
    struct bytes strings[MOST], functions[MOST], locations[MOST], samples[MOST];
    uint64_t nstrings, nsamples;
    struct bytes sample_type, mapping;
    unsigned char raw[1 << 20];
};

static const char *text_of(const struct profile *p, uint64_t i)
{
    static char text[8][256];
    static int turn;
    char *into = text[turn = (turn + 1) % 8];

    CHECK(i < p->nstrings);
    snprintf(into, sizeof text[0], "%.*s", (int)(p->strings[i].end - p->strings[i].at),
             (const char *)p->strings[i].at);
    return into;
}

static void read_profile(struct profile *p, size_t n)
{
    struct bytes all = { p->raw, p->raw + n }, inner = { 0 };
    uint64_t v;

    for (int f; (f = field(&all, &v, &inner));) {
        CHECK(p->nsamples < MOST && p->nstrings < MOST);
        if (f == 1)
            p->sample_type = inner;
        else if (f == 2)
            p->samples[p->nsamples++] = inner;
        else if (f == 3)
            p->mapping = inner;
        else if (f == 4 && number_in(inner, 1) < MOST)
            p->locations[number_in(inner, 1)] = inner;
        else if (f == 5 && number_in(inner, 1) < MOST)
            p->functions[number_in(inner, 1)] = inner;
        else if (f == 6)
            p->strings[p->nstrings++] = inner;
    }
}

/* What dump_pprof() writes now.  The memory is the kernel's: a profile that is read from a
 * signal handler must not use malloc either. */
static struct profile *profile_now(void)
{
    struct profile *p =
        mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int fd = memfd_create("profile", 0), n;
    gzFile packed;

    CHECK(fd >= 0 && p != MAP_FAILED);
    CHECK_EQ(dump_pprof(fd), 0);
    lseek(fd, 0, SEEK_SET);
    CHECK((packed = gzdopen(fd, "r")));
    n = gzread(packed, p->raw, sizeof p->raw);
    CHECK(n > 0 && n < (int)sizeof p->raw && !gzdirect(packed));
    CHECK_EQ(gzclose(packed), Z_OK);
    read_profile(p, (size_t)n);
    return p;
}

static void profile_drop(struct profile *p)
{
    munmap(p, sizeof *p);
}

static const char *frame_of(const struct profile *p, uint64_t location)
{
    static char text[2][600];
    static int turn;
    struct bytes at = p->locations[location], line = { 0 };
    uint64_t v;

    CHECK(location && location < MOST && at.at);
    while (field(&at, &v, &line) != 4)
        ;
    snprintf(text[turn ^= 1], sizeof text[0], "%s %s:%llu",
             text_of(p, number_in(p->functions[number_in(line, 1)], 2)),
             text_of(p, number_in(p->functions[number_in(line, 1)], 4)),
             (unsigned long long)number_in(line, 2));
    return text[turn];
}

/* A sample as a line: "2 at leaf file:1 from root file:2 state=sleep waited=3 seconds". */
static const char *sample_text(const struct profile *p, struct bytes sample)
{
    static char line[2048];
    struct bytes inner;
    uint64_t v;
    int f, n = snprintf(line, sizeof line, "%llu", (unsigned long long)number_in(sample, 2));
    int frames = 0;

    while ((f = field(&sample, &v, &inner))) {
        if (f == 1)
            n += snprintf(line + n, sizeof line - (size_t)n, " %s %s", frames++ ? "from" : "at",
                          frame_of(p, v));
        else if (f == 3 && number_in(inner, 2))
            n += snprintf(line + n, sizeof line - (size_t)n, " %s=%s",
                          text_of(p, number_in(inner, 1)), text_of(p, number_in(inner, 2)));
        else if (f == 3)
            n += snprintf(line + n, sizeof line - (size_t)n, " %s=%llu %s",
                          text_of(p, number_in(inner, 1)), (unsigned long long)number_in(inner, 3),
                          text_of(p, number_in(inner, 4)));
    }
    CHECK(frames >= 2);
    return line;
}

/* The one sample whose line has both texts. */
static const char *the_sample(const struct profile *p, const char *a, const char *b)
{
    const char *line = NULL;

    for (uint64_t i = 0; i < p->nsamples; i++) {
        line = sample_text(p, p->samples[i]);
        if (strstr(line, a) && strstr(line, b))
            return line;
        dprintf(STDERR_FILENO, "%s\n", line);
    }
    dprintf(STDERR_FILENO, "no sample with \"%s\" and \"%s\"\n", a, b);
    _exit(CHECK_FAILED);
}

static uint64_t tasks_in(const struct profile *p)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < p->nsamples; i++)
        sum += number_in(p->samples[i], 2);
    return sum;
}

/* --- what is in it -------------------------------------------------------------------- */

static struct chan *nobody_sends;

static void receives(void *u)
{
    chan_recv(nobody_sends, u);
}
static void sleeps(void *u)
{
    task_sleep(3600 * SEC);
    (void)u;
}

static void start(task_fn *fn, int n)
{
    for (int i = 0; i < n; i++)
        go(fn, NULL);
}

static void start_receivers_and_sleepers(int receivers, int sleepers)
{
    nobody_sends = chan_make(1, 0);
    start(receives, receivers);
    start(sleeps, sleepers);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == receivers && tasks_waiting(WAIT_SLEEP) == sleepers);
}

BODY(a_profile_counts_tasks_by_where_they_wait_and_where_they_were_started)
{
    struct profile *p;
    const char *line;

    start_receivers_and_sleepers(100, 7);
    p = profile_now();
    CHECK_EQ(p->nsamples, 3);
    CHECK_EQ(tasks_in(p), task_count());

    line = the_sample(p, " at receives tests/runtime/test_pprof.c:", " state=chan receive");
    CHECK_EQ(atoi(line), 100);
    CHECK(strstr(line, " from start tests/runtime/test_pprof.c:"));
    line = the_sample(p, " at sleeps tests/runtime/test_pprof.c:", " state=sleep");
    CHECK_EQ(atoi(line), 7);
    line = the_sample(p, "1 at profile_now ", " state=running");
    CHECK(!strstr(line, "waited="));

    CHECK_EQ(strcmp(text_of(p, 0), ""), 0);
    CHECK_EQ(strcmp(text_of(p, number_in(p->sample_type, 1)), "goroutine"), 0);
    CHECK_EQ(strcmp(text_of(p, number_in(p->sample_type, 2)), "count"), 0);
    CHECK(strstr(text_of(p, number_in(p->mapping, 5)), "pprof"));
    profile_drop(p);
}
ENDS_OK(a_profile_counts_tasks_by_where_they_wait_and_where_they_were_started)

/* As if all tasks that wait had done so for a second more each.  How many seconds it came to. */
static NO_TSAN int64_t wait_for_long(int64_t ago)
{
    for (struct task_slab *s = task_slabs; s; s = s->next)
        for (struct task *t = s->tasks; t < s->tasks + SLAB_TASKS; t++)
            if (t->state == TASK_WAITING)
                t->since_ns = clock_now() - ago++ * SEC - 500 * MS;
    return ago;
}

BODY(a_profile_tells_how_long_the_first_of_a_group_has_waited)
{
    struct profile *p;

    start_receivers_and_sleepers(3, 0);
    CHECK_EQ(wait_for_long(88), 91);
    p = profile_now();
    the_sample(p, "3 at receives ", " waited=90 seconds");
    profile_drop(p);
}
ENDS_OK(a_profile_tells_how_long_the_first_of_a_group_has_waited)

/* More stories than are put together: the rest is one sample each, and all have names. */
BODY(every_task_is_in_the_profile_however_many_stories_there_are)
{
    enum { STORIES = 300 };
    static struct site sites[STORIES];
    struct profile *p;
    char from[64];

    for (int i = 0; i < STORIES; i++) {
        sites[i] = (struct site){ "somewhere.c", i + 1, "many" };
        task_go(receives, NULL, &sites[i]);
    }
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == STORIES);
    p = profile_now();
    CHECK_EQ(tasks_in(p), STORIES + 1);
    for (int i = 0; i < STORIES; i++) {
        snprintf(from, sizeof from, " from many somewhere.c:%d ", i + 1);
        the_sample(p, from, "chan receive (nil chan)");
    }
    profile_drop(p);
}
ENDS_OK(every_task_is_in_the_profile_however_many_stories_there_are)

/* --- at any time ---------------------------------------------------------------------- */

BODY(a_profile_of_very_many_tasks_is_no_bigger)
{
    int few = memfd_create("few", 0), many = memfd_create("many", 0);

    start_receivers_and_sleepers(10, 1);
    CHECK_EQ(dump_pprof(few), 0);
    start(receives, 5000);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 5010);
    CHECK_EQ(dump_pprof(many), 0);
    CHECK(lseek(few, 0, SEEK_END) > 100);
    CHECK(lseek(many, 0, SEEK_END) < lseek(few, 0, SEEK_END) + 100);
}
ENDS_OK(a_profile_of_very_many_tasks_is_no_bigger)

static void count(void *n)
{
    __atomic_fetch_add((int *)n, 1, __ATOMIC_RELEASE);
}

static void churn(void *over)
{
    while (!__atomic_load_n((int *)over, __ATOMIC_ACQUIRE)) {
        int done = 0;

        for (int i = 0; i < 20; i++)
            go(count, &done);
        while (__atomic_load_n(&done, __ATOMIC_ACQUIRE) < 20)
            task_yield();
    }
}

BODY(a_profile_of_tasks_that_come_and_go_can_be_read)
{
    int over = 0;

    start_receivers_and_sleepers(40, 1);
    for (int i = 0; i < 3; i++)
        go(churn, &over);
    for (int i = 0; i < 30; i++) {
        struct profile *p = profile_now();

        CHECK_EQ(atoi(the_sample(p, " at receives ", "=chan receive")), 40);
        profile_drop(p);
        task_yield();
    }
    count(&over);
}
AS_TEST(a_profile_of_tasks_that_come_and_go_can_be_read, {
    SKIP_UNDER_TOOLS(); /* under them there are too many to be read */
    ASSERT_ENDS_OK(a_profile_of_tasks_that_come_and_go_can_be_read);
})

static volatile int written;

static void write_now(int sig)
{
    (void)sig;
    written = 1 + dump_pprof(STDERR_FILENO);
}

static void signal_from_outside(void *u)
{
    (void)u;
    kill(getpid(), SIGUSR1);
    for (int i = 0; i < 10000 && !written; i++)
        usleep(1000);
}

/* All workers asleep, task 1 in a call; the profile is written by a signal handler. */
BODY(a_signal_handler_can_write_a_profile_of_a_process_that_is_stuck)
{
    struct sigaction on = { .sa_handler = write_now, .sa_flags = SA_ONSTACK | SA_RESTART };

    sigaction(SIGUSR1, &on, NULL);
    task_blocking(signal_from_outside, NULL);
    CHECK_EQ(written, 1);
}
AS_TEST(a_signal_handler_can_write_a_profile_of_a_process_that_is_stuck, {
    SKIP_UNDER_TOOLS();
    assert_ends("signal", a_signal_handler_can_write_a_profile_of_a_process_that_is_stuck, 0,
                "\x1f\x8b\x08");
})

/* malloc's lock may be held by whom a signal interrupted. */
#if !defined(TOOL_ASAN) && !defined(TOOL_TSAN)

static int mallocs;

void *__libc_malloc(size_t bytes);

void *malloc(size_t bytes)
{
    __atomic_fetch_add(&mallocs, 1, __ATOMIC_RELAXED);
    return __libc_malloc(bytes);
}

BODY(no_form_of_a_dump_calls_malloc)
{
    int into = memfd_create("dump", 0), before;
    static int done;
    void *volatile kept;

    defer(count, &done); /* a dump tells of it */
    start_receivers_and_sleepers(10, 1);
    before = __atomic_load_n(&mallocs, __ATOMIC_RELAXED);
    CHECK_EQ(dump_tasks(into, DUMP_EACH), 0);
    CHECK_EQ(dump_tasks(into, DUMP_GROUPED), 0);
    CHECK_EQ(dump_pprof(into), 0);
    CHECK_EQ(__atomic_load_n(&mallocs, __ATOMIC_RELAXED), before);
    kept = malloc(1); /* they are counted */
    CHECK(kept);
    CHECK(RUNNING_ON_VALGRIND || __atomic_load_n(&mallocs, __ATOMIC_RELAXED) > before);
}
ENDS_OK(no_form_of_a_dump_calls_malloc)

#else
AS_TEST(no_form_of_a_dump_calls_malloc, skip())
#endif

BODY(a_profile_that_cannot_be_written_says_why)
{
    int full = open("/dev/full", O_WRONLY);

    CHECK_EQ(dump_pprof(-1), -EBADF);
    if (full >= 0)
        CHECK_EQ(dump_pprof(full), -ENOSPC);
}
ENDS_OK(a_profile_that_cannot_be_written_says_why)

/* --- with Go's own reader ------------------------------------------------------------- */

static char profile_path[] = "/tmp/test_pprof.XXXXXX";

BODY(go_tool_pprof_opens_it)
{
    int fd = open(profile_path, O_WRONLY | O_TRUNC);

    start_receivers_and_sleepers(100, 7);
    CHECK_EQ(dump_pprof(fd), 0);
}

/* What `go tool pprof <how>` says of the profile. */
static const char *pprof_says(const char *how)
{
    static char said[1 << 14];
    char command[256];
    FILE *f;

    snprintf(command, sizeof command, "go tool pprof %s %s 2>&1", how, profile_path);
    f = popen(command, "r");
    assert_non_null(f);
    said[fread(said, 1, sizeof said - 1, f)] = 0;
    if (pclose(f))
        fail_msg("%s: %s", command, said);
    return said;
}

static void assert_pprof_says(const char *how, const char *line)
{
    const char *said = pprof_says(how);

    if (!strstr(said, line))
        fail_msg("go tool pprof %s never said \"%s\" but:\n%s", how, line, said);
}

AS_TEST(go_tool_pprof_opens_it, {
    if (RUNNING_ON_VALGRIND || system("go version >/dev/null 2>&1"))
        skip();
    close(mkstemp(profile_path));
    assert_ends("go tool pprof", go_tool_pprof_opens_it, 0, NULL);
    assert_pprof_says("-top", "Type: goroutine\n");
    assert_pprof_says("-top", "108, 100% of 108 total");
    assert_pprof_says("-top", "       100 92.59% 92.59%        100 92.59%  receives\n");
    assert_pprof_says("-top", "107 99.07%  start\n");
    assert_pprof_says("-traces", "state:  chan receive\n");
    assert_pprof_says("-traces", "       100   receives\n             start\n");
    assert_pprof_says("-lines -traces", "         7   sleeps tests/runtime/test_pprof.c:");
    unlink(profile_path);
})

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_profile_counts_tasks_by_where_they_wait_and_where_they_were_started),
        TEST(a_profile_tells_how_long_the_first_of_a_group_has_waited),
        TEST(every_task_is_in_the_profile_however_many_stories_there_are),
        TEST(a_profile_of_very_many_tasks_is_no_bigger),
        TEST(a_profile_of_tasks_that_come_and_go_can_be_read),
        TEST(a_signal_handler_can_write_a_profile_of_a_process_that_is_stuck),
        TEST(no_form_of_a_dump_calls_malloc),
        TEST(a_profile_that_cannot_be_written_says_why),
        TEST(go_tool_pprof_opens_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
