/* SPDX-License-Identifier: MIT */
/* lock.h - the runtime's own short lock, as data.  Taking it: lock_impl.h. */
#ifndef LOCK_H
#define LOCK_H

#include <stdint.h>

/* Zero bytes are a lock that nobody holds.  Workers by their number, from 1; 0: none. */
struct lock {
    uint8_t word;  /* 1: held by the word */
    uint8_t owner; /* the worker that it is biased towards */
    /* Under the word. */
    uint8_t last;        /* who took it last ... */
    uint8_t revocations; /* how often its bias was revoked */
    uint32_t takes;      /* ... and how often in a row */
};

#endif
