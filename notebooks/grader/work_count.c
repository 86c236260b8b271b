/* SPDX-License-Identifier: MIT */
/* work_count.c - what a twin does to its scene: part of the programs NAME-work alone.
 *
 * The functions of the scene are compiled with -finstrument-functions, the twin's and the
 * runtime's are not.  So what is counted here is the work that the tip is about, and not the way in
 * which it is done.  What is asked of the runtime is counted too, by twin and scene together: the
 * linker leads their calls here (build.py).  When all is idle it goes to descriptor 5 (the numbers
 * in hexadecimal):
 *
 *     call OFFSET COUNT WORD     a function, by where it lies in the program, how often it began,
 *                                and one more than the index of the one word of struct scene that
 *                                each of these changed; 0: there is no such word
 *     panics COUNT               recovered or not
 *     requests COUNT             that there are
 *     held COUNT                 locks that were taken and not given back
 *     asked WHAT COUNT           of `enum asked`
 *     stood WHAT COUNT           before the first request, of 0 tasks, 1 timers,
 *                                2 contexts, 3 channels
 *     word INDEX VALUE           a word of struct scene
 *     lowered INDEX TIMES        it was less than at the look before, so often
 *     end
 */
#include "ctx.h"
#include "inside/tips.h"
#include "pattern.h"
#include "select.h"
#include "stats.h"
#include "sync.h"
#include "task.h"
#include "timer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EVIDENCE = 5, SLOTS = 1024, SCENE_WORDS = 64, LOOKS = 4096 };

/* What build.py's table of one tip says; this stands in its place. */
extern const struct tip *const watched_original;
struct tip watched_tip;

extern const char __executable_start;

static struct slot {
    void *function;
    uint64_t calls;
    uint64_t word; /* + 1: the one that each call so far has changed */
    bool varies;   /* there is none */
} slots[SLOTS];

/* The function that was entered last, and the scene as it was then. */
static struct {
    void *function;
    uint64_t words[SCENE_WORDS];
} inside;

static const struct scene *scene;

#define UNSEEN __attribute__((no_instrument_function))

UNSEEN void __cyg_profile_func_enter(void *function, void *site);
UNSEEN void __cyg_profile_func_exit(void *function, void *site);

UNSEEN static size_t words(void)
{
    return watched_tip.scene_bytes / sizeof(uint64_t);
}

/* A scene has some dozens of functions; a slot, once taken, stays theirs. */
UNSEEN static struct slot *slot_of(void *function)
{
    size_t i = ((uintptr_t)function >> 4) % SLOTS;

    for (size_t k = 0; k < SLOTS; k++, i = (i + 1) % SLOTS) {
        void *nobody = NULL;
        if (__atomic_load_n(&slots[i].function, __ATOMIC_RELAXED) == function ||
            __atomic_compare_exchange_n(&slots[i].function, &nobody, function, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
            nobody == function)
            return &slots[i];
    }
    return NULL;
}

/* What each word was at the last look, and how often it was less than at the one before. */
static struct {
    uint64_t word, times;
} looked[SCENE_WORDS];

/* One worker looks at a time, or what one has seen later could be written down before. */
UNSEEN static void look_at_words(void)
{
    static bool looking;
    const uint64_t *words_now = (const uint64_t *)scene;

    if (!scene || words() > SCENE_WORDS || __atomic_exchange_n(&looking, true, __ATOMIC_ACQUIRE))
        return;
    for (size_t i = 0; i < words(); i++) {
        uint64_t now = __atomic_load_n(&words_now[i], __ATOMIC_RELAXED);
        looked[i].times += now < looked[i].word;
        looked[i].word = now;
    }
    __atomic_store_n(&looking, false, __ATOMIC_RELEASE);
}

/* In a long series a look at each call would take most of the time. */
UNSEEN static bool is_looked_at(const struct slot *s)
{
    return s && s->calls <= LOOKS;
}

void __cyg_profile_func_enter(void *function, void *site)
{
    struct slot *s = slot_of(function);

    (void)site;
    if (s)
        __atomic_add_fetch(&s->calls, 1, __ATOMIC_RELAXED);
    inside.function = function;
    if (is_looked_at(s))
        look_at_words();
    if (is_looked_at(s) && scene && words() <= SCENE_WORDS)
        memcpy(inside.words, scene, words() * sizeof(uint64_t));
}

/* One more than the index of the one word that has changed since; 0: none has, or several. */
UNSEEN static uint64_t changed_word(void)
{
    const uint64_t *now = (const uint64_t *)scene;
    uint64_t found = 0;

    for (size_t i = 0; i < words(); i++) {
        if (now[i] == inside.words[i])
            continue;
        if (found)
            return 0;
        found = i + 1;
    }
    return found;
}

/* Of one that has called another of the scene nothing is said. */
void __cyg_profile_func_exit(void *function, void *site)
{
    struct slot *s = slot_of(function);
    bool saw_it_begin = scene && words() <= SCENE_WORDS && inside.function == function;

    (void)site;
    inside.function = NULL;
    if (!is_looked_at(s))
        return;
    look_at_words();
    uint64_t word = saw_it_begin ? changed_word() : 0;
    s->varies |= word == 0 || (s->word && s->word != word);
    s->word = word;
}

/* --- the runtime ------------------------------------------------------------------------ */

enum asked {
    ASKED_PASS,      /* a send or a receive, of a value */
    ASKED_START,     /* a task */
    ASKED_LIMITED,   /* a wait that time ends, if nothing else does */
    ASKED_UNLIMITED, /* one that it does not */
    ASKED
};

static uint64_t asked[ASKED];

static void count(enum asked what)
{
    __atomic_add_fetch(&asked[what], 1, __ATOMIC_RELAXED);
}

/* --- what time ends --- */

/* The channels that time makes ready: a timer's, and a context's with a deadline.  Of two that fall
 * on one place the later one is known. */
enum { TIMELY = 1 << 16 };
static struct chan *timely[TIMELY];

static struct chan **place_of(struct chan *c)
{
    return &timely[((uintptr_t)c >> 4) % TIMELY];
}

static void learn(struct chan *c, bool is_timely)
{
    struct chan *known = c;

    if (is_timely)
        __atomic_store_n(place_of(c), c, __ATOMIC_RELAXED);
    else
        __atomic_compare_exchange_n(place_of(c), &known, NULL, false, __ATOMIC_RELAXED,
                                    __ATOMIC_RELAXED);
}

static bool is_timely(struct chan *c)
{
    return c && __atomic_load_n(place_of(c), __ATOMIC_RELAXED) == c;
}

/* A wait of ns at most for one of these.  A look that finds nothing is one, too: whoever looks
 * again and again waits. */
static void waits(const struct select_case *cases, size_t n, int64_t ns, bool it_happened,
                  bool of_a_value)
{
    bool ends = ns > 0 && ns < INT64_MAX;

    for (size_t i = 0; i < n; i++)
        ends |= is_timely(cases[i].chan);
    if (ns > 0 || !it_happened)
        count(ends ? ASKED_LIMITED : ASKED_UNLIMITED);
    if (of_a_value)
        count(ASKED_PASS);
}

static void waits_for(struct chan *c, int64_t ns, enum chan_result r)
{
    waits(&(struct select_case){ .chan = c }, 1, ns, r != CHAN_WOULD_BLOCK, r == CHAN_OK);
}

static bool has_deadline(struct ctx *x)
{
    int64_t when;

    return ctx_deadline(x, &when);
}

/* --- the calls --- */

/* STANDS_BEFORE(type, function, parameters, arguments, counts): the call, and what of it counts;
 * r is what came of it. */
#define STANDS_BEFORE(type, function, parameters, arguments, counts)                               \
    type __real_##function parameters;                                                             \
    type __wrap_##function parameters;                                                             \
    type __wrap_##function parameters                                                              \
    {                                                                                              \
        type r = __real_##function arguments;                                                      \
        counts;                                                                                    \
        return r;                                                                                  \
    }

STANDS_BEFORE(bool, chan_recv_at, (struct chan * c, void *v, const struct site *where),
              (c, v, where), waits_for(c, INT64_MAX, r ? CHAN_OK : CHAN_CLOSED))
STANDS_BEFORE(enum chan_result, chan_try_recv, (struct chan * c, void *v), (c, v),
              waits_for(c, 0, r))
STANDS_BEFORE(enum chan_result, chan_try_send_at,
              (struct chan * c, const void *v, const struct site *where), (c, v, where),
              waits_for(c, 0, r))
STANDS_BEFORE(enum chan_result, chan_recv_timed_at,
              (struct chan * c, void *v, int64_t ns, const struct site *where), (c, v, ns, where),
              waits_for(c, ns, r))
STANDS_BEFORE(enum chan_result, chan_send_timed_at,
              (struct chan * c, const void *v, int64_t ns, const struct site *where),
              (c, v, ns, where), waits_for(c, ns, r))
STANDS_BEFORE(int, select_at,
              (struct select_case * cases, size_t n, int64_t ns, const struct site *where),
              (cases, n, ns, where), waits(cases, n, ns, r >= 0, r >= 0))

STANDS_BEFORE(struct chan *, chan_make_at,
              (size_t elem_bytes, size_t cap, const struct site *where), (elem_bytes, cap, where),
              learn(r, false))
STANDS_BEFORE(struct chan *, ctx_done, (struct ctx * x), (x), learn(r, has_deadline(x)))
STANDS_BEFORE(struct chan *, timer_chan, (struct timer * t), (t), learn(r, true))
STANDS_BEFORE(struct chan *, timer_after_at, (int64_t ns, const struct site *where), (ns, where),
              learn(r, true))

void __real_chan_send_at(struct chan *c, const void *v, const struct site *where);
void __wrap_chan_send_at(struct chan *c, const void *v, const struct site *where);
void __wrap_chan_send_at(struct chan *c, const void *v, const struct site *where)
{
    __real_chan_send_at(c, v, where);
    waits_for(c, INT64_MAX, CHAN_OK);
}

void __real_task_go(task_fn *fn, void *arg, const struct site *where);
void __wrap_task_go(task_fn *fn, void *arg, const struct site *where);
void __wrap_task_go(task_fn *fn, void *arg, const struct site *where)
{
    count(ASKED_START);
    __real_task_go(fn, arg, where);
}

/* --- locks --- */

static int64_t held;

#define CHANGES_HELD(lock, function, by)                                                           \
    void __real_##function(lock *m, const struct site *where);                                     \
    void __wrap_##function(lock *m, const struct site *where);                                     \
    void __wrap_##function(lock *m, const struct site *where)                                      \
    {                                                                                              \
        __real_##function(m, where);                                                               \
        __atomic_add_fetch(&held, by, __ATOMIC_RELAXED);                                           \
    }

CHANGES_HELD(struct mutex, mutex_lock_at, 1)
CHANGES_HELD(struct mutex, mutex_unlock_at, -1)
CHANGES_HELD(struct rwmutex, rwmutex_lock_at, 1)
CHANGES_HELD(struct rwmutex, rwmutex_rlock_at, 1)
CHANGES_HELD(struct rwmutex, rwmutex_unlock_at, -1)
CHANGES_HELD(struct rwmutex, rwmutex_runlock_at, -1)
STANDS_BEFORE(bool, mutex_try_lock, (struct mutex * m), (m),
              __atomic_add_fetch(&held, r, __ATOMIC_RELAXED))

/* --- the scene -------------------------------------------------------------------------- */

UNSEEN static void setup(struct scene *s, const struct params *p)
{
    scene = s;
    if (watched_original->setup)
        watched_original->setup(s, p);
}

/* What there was when the first request came is what there is less what has come since. */
static void tell_what_stood(const struct sample *since)
{
    struct stats now = stats_read();
    int64_t stood[] = { now.tasks.now - since->tasks, now.timers.now - since->timers,
                        now.contexts.now - since->contexts, now.channels.now - since->channels };

    for (size_t what = 0; what < sizeof stood / sizeof stood[0]; what++)
        dprintf(EVIDENCE, "stood %zx %lx\n", what,
                (unsigned long)(stood[what] > 0 ? stood[what] : 0));
}

static void probe(struct scene *s, struct sample *out)
{
    const uint64_t *now = (const uint64_t *)s;

    if (lseek(EVIDENCE, 0, SEEK_CUR) != 0)
        panic("descriptor %d is not for the twin", EVIDENCE);
    look_at_words();
    if (watched_original->probe)
        watched_original->probe(s, out); /* what it works out is in the scene, too */
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].function)
            dprintf(EVIDENCE, "call %lx %lx %lx\n",
                    (unsigned long)((const char *)slots[i].function - &__executable_start),
                    (unsigned long)slots[i].calls,
                    slots[i].varies ? 0 : (unsigned long)slots[i].word);
    dprintf(EVIDENCE, "panics %lx\n", (unsigned long)stats_read().panics);
    dprintf(EVIDENCE, "requests %lx\n", (unsigned long)out->ops);
    dprintf(EVIDENCE, "held %lx\n", (unsigned long)held);
    for (int what = 0; what < ASKED; what++)
        dprintf(EVIDENCE, "asked %x %lx\n", what, (unsigned long)asked[what]);
    tell_what_stood(out);
    for (size_t i = 0; i < words(); i++)
        dprintf(EVIDENCE, "word %zx %lx\n", i, (unsigned long)now[i]);
    for (size_t i = 0; i < words() && i < SCENE_WORDS; i++)
        if (looked[i].times)
            dprintf(EVIDENCE, "lowered %zx %lx\n", i, (unsigned long)looked[i].times);
    dprintf(EVIDENCE, "end\n");
}

/* Where the usual size is the first or the last of the dial, all of a request can be of one kind.
 */
UNSEEN static bool is_at_an_end(const struct tip *t)
{
    uint64_t size = t->defaults.size;

    return t->dial == SIZE && (size == t->points[0] || size == t->points[tip_points(t) - 1]);
}

__attribute__((constructor)) static void watch(void)
{
    watched_tip = *watched_original;
    watched_tip.defaults = tip_usual(watched_original);
    if (is_at_an_end(&watched_tip))
        watched_tip.defaults.size = watched_tip.points[tip_points(&watched_tip) / 2];
    watched_tip.setup = setup;
    watched_tip.probe = probe;
}
