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
 *     asked WHAT COUNT           of `enum asked`
 *     word INDEX VALUE           a word of struct scene
 *     end
 */
#include "inside/tips.h"
#include "pattern.h"
#include "select.h"
#include "stats.h"
#include "task.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EVIDENCE = 5, SLOTS = 1024, SCENE_WORDS = 64 };

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

void __cyg_profile_func_enter(void *function, void *site)
{
    struct slot *s = slot_of(function);

    (void)site;
    if (s)
        __atomic_add_fetch(&s->calls, 1, __ATOMIC_RELAXED);
    inside.function = function;
    if (scene && words() <= SCENE_WORDS)
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
    bool looked = scene && words() <= SCENE_WORDS && inside.function == function;
    uint64_t word = looked ? changed_word() : 0;

    (void)site;
    inside.function = NULL;
    if (!s)
        return;
    s->varies |= word == 0 || (s->word && s->word != word);
    s->word = word;
}

/* --- the runtime ------------------------------------------------------------------------ */

enum asked {
    ASKED_PASS,  /* a send or a receive, which happened */
    ASKED_START, /* a task */
};

static uint64_t passed, started;

static void count(uint64_t *what)
{
    __atomic_add_fetch(what, 1, __ATOMIC_RELAXED);
}

/* STANDS_BEFORE(type, function, parameters, arguments): the call, and then, if it came out so
 * that `came` is true, one more pass. */
#define STANDS_BEFORE(type, function, parameters, arguments, came)                                 \
    type __real_##function parameters;                                                             \
    type __wrap_##function parameters;                                                             \
    type __wrap_##function parameters                                                              \
    {                                                                                              \
        type r = __real_##function arguments;                                                      \
        if (came)                                                                                  \
            count(&passed);                                                                        \
        return r;                                                                                  \
    }

STANDS_BEFORE(bool, chan_recv_at, (struct chan * c, void *v, const struct site *where),
              (c, v, where), true)
STANDS_BEFORE(enum chan_result, chan_try_recv, (struct chan * c, void *v), (c, v),
              r != CHAN_WOULD_BLOCK)
STANDS_BEFORE(enum chan_result, chan_try_send_at,
              (struct chan * c, const void *v, const struct site *where), (c, v, where),
              r != CHAN_WOULD_BLOCK)
STANDS_BEFORE(enum chan_result, chan_recv_timed_at,
              (struct chan * c, void *v, int64_t ns, const struct site *where), (c, v, ns, where),
              r != CHAN_WOULD_BLOCK)
STANDS_BEFORE(enum chan_result, chan_send_timed_at,
              (struct chan * c, const void *v, int64_t ns, const struct site *where),
              (c, v, ns, where), r != CHAN_WOULD_BLOCK)
STANDS_BEFORE(int, select_at,
              (struct select_case * cases, size_t n, int64_t ns, const struct site *where),
              (cases, n, ns, where), r >= 0)

void __real_chan_send_at(struct chan *c, const void *v, const struct site *where);
void __wrap_chan_send_at(struct chan *c, const void *v, const struct site *where);
void __wrap_chan_send_at(struct chan *c, const void *v, const struct site *where)
{
    __real_chan_send_at(c, v, where);
    count(&passed);
}

void __real_task_go(task_fn *fn, void *arg, const struct site *where);
void __wrap_task_go(task_fn *fn, void *arg, const struct site *where);
void __wrap_task_go(task_fn *fn, void *arg, const struct site *where)
{
    count(&started);
    __real_task_go(fn, arg, where);
}

/* --- the scene -------------------------------------------------------------------------- */

UNSEEN static void setup(struct scene *s, const struct params *p)
{
    scene = s;
    if (watched_original->setup)
        watched_original->setup(s, p);
}

static void probe(struct scene *s, struct sample *out)
{
    const uint64_t *now = (const uint64_t *)s;

    if (lseek(EVIDENCE, 0, SEEK_CUR) != 0)
        panic("descriptor %d is not for the twin", EVIDENCE);
    if (watched_original->probe)
        watched_original->probe(s, out); /* what it works out is in the scene, too */
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].function)
            dprintf(EVIDENCE, "call %lx %lx %lx\n",
                    (unsigned long)((const char *)slots[i].function - &__executable_start),
                    (unsigned long)slots[i].calls,
                    slots[i].varies ? 0 : (unsigned long)slots[i].word);
    dprintf(EVIDENCE, "panics %lx\n", (unsigned long)stats_read().panics);
    dprintf(EVIDENCE, "requests %lx\n", (unsigned long)watched_tip.defaults.ops);
    dprintf(EVIDENCE, "asked %x %lx\nasked %x %lx\n", ASKED_PASS, (unsigned long)passed,
            ASKED_START, (unsigned long)started);
    for (size_t i = 0; i < words(); i++)
        dprintf(EVIDENCE, "word %zx %lx\n", i, (unsigned long)now[i]);
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
