/* SPDX-License-Identifier: MIT */
/* without.c - the runtime without its collector, for want of a libgc: never on. */
#include "memory/gc_impl.h"

bool gc_on;

void gc_before_switch(const struct task *next)
{
    (void)next;
}
void gc_after_switch(void)
{
}
bool gc_must_wait(const struct task *next)
{
    (void)next;
    return false;
}
void gc_worker_starts(void)
{
}
void gc_worker_ends(void)
{
}
void *gc_root_alloc(size_t bytes)
{
    return malloc(bytes);
}
void gc_root_free(void *p)
{
    free(p);
}
