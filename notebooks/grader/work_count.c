/* SPDX-License-Identifier: MIT */
/* work_count.c - what a twin does to its scene: part of the programs NAME-work alone.
 *
 * The functions of the scene are compiled with -finstrument-functions, the twin's and the
 * runtime's are not.  So what is counted here is the work that the tip is about, and not the way in
 * which it is done.  When all is idle it goes to descriptor 5 (the numbers in hexadecimal):
 *
 *     call OFFSET COUNT            a function, by where it lies in the program, and how often it
 * began word INDEX BEFORE AFTER      a word of struct scene, after set-up and now end
 */
#include "pattern.h"
#include "task.h"

#include <stdio.h>
#include <unistd.h>

enum { EVIDENCE = 5, SLOTS = 1024 };

/* What build.py's table of one tip says; this stands in its place. */
extern const struct tip *const watched_original;
struct tip watched_tip;

extern const char __executable_start;

static struct {
    void *function;
    uint64_t calls;
} slots[SLOTS];

#define UNSEEN __attribute__((no_instrument_function))

UNSEEN void __cyg_profile_func_enter(void *function, void *site);
UNSEEN void __cyg_profile_func_exit(void *function, void *site);

/* A scene has some dozens of functions; a slot, once taken, stays theirs. */
void __cyg_profile_func_enter(void *function, void *site)
{
    size_t i = ((uintptr_t)function >> 4) % SLOTS;

    (void)site;
    for (size_t k = 0; k < SLOTS; k++, i = (i + 1) % SLOTS) {
        void *nobody = NULL;
        if (__atomic_load_n(&slots[i].function, __ATOMIC_RELAXED) == function ||
            __atomic_compare_exchange_n(&slots[i].function, &nobody, function, false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
            nobody == function) {
            __atomic_add_fetch(&slots[i].calls, 1, __ATOMIC_RELAXED);
            return;
        }
    }
}

void __cyg_profile_func_exit(void *function, void *site)
{
    (void)function;
    (void)site;
}

/* --- the scene -------------------------------------------------------------------------- */

static size_t words(void)
{
    return watched_tip.scene_bytes / sizeof(uint64_t);
}

static void probe(struct scene *s, struct sample *out)
{
    const uint64_t *now = (const uint64_t *)s;

    if (lseek(EVIDENCE, 0, SEEK_CUR) != 0)
        panic("descriptor %d is not for the twin", EVIDENCE);
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].function)
            dprintf(EVIDENCE, "call %lx %lx\n",
                    (unsigned long)((const char *)slots[i].function - &__executable_start),
                    (unsigned long)slots[i].calls);
    for (size_t i = 0; i < words(); i++)
        dprintf(EVIDENCE, "word %zx %lx\n", i, (unsigned long)now[i]);
    dprintf(EVIDENCE, "end\n");
    if (watched_original->probe)
        watched_original->probe(s, out);
}

__attribute__((constructor)) static void watch(void)
{
    watched_tip = *watched_original;
    watched_tip.probe = probe;
}
