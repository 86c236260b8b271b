/* SPDX-License-Identifier: MIT */
/* main.c - go through the schedules of every scene; TAP.
 *
 *     explore [SCENE]               all schedules, then SEEDS seeds, then one of them 1,000 times,
 *                                   which must be the same; a part of the name will do
 *     TWIN_SEED=n explore SCENE     this seed, with its trace
 *     TWIN_ANSWERS=0.2 explore SCENE   this list of answers, with its trace
 *
 * SEEDS (default 10000) and MOST (how many schedules of the exhaustive part, default
 * 2000000) come from the environment; 0 leaves the part out.
 *
 * Each scene runs in a child, which writes its progress into shared memory: so a scene that
 * crashes or never ends is reported with its seed, too. */
#include "arena.h"
#include "scene.h"
#include "search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECONDS 120 /* of a processor, for one scene; a hang reaches it */

static const struct scene *const tables[] = {
    lock_scenes,  steal_scenes, chan_scenes, program_scenes,
    timer_scenes, ctx_scenes,   sync_scenes, pool_scenes,
};

/* What the child reports. */
struct progress {
    bool seeded;  /* else in the exhaustive part */
    uint32_t cut; /* things that had too many schedules for MOST */
    bool failed;
    bool crashed; /* failed in the middle of a schedule, with the process */
    uint64_t seed, schedules, exhausted, seeds;
    uint32_t round;
    uint32_t seen;
    double seconds;
    char failure[512];
    uint32_t nanswers;
    uint8_t answers[SEARCH_DEPTH]; /* of the schedule under way */
};
static struct progress *told;

static const struct scene *scene; /* the child's */

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    char *end;
    uint64_t n;

    if (!text)
        return otherwise;
    n = strtoull(text, &end, 10);
    if (end == text || *end) {
        fprintf(stderr, "twinbench: %s: a number, not '%s'\n", name, text);
        exit(2);
    }
    return n;
}

/* In the parent, so that a bad number is refused once. */
static void settings_check(void)
{
    static const char *const numbers[] = { "SEEDS", "MOST", "TWIN_SEED", "TWIN_ROUND" };
    const char *answers = getenv("TWIN_ANSWERS");

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        setting(numbers[i], 0);
    if (answers && !search_list(answers)) {
        fprintf(stderr, "twinbench: TWIN_ANSWERS: numbers with dots between, as 0.2.1\n");
        exit(2);
    }
}

static double seconds_now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* --- one schedule ------------------------------------------------------------------- */

static void start(void *unused)
{
    (void)unused;
    scene->start();
}

static void look_at(enum explore_end end)
{
    if (end == EXPLORE_STUCK && !scene->check_stuck)
        explore_fail("stuck: no task can go on");
    else if (end == EXPLORE_STUCK)
        scene->check_stuck();
    else if (end == EXPLORE_ENDED && scene->check)
        scene->check();
    if (end != EXPLORE_ENDED || explore_failure()[0])
        return;
    if (arena_trouble())
        explore_fail("%s", arena_trouble());
    else if (arena_live())
        explore_fail("%d allocations are left over", arena_live());
}

static uint32_t (*source)(uint32_t n, enum explore_question question);

/* Written at once: it may be the last one before a crash. */
static uint32_t answer(uint32_t n, enum explore_question question)
{
    uint32_t a = source(n, question);

    if (told->nanswers < SEARCH_DEPTH)
        told->answers[told->nanswers++] = (uint8_t)a;
    return a;
}

/* True: the schedule kept all promises. */
static bool schedule(uint32_t (*from)(uint32_t, enum explore_question),
                     const struct explore_limits *limits)
{
    enum explore_end end;

    source = from;
    told->nanswers = 0;
    arena_begin();
    end = explore_schedule(start, NULL, answer, limits);
    look_at(end);
    arena_end();
    told->schedules++;
    return !explore_failure()[0];
}

static void tell_failure(void)
{
    told->failed = true;
    snprintf(told->failure, sizeof told->failure, "%s", explore_failure());
}

/* --- many --------------------------------------------------------------------------- */

/* A seed uses all points, and loses any number of turns. */
static const struct explore_limits *limits(bool by_seed)
{
    static struct explore_limits l;

    l = (struct explore_limits){
        .preemptions = by_seed ? UINT32_MAX : scene->preemptions,
        .advances = scene->advances,
        .fine = by_seed || scene->fine,
        .weak = by_seed || scene->weak,
        .bias_takes = scene->bias_takes,
    };
    return &l;
}

/* --- repeatability ----------------------------------------------------------------- */

static uint64_t trace_hash(void)
{
    uint32_t n;
    const struct explore_step *steps = explore_steps(&n);
    uint64_t h = 14695981039346656037u;

    for (uint32_t i = 0; i < n; i++) {
        const struct explore_step *s = &steps[i];
        uint64_t words[] = { (uintptr_t)s->site, arena_offset(s->object), s->task, s->to, s->n,
                             s->chosen };

        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            h = (h ^ words[k]) * 1099511628211u;
    }
    return h;
}

static bool by_seed(uint64_t seed)
{
    told->seed = seed;
    explore_seed(seed);
    if (scene->seed)
        scene->seed(seed);
    return schedule(explore_seeded, limits(true));
}

/* One seed is one schedule, whatever ran before. */
static bool same_again(void)
{
    uint64_t first = 0;

    for (int i = 0; i < 1000; i++) {
        if (!by_seed(2 + (uint64_t)i) || !by_seed(1))
            return false;
        if (!i)
            first = trace_hash();
        if (trace_hash() != first) {
            explore_fail("run %d of 1000 with the same seed took another course", i + 1);
            return false;
        }
    }
    return true;
}

/* False: something failed. */
static bool exhaust(uint64_t most)
{
    search_all();
    for (uint64_t n = 1; schedule(search_next, limits(false)); n++) {
        if (!search_more())
            return true;
        if (n == most) {
            told->cut++;
            return true;
        }
    }
    return false;
}

static bool exhaust_rounds(uint64_t most)
{
    for (uint32_t n = 0; n < scene->rounds; n++) {
        uint32_t cut = told->cut;

        told->round = n;
        scene->round(n);
        if (!exhaust(most))
            return false;
        if (cut == told->cut && scene->round_over)
            scene->round_over();
        if (explore_failure()[0])
            return false;
    }
    return true;
}

static void explore_all(void *unused)
{
    uint64_t most = setting("MOST", 2000000), seeds = setting("SEEDS", 10000);
    bool fine = true;

    (void)unused;
    if (most)
        fine = scene->rounds ? exhaust_rounds(1 + most / scene->rounds) : exhaust(most);
    told->exhausted = told->schedules;
    told->seeded = fine;
    for (; fine && told->seeds < seeds; told->seeds++)
        fine = by_seed(1 + told->seeds);
    fine = fine && (!seeds || same_again());
    if (fine && most && !(fine = (told->seen & scene->must_see) == scene->must_see))
        explore_fail("what must happen in some schedule never did: saw %#x of %#x",
                     (unsigned)told->seen, (unsigned)scene->must_see);
    if (!fine)
        tell_failure();
}

/* --- a trace ------------------------------------------------------------------------ */

/* Things in the order in which they are first touched: A, B ... */
static const char *letter(const volatile void *p)
{
    static const volatile void *seen[26];
    static char name[2];
    int i = 0;

    while (i < 25 && seen[i] && seen[i] != p)
        i++;
    seen[i] = p;
    name[0] = (char)('A' + i);
    return name;
}

static void say_task(const char *before, uint32_t number)
{
    if (number > 1)
        printf("%stask %u", before, number);
    else
        printf("%s%s", before, number ? "driver" : "clock");
}

static void print_trace(void)
{
    uint32_t n;
    const struct explore_step *steps = explore_steps(&n);

    for (uint32_t i = 0; i < n; i++) {
        const struct explore_step *s = &steps[i];

        printf("# %4u  ", i + 1);
        say_task("", s->task);
        if (s->site)
            printf(" in %s, before %s of %s (%s)", s->site->func, s->site->op + 9, s->site->on,
                   letter(s->object));
        if (s->n > 1)
            printf(", %u of %u", s->chosen, s->n);
        if (s->to != s->task)
            say_task(" -> ", s->to);
        printf("\n");
    }
}

static void replay(void *unused)
{
    const char *answers = getenv("TWIN_ANSWERS");
    bool fine;

    (void)unused;
    if (answers) {
        search_list(answers);
        if (scene->round)
            scene->round((uint32_t)setting("TWIN_ROUND", 0));
        fine = schedule(search_listed, limits(false));
    } else {
        fine = by_seed(setting("TWIN_SEED", 1));
    }
    print_trace();
    if (!fine)
        tell_failure();
}

/* --- a child for each scene ---------------------------------------------------------------- */

static void run_scene(const struct scene *s, task_fn *fn)
{
    int status;
    pid_t child;

    memset(told, 0, sizeof *told);
    fflush(NULL);
    child = fork();
    if (!child) {
        double began = seconds_now();

        setitimer(ITIMER_PROF, &(struct itimerval){ .it_value = { SECONDS, 0 } }, NULL);
        scene = s;
        task_main(fn, NULL);
        told->seconds = seconds_now() - began;
        fflush(NULL);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("twinbench: explore");
        exit(1);
    }
    if (status && !told->failed) {
        told->failed = told->crashed = true;
        snprintf(told->failure, sizeof told->failure, "the process ended with %s %d",
                 WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    if (!told->schedules && !told->failed) {
        told->failed = true;
        snprintf(told->failure, sizeof told->failure, "no schedule was run");
    }
}

static void say_exhausted(const struct scene *s)
{
    printf("# %llu schedules", (unsigned long long)told->exhausted);
    if (told->failed && !told->seeded)
        printf(" and no more");
    else if (s->rounds)
        printf(" are all of %u programs and the first of %u", s->rounds - told->cut, told->cut);
    else
        printf(told->cut ? " are the first" : " are all");
    if (s->preemptions != UINT32_MAX)
        printf(" with %u turns lost", s->preemptions);
    printf("\n");
}

static void say_how_many(const struct scene *s)
{
    if (told->exhausted)
        say_exhausted(s);
    if (told->seeds)
        printf("# %llu seeds\n", (unsigned long long)told->seeds);
    if (told->seconds > 0.01)
        printf("# %.0f schedules a second\n", (double)told->schedules / told->seconds);
}

/* Without the zeroes at the end: a list is continued with zeroes. */
static void say_answers(const struct scene *s)
{
    uint32_t n = told->nanswers;

    while (n > 1 && !told->answers[n - 1])
        n--;
    if (s->rounds)
        printf("TWIN_ROUND=%u ", told->round);
    printf("TWIN_ANSWERS=");
    for (uint32_t i = 0; i < n; i++)
        printf("%s%u", i ? "." : "", told->answers[i]);
}

static void say_scene(const struct scene *s, int number)
{
    printf("%sok %d - %s\n", told->failed ? "not " : "", number, s->name);
    say_how_many(s);
    if (!told->failed)
        return;
    printf("# %s\n", told->failure);
    if (!told->schedules && !told->crashed)
        return;
    printf("# schedule %llu; again: ", (unsigned long long)told->schedules + told->crashed);
    if (told->seeded)
        printf("TWIN_SEED=%llu", (unsigned long long)told->seed);
    else
        say_answers(s);
    printf(" build/seed/explore '%s'\n", s->name);
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    bool one = getenv("TWIN_SEED") || getenv("TWIN_ANSWERS");
    int number = 0, failures = 0;

    settings_check();
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED) {
        perror("twinbench: explore");
        return 1;
    }
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        for (const struct scene *s = tables[i]; s->name; s++) {
            if (!strstr(s->name, part))
                continue;
            run_scene(s, one ? replay : explore_all);
            say_scene(s, ++number);
            failures += told->failed;
        }
    if (!number) {
        fprintf(stderr, "twinbench: explore: no scene has '%s' in its name\n", part);
        return 2;
    }
    printf("1..%d\n", number);
    return failures ? 1 : 0;
}

void saw(uint32_t bits)
{
    told->seen |= bits;
}

static bool first_wait(void *arg)
{
    for (uint32_t k = 0; k < (uint32_t)(uintptr_t)arg; k++)
        if (!explore_waits(2 + k))
            return false;
    return true;
}

void until_first_wait(uint32_t n)
{
    explore_until(first_wait, (void *)(uintptr_t)n);
}
