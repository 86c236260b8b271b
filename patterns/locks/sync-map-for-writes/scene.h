/* SPDX-License-Identifier: MIT */
/* A request brings messages of devices: some report a reading, the others ask for the last one.
 *
 * Two tables of the last readings.  One is a plain table under a mutex.  The other is what Go's
 * sync.Map is for keys that are there already: readers take no lock, for each entry points to a
 * value that is never changed, and a writer makes a new value and swings the pointer. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { DEVICES = 128, MESSAGES = 64 };

struct scene {
    uint64_t reports;             /* of the messages of a request; the others ask */
    uint64_t *published[DEVICES]; /* atomic; what they point to is never changed */
    struct mutex mutex;
    uint64_t table[DEVICES]; /* under the mutex */
    uint64_t known;          /* devices of which there is a reading in the end */
};

/* Requests that follow each other have half of their devices in common. */
static inline uint64_t device_of(uint64_t i, uint64_t k)
{
    return (i * MESSAGES / 2 + k) * 7 % DEVICES;
}

/* Every report of a device has the same reading. */
static inline uint64_t reading_of(uint64_t device)
{
    return 20000 + device * 31;
}

/* What is answered about a reading: is it one of that device, or none so far?  So the answer does
 * not depend on who came first. */
static inline uint64_t is_fit(uint64_t device, uint64_t reading)
{
    return reading == 0 || reading == reading_of(device);
}

static inline void syncmap_store(struct scene *s, uint64_t device, uint64_t reading)
{
    uint64_t *value = heap_alloc(sizeof *value);

    *value = reading;
    __atomic_store_n(&s->published[device], value, __ATOMIC_RELEASE);
}

static inline uint64_t syncmap_load(struct scene *s, uint64_t device)
{
    return *__atomic_load_n(&s->published[device], __ATOMIC_ACQUIRE);
}

static inline void locked_store(struct scene *s, uint64_t device, uint64_t reading)
{
    mutex_lock(&s->mutex);
    s->table[device] = reading;
    mutex_unlock(&s->mutex);
}

static inline uint64_t locked_load(struct scene *s, uint64_t device)
{
    mutex_lock(&s->mutex);
    uint64_t reading = s->table[device];
    mutex_unlock(&s->mutex);
    return reading;
}

#endif
