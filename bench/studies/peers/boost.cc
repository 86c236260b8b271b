/* SPDX-License-Identifier: MIT */
/* boost.cc - what the same rows cost with Boost.Fiber.  `boost 1 [ROW...]`
 *
 * Its fibers stay on the thread that started them unless one writes a scheduler,
 * so this is one worker.  It has no select, timer, context or pool: those rows are
 * left out.  A cleanup is a destructor. */
#include "rows.h"

#include <boost/fiber/all.hpp>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace fibers = boost::fibers;
using chan = fibers::unbuffered_channel<long>;
using buffer = fibers::buffered_channel<long>;

/* --- fibers ----------------------------------------------------------------- */

static long yield(long n)
{
    auto half = [n] {
        for (long k = 0; k < n / 2; k++)
            boost::this_fiber::yield();
    };
    fibers::fiber a(half), b(half);

    a.join();
    b.join();
    return n;
}

static long spawn_join(long n)
{
    for (long k = 0; k < n; k++)
        fibers::fiber([] {}).join();
    return n;
}

static long spawn_1000(long n)
{
    static fibers::fiber f[1000];
    long k = 0;

    for (; k < n; k += 1000) {
        for (auto &one : f)
            one = fibers::fiber([] {});
        for (auto &one : f)
            one.join();
    }
    return k;
}

/* --- channels --------------------------------------------------------------- */

static void echo(chan &there, chan &back, long n)
{
    for (long k = 0; k < n; k++)
        back.push(there.value_pop());
}

static void calls(chan &there, chan &back, long n)
{
    for (long k = 0; k < n; k++) {
        there.push(k);
        back.value_pop();
    }
}

static long round_trip(long n)
{
    chan there, back;
    fibers::fiber f([&] { echo(there, back, n); });

    calls(there, back, n);
    f.join();
    return n;
}

template <typename C> static long pass(C &c, long n, int pairs)
{
    std::vector<fibers::fiber> f;

    for (int i = 0; i < pairs; i++)
        f.emplace_back([&] {
            for (long k = 0; k < n / pairs; k++)
                c.push(k);
        });
    for (int i = 0; i < pairs; i++)
        f.emplace_back([&] {
            for (long k = 0; k < n / pairs; k++)
                c.value_pop();
        });
    for (auto &one : f)
        one.join();
    return n / pairs * pairs;
}

static long one_way(long n)
{
    chan c;

    return pass(c, n, 1);
}

static long buffered_alone(long n)
{
    buffer c(128);

    for (long k = 0; k < n; k++) {
        c.push(k);
        c.value_pop();
    }
    return n;
}

static long buffered_1_1(long n)
{
    buffer c(128);

    return pass(c, n, 1);
}

static long buffered_4_4(long n)
{
    buffer c(128);

    return pass(c, n, 4);
}

static long default_1(long n)
{
    buffer c(128); /* only this kind can try */
    long v;

    for (long k = 0; k < n; k++)
        c.try_pop(v);
    return n;
}

static long trip_deadline(long n)
{
    chan there, back;
    fibers::fiber f([&] { echo(there, back, n); });
    long v;

    for (long k = 0; k < n; k++) {
        there.push(k);
        back.pop_wait_for(v, std::chrono::hours(1));
    }
    f.join();
    return n;
}

/* --- cleanups --------------------------------------------------------------- */

static volatile long noted;

static __attribute__((noinline)) void note(long *by)
{
    noted = *by;
}

struct cleanup {
    long *by;
    ~cleanup()
    {
        note(by);
    }
};

static __attribute__((noinline)) void with_cleanup(long *by)
{
    cleanup mine{ by };
}

static long cleanup_open(long n)
{
    for (long k = 0, by = 1; k < n; k++)
        with_cleanup(&by);
    return n;
}

/* --- scaling, many fibers ------------------------------------------------------ */

static long pairs(long n)
{
    chan there[8], back[8];
    std::vector<fibers::fiber> f;

    for (int i = 0; i < 8; i++) {
        f.emplace_back([&, i] { echo(there[i], back[i], n / 8); });
        f.emplace_back([&, i] { calls(there[i], back[i], n / 8); });
    }
    for (auto &one : f)
        one.join();
    return n / 8 * 8;
}

/* n fibers that wait for the gate to be closed. */
static std::vector<fibers::fiber> park_many(chan &gate, long n)
{
    std::vector<fibers::fiber> f;
    long parked = 0, v;

    f.reserve((size_t)n);
    for (long k = 0; k < n; k++)
        f.emplace_back([&] {
            parked++;
            gate.pop(v);
        });
    while (parked < n)
        boost::this_fiber::yield();
    return f;
}

static void unpark_many(chan &gate, std::vector<fibers::fiber> &f)
{
    gate.close();
    for (auto &one : f)
        one.join();
}

static long create_parked(long n)
{
    chan gate;
    auto f = park_many(gate, n);

    watch_pause();
    unpark_many(gate, f);
    watch_resume();
    return n;
}

static double parked_100000()
{
    const long n = 100000;
    double before = rss_bytes(), after;
    chan gate;
    auto f = park_many(gate, n);

    after = rss_bytes();
    unpark_many(gate, f);
    return (after - before) / n;
}

/* launch::dispatch starts a child at once, and the channel is buffered: else all of
 * the million are alive at a time. */
static void sky(buffer &up, long number, long leaves)
{
    long sum = number;

    if (leaves > 1) {
        buffer c(16);

        sum = 0;
        for (int i = 0; i < 10; i++)
            fibers::fiber(fibers::launch::dispatch, [&c, number, leaves, i] {
                sky(c, number + i * leaves / 10, leaves / 10);
            }).detach();
        for (int i = 0; i < 10; i++)
            sum += c.value_pop();
    }
    up.push(sum);
}

static double skynet()
{
    buffer c(16);
    int64_t start = watch_now();

    fibers::fiber([&c] { sky(c, 0, 1000000); }).detach();
    if (c.value_pop() != 499999500000)
        std::abort();
    return (double)(watch_now() - start) / 1e6;
}

static const struct row rows[] = {
    { "yield", yield, nullptr },
    { "spawn-join", spawn_join, nullptr },
    { "spawn-1000", spawn_1000, nullptr },
    { "round-trip", round_trip, nullptr },
    { "one-way", one_way, nullptr },
    { "buffered-alone", buffered_alone, nullptr },
    { "buffered-1-1", buffered_1_1, nullptr },
    { "buffered-4-4", buffered_4_4, nullptr },
    { "default-1", default_1, nullptr },
    { "trip-deadline", trip_deadline, nullptr },
    { "cleanup-open", cleanup_open, nullptr },
    { "pairs", pairs, nullptr },
    { "create-parked", create_parked, nullptr },
    { "parked-100000", nullptr, parked_100000 },
    { "skynet", nullptr, skynet },
};

int main(int argc, char **argv)
{
    if (argc < 2 || std::strcmp(argv[1], "1")) {
        fprintf(stderr, "usage: boost 1 [ROW...]\n");
        return 2;
    }
    rows_run(rows, sizeof rows / sizeof rows[0], argv + 2);
    return 0;
}
