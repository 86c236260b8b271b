/* SPDX-License-Identifier: MIT */
/* Four of five requests split a sum by two settings, which come to 100 % in each version of
 * the settings; the fifth puts a new version in.  A setting is kept as text, and a task that
 * reads one lets others run. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { OURS, THEIRS, SETTINGS };

struct scene {
    struct rwmutex lock;
    uint64_t percent[SETTINGS]; /* under the lock */
};

static inline bool brings_settings(uint64_t i)
{
    return i % 5 == 4;
}

/* A new version; the answer is the number of the request. */
static inline uint64_t settings_change(struct scene *s, uint64_t i)
{
    rwmutex_lock(&s->lock);
    s->percent[OURS] = (s->percent[OURS] + i) % 101; /* at the end the same in any order */
    s->percent[THEIRS] = 100 - s->percent[OURS];
    rwmutex_unlock(&s->lock);
    return i;
}

/* One setting, for who holds the lock. */
static inline uint64_t setting_locked(struct scene *s, int which)
{
    uint64_t percent = s->percent[which];

    task_yield(); /* the text is read */
    return percent;
}

/* One setting, for everybody else. */
static inline uint64_t setting(struct scene *s, int which)
{
    rwmutex_rlock(&s->lock);
    uint64_t percent = setting_locked(s, which);
    rwmutex_runlock(&s->lock);
    return percent;
}

#endif
