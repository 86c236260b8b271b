/* SPDX-License-Identifier: MIT */
/* test_magazine.c - free objects: nothing is lost, doubled or kept from other workers. */
#include "memory/magazine.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 20 * MAGAZINE + 7 };

static char objects[MANY];
static struct depot depot;

static struct magazines begin(void)
{
    struct magazines m = { 0 };

    assert_true(magazine_start(&m));
    return m;
}

static void put_all(struct magazines *m)
{
    for (int i = 0; i < MANY; i++)
        magazine_put(m, &depot, &objects[i]);
}

static void the_object_put_last_is_taken_first(void **state)
{
    struct magazines m = begin();

    (void)state;
    assert_null(magazine_take(&m, &depot));
    put_all(&m);
    for (int i = MANY; i-- > 0;)
        assert_ptr_equal(magazine_take(&m, &depot), &objects[i]);
    assert_null(magazine_take(&m, &depot));
}

static void what_one_worker_has_too_much_of_another_gets(void **state)
{
    struct magazines giver = begin(), taker = begin();
    char taken[MANY] = { 0 }, *o;
    int n = 0, left = 0;

    (void)state;
    put_all(&giver);
    for (; (o = magazine_take(&taker, &depot)); n++)
        taken[o - objects]++;
    for (; (o = magazine_take(&giver, &depot)); left++)
        taken[o - objects]++;
    assert_true(left <= 2 * MAGAZINE);
    assert_int_equal(n + left, MANY);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(taken[i], 1);
}

/* Taking and putting at the border of a magazine swaps the two; it does not visit the depot. */
static void at_the_border_the_depot_is_left_alone(void **state)
{
    struct magazines m = begin();

    (void)state;
    for (int i = 0; i <= MAGAZINE; i++)
        magazine_put(&m, &depot, &objects[i]);
    memset(&depot, 0xff, sizeof depot); /* a visit would wait for its lock for ever */
    for (int turn = 0; turn < 100; turn++) {
        char *a = magazine_take(&m, &depot), *b = magazine_take(&m, &depot);
        magazine_put(&m, &depot, b);
        magazine_put(&m, &depot, a);
    }
    memset(&depot, 0, sizeof depot);
}

static void what_comes_after_the_next_is_known_ahead(void **state)
{
    struct magazines m = begin();

    (void)state;
    for (int i = 0; i < 3 * FETCH_AHEAD; i++)
        magazine_put(&m, &depot, &objects[i]);
    void *const *ahead = magazine_ahead(&m);
    for (int i = 0; i < FETCH_AHEAD; i++) {
        assert_ptr_equal(magazine_take(&m, &depot), &objects[3 * FETCH_AHEAD - 1 - i]);
        assert_true(!magazine_ahead(&m) == (i < FETCH_AHEAD - 1));
    }
    for (int k = FETCH_AHEAD - 1; k >= 0; k--)
        assert_ptr_equal(magazine_take(&m, &depot), ahead[k]);
    assert_null(magazine_ahead(&m)); /* fewer are left than it would prefetch */
}

/* Each thread takes more than its two magazines hold and gives them back, marked while they
 * are its own. */
static void *use(void *unused)
{
    struct magazines m = begin();
    char *mine[MAGAZINE * 3];

    (void)unused;
    for (int round = 0; round < 20000; round++) {
        int n = 0;
        while (n < 2 * MAGAZINE + round % MAGAZINE && (mine[n] = magazine_take(&m, &depot)))
            assert_int_equal(__atomic_fetch_add(mine[n++], 1, __ATOMIC_RELAXED), 0);
        while (n-- > 0) {
            __atomic_fetch_sub(mine[n], 1, __ATOMIC_RELAXED);
            magazine_put(&m, &depot, mine[n]);
        }
    }
    return NULL;
}

static void an_object_has_one_user_at_a_time(void **state)
{
    struct magazines m = begin();
    pthread_t threads[4];

    (void)state;
    memset(objects, 0, sizeof objects);
    put_all(&m);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, use, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

static int new_depot(void **state)
{
    (void)state;
    memset(&depot, 0, sizeof depot);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup(f, new_depot)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_object_put_last_is_taken_first),
        TEST(what_one_worker_has_too_much_of_another_gets),
        TEST(at_the_border_the_depot_is_left_alone),
        TEST(what_comes_after_the_next_is_known_ahead),
        TEST(an_object_has_one_user_at_a_time),
    };

    return cmocka_run_group_tests_name("magazine", tests, NULL, NULL);
}
