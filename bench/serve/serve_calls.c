/* SPDX-License-Identifier: MIT */
/* serve_calls.c - a request's way from an HTTP thread into a task and back.
 *
 * Three may want to end a call: its task, the clock, and the end of the server.  One
 * wins, under the mutex, and it alone resumes the connection: a connection that is
 * suspended cannot go away, so the winner's pointer is good until then.  The mutex is
 * held for tens of instructions and never while the library or the runtime is called.
 *
 * Open calls are listed oldest first, so that looking for those that are late costs
 * nothing while there are none. */
#include "serve/serve_calls.h"

#include "task.h"
#include "timer.h"

#include <pthread.h>
#include <stdlib.h>

struct call {
    struct MHD_Connection *connection;
    uint64_t upload_bytes;
    uint64_t number; /* of the request, from 0 */
    uint64_t answer;
    int refs; /* atomic */

    /* Under the mutex. */
    enum call_state state;
    int64_t since_ns;
    struct call *next, *prev; /* while open */
};

static struct {
    struct stage *stage;
    uint64_t made; /* calls that a connection holds; atomic */

    pthread_mutex_t mutex;     /* for the rest */
    struct call *first, *last; /* the open ones */
    struct calls_tally tally;
    uint64_t numbers;
    bool stopped;
} calls = { .mutex = PTHREAD_MUTEX_INITIALIZER };

/* --- one call --- */

struct call *call_make(struct MHD_Connection *connection)
{
    struct call *c = calloc(1, sizeof *c);

    if (!c)
        return NULL;
    c->connection = connection;
    c->refs = 1;
    __atomic_add_fetch(&calls.made, 1, __ATOMIC_RELAXED);
    return c;
}

static void unref(struct call *c)
{
    if (__atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL) == 0)
        free(c);
}

void call_drop(struct call *c)
{
    __atomic_sub_fetch(&calls.made, 1, __ATOMIC_RELAXED);
    unref(c);
}

uint64_t call_read(struct call *c, size_t bytes)
{
    return c->upload_bytes += bytes;
}

enum call_state call_state(struct call *c)
{
    pthread_mutex_lock(&calls.mutex);
    enum call_state state = c->state;
    pthread_mutex_unlock(&calls.mutex);
    return state;
}

uint64_t call_answer(const struct call *c)
{
    return c->answer;
}

/* --- under the mutex --- */

/* From now on it may be ended at any time; its task has a share in it. */
static void open_push(struct call *c)
{
    __atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
    c->state = CALL_OPEN;
    c->since_ns = clock_now();
    c->number = calls.numbers++;
    c->prev = calls.last;
    *(calls.last ? &calls.last->next : &calls.first) = c;
    calls.last = c;
    calls.tally.open++;
}

static void open_remove(struct call *c, enum call_state state)
{
    *(c->prev ? &c->prev->next : &calls.first) = c->next;
    *(c->next ? &c->next->prev : &calls.last) = c->prev;
    c->state = state;
    calls.tally.open--;
    calls.tally.ended[state]++;
}

/* --- a call's way --- */

/* The call has ended like this, unless it has ended before. */
static void end(struct call *c, enum call_state state)
{
    pthread_mutex_lock(&calls.mutex);
    bool won = c->state == CALL_OPEN;
    if (won)
        open_remove(c, state);
    pthread_mutex_unlock(&calls.mutex);
    if (won)
        MHD_resume_connection(c->connection);
}

/* A call that was given up before its task began is left alone. */
static void run(void *call)
{
    struct stage *s = calls.stage;
    struct call *c = call;

    if (call_state(c) == CALL_OPEN) {
        c->answer = s->w->op(s->scene, s->p.seed + c->number);
        end(c, CALL_ANSWERED);
    }
    unref(c);
}

/* The connection is suspended before anybody can find the call and resume it. */
void call_begin(struct call *c)
{
    MHD_suspend_connection(c->connection);
    pthread_mutex_lock(&calls.mutex);
    bool stopped = calls.stopped;
    if (stopped)
        c->state = CALL_CUT;
    else
        open_push(c);
    pthread_mutex_unlock(&calls.mutex);
    if (stopped) {
        MHD_resume_connection(c->connection);
        return;
    }
    task_inject(run, c);
}

/* --- all calls --- */

void calls_start(struct stage *stage)
{
    calls.stage = stage;
}

/* End the oldest call if it began by then.  false: it did not. */
static bool end_oldest(int64_t by_ns, enum call_state state)
{
    struct MHD_Connection *connection = NULL;

    pthread_mutex_lock(&calls.mutex);
    struct call *c = calls.first;
    if (c && c->since_ns <= by_ns) {
        connection = c->connection;
        open_remove(c, state);
    }
    pthread_mutex_unlock(&calls.mutex);
    if (connection)
        MHD_resume_connection(connection);
    return connection;
}

void calls_expire(int64_t ns)
{
    int64_t by = clock_now() - ns;

    while (end_oldest(by, CALL_LATE))
        ;
}

void calls_stop(void)
{
    pthread_mutex_lock(&calls.mutex);
    calls.stopped = true;
    pthread_mutex_unlock(&calls.mutex);
    while (end_oldest(INT64_MAX, CALL_CUT))
        ;
}

struct calls_tally calls_tally(void)
{
    pthread_mutex_lock(&calls.mutex);
    struct calls_tally t = calls.tally;
    pthread_mutex_unlock(&calls.mutex);
    return t;
}

uint64_t calls_unsent(void)
{
    return __atomic_load_n(&calls.made, __ATOMIC_RELAXED);
}
