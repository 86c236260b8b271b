/* SPDX-License-Identifier: MIT */
/* A request looks settings up, a few words at a time.  One look in 64 finds a setting out of date
 * and enters it anew. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { SETTINGS = 4096, LOOKS = 32, LOOKS_A_CHANGE = 64 };

struct scene {
    uint64_t entries; /* read at a look */
    struct rwmutex rwmutex;
    struct mutex mutex;
    uint32_t settings[SETTINGS]; /* under one of the two */
    uint64_t changes;            /* likewise */
};

/* Under the lock: as many entries as a look wants. */
static inline uint64_t settings_read(const struct scene *s, uint64_t at)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->entries; k++)
        sum += s->settings[(at + k) % SETTINGS];
    return sum;
}

/* Does that look find a setting out of date, and enters it? */
static inline bool setting_is_old(uint64_t at)
{
    return at % LOOKS_A_CHANGE == 0;
}

/* The one that is there already, so that all answer alike. */
static inline uint32_t setting_of(uint64_t at)
{
    return (uint32_t)(at % SETTINGS) * 2654435761u >> 16;
}

/* Under the lock, as a writer. */
static inline void setting_write(struct scene *s, uint64_t at)
{
    s->settings[at % SETTINGS] = setting_of(at);
    s->changes++;
}

#endif
