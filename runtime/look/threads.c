/* SPDX-License-Identifier: MIT */
/* threads.c - stopping the other threads by a signal, one after the other.
 *
 * A thread that is stopped may hold any lock, so nothing is called here that could take one:
 * /proc/self/task is read by system calls.  It is read again until nobody new is there, for
 * a thread that still ran may have started another. */
#include "look/threads.h"

#include "core/compiler.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_THREADS = 1024,
    WAIT_NS = 1000000, /* between two looks at a thread that does not come */
    PATIENCE = 100,    /* so many looks at one that blocks the signal: it may do so for a moment */
};

static struct {
    char busy;         /* 1: the other threads are stopped, or are being stopped */
    pid_t wanted;      /* the thread that is to be stopped next */
    uint32_t standing; /* futex: how many stand */
    uint32_t stops;    /* futex: how many stops are over; the next value lets all run */
    uint32_t inside;   /* how many have not yet left the handler, which blocks the signal */
    pid_t ids[MOST_THREADS];
    const ucontext_t *registers[MOST_THREADS];
} world;

static void futex(uint32_t *word, int op, uint32_t value, int64_t ns)
{
    struct timespec ts = { 0, ns };

    syscall(SYS_futex, word, op, value, ns ? &ts : NULL, NULL, 0);
}

/* In the thread that is stopped.  It waits for a word, not for another signal. */
static NO_TSAN void on_stop(int sig, siginfo_t *info, void *context)
{
    uint32_t stop = __atomic_load_n(&world.stops, __ATOMIC_ACQUIRE);
    int saved = errno;

    (void)sig;
    (void)info;
    if (syscall(SYS_gettid) != __atomic_load_n(&world.wanted, __ATOMIC_ACQUIRE))
        return; /* it comes too late */
    world.registers[world.standing] = context;
    __atomic_fetch_add(&world.inside, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&world.standing, world.standing + 1, __ATOMIC_RELEASE);
    futex(&world.standing, FUTEX_WAKE_PRIVATE, 1, 0);
    while (__atomic_load_n(&world.stops, __ATOMIC_ACQUIRE) == stop)
        futex(&world.stops, FUTEX_WAIT_PRIVATE, stop, 0);
    __atomic_fetch_sub(&world.inside, 1, __ATOMIC_RELAXED);
    errno = saved;
}

/* A thread, as /proc/self/task/ID/status tells. */
enum hears { GONE, HEARS, DEAF, DEAF_AND_RUNNABLE };

static enum hears hears_the_signal(pid_t id)
{
    char path[64], text[4096], *state, *blocked;
    ssize_t n;
    int fd;

    snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)id);
    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return GONE;
    n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = 0;
    state = strstr(text, "State:\t");
    blocked = strstr(text, "SigBlk:");
    if (!state || !blocked)
        return GONE;
    if (!(strtoull(blocked + strlen("SigBlk:"), NULL, 16) >> (STOP_SIGNAL - 1) & 1))
        return HEARS;
    return state[strlen("State:\t")] == 'R' ? DEAF_AND_RUNNABLE : DEAF;
}

/* How long it has had a processor; see clock_getcpuclockid(3) and, for threads, the kernel's
 * include/linux/posix-timers.h. */
static int64_t processor_ns(pid_t id)
{
    enum { OF_A_THREAD = 6 };
    struct timespec t;

    if (clock_gettime((clockid_t)(~(unsigned)id << 3 | OF_A_THREAD), &t))
        return 0;
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Wait for one that blocks the signal for a moment.  Who waits for a processor, on a busy machine,
 * has as long as that takes.  0: it can be stopped; -ESRCH: it has ended. */
static int await_hearing(pid_t id)
{
    enum hears h;
    int64_t ran = processor_ns(id), now;

    for (int patience = PATIENCE; (h = hears_the_signal(id)) >= DEAF; ran = now) {
        now = processor_ns(id);
        if ((h == DEAF || now != ran) &&
            __atomic_load_n(&world.inside, __ATOMIC_RELAXED) == world.standing && !patience--)
            return -EBUSY;
        nanosleep(&(struct timespec){ 0, WAIT_NS }, NULL);
    }
    return h == GONE ? -ESRCH : 0;
}

static int stop_one(pid_t id)
{
    uint32_t before = world.standing;
    int err;

    if (world.standing == MOST_THREADS)
        return -EBUSY;
    if ((err = await_hearing(id)))
        return err == -ESRCH ? 0 : err;
    world.ids[before] = id;
    __atomic_store_n(&world.wanted, id, __ATOMIC_RELEASE);
    if (syscall(SYS_tgkill, getpid(), id, STOP_SIGNAL))
        return 0; /* it has ended */
    while (__atomic_load_n(&world.standing, __ATOMIC_ACQUIRE) == before) {
        futex(&world.standing, FUTEX_WAIT_PRIVATE, before, WAIT_NS);
        if (syscall(SYS_tgkill, getpid(), id, 0))
            return 0;
    }
    return 0;
}

static bool stands(pid_t id)
{
    for (size_t i = 0; i < world.standing; i++)
        if (world.ids[i] == id)
            return true;
    return false;
}

/* Those that are in the folder now and do not stand yet.  How many there were; or an error. */
static int stop_round(int folder)
{
    char entries[4096];
    pid_t self = (pid_t)syscall(SYS_gettid);
    long n;
    int met = 0, err;

    lseek(folder, 0, SEEK_SET);
    while ((n = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0)
        for (long at = 0; at < n;) {
            /* struct linux_dirent64: the length of an entry at 16, its name at 19 */
            pid_t id = atoi(entries + at + 19);
            unsigned short length;

            memcpy(&length, entries + at + 16, sizeof length);
            at += length;
            if (id <= 0 || id == self || stands(id))
                continue;
            met++;
            if ((err = stop_one(id)))
                return err;
        }
    return n < 0 ? -ENOTSUP : met;
}

int threads_stop(void)
{
    struct sigaction stop = { .sa_sigaction = on_stop,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };
    int folder, met;

    if (__atomic_test_and_set(&world.busy, __ATOMIC_ACQUIRE))
        return -EBUSY;
    world.standing = 0;
    sigfillset(&stop.sa_mask);
    folder = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    met = folder < 0 || sigaction(STOP_SIGNAL, &stop, NULL) ? -ENOTSUP : stop_round(folder);
    while (met > 0)
        met = stop_round(folder);
    if (folder >= 0)
        close(folder);
    if (met)
        threads_go();
    return met;
}

void threads_go(void)
{
    __atomic_store_n(&world.wanted, 0, __ATOMIC_RELEASE);
    __atomic_store_n(&world.stops, world.stops + 1, __ATOMIC_RELEASE);
    futex(&world.stops, FUTEX_WAKE_PRIVATE, MOST_THREADS, 0);
    __atomic_clear(&world.busy, __ATOMIC_RELEASE);
}

size_t threads_stopped(void)
{
    return world.standing;
}

const ucontext_t *thread_registers(size_t i)
{
    return world.registers[i];
}
