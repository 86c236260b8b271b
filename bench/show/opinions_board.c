/* SPDX-License-Identifier: MIT */
/* opinions_board.c - the ratios of two other tools beside ours. */
#include "show/opinions_board.h"

#include "decide/judge_time.h"
#include "show/wrap_text.h"

#include <math.h>
#include <string.h>

/* Google Benchmark says behind the name how it measured: "a/b/bad/process_time". */
static bool is_named(const json_t *entry, const char *key, const char *name)
{
    const char *is = json_string_value(json_object_get(entry, key));
    size_t n = strlen(name);

    return is && strncmp(is, name, n) == 0 && (!is[n] || is[n] == '/');
}

/* The number `value` in the entry of `list` whose `key` is that name; NAN: there is none. */
static double number_of(const json_t *list, const char *key, const char *name, const char *value)
{
    json_t *entry;
    size_t i;

    json_array_foreach (list, i, entry) {
        json_t *number = json_object_get(entry, value);
        if (is_named(entry, key, name) && json_is_number(number))
            return json_number_value(number);
    }
    return NAN;
}

/* bad / good of a tip, whose programs are "TIP/bad" or "TIP bad". */
static double ratio_of(const json_t *list, const char *key, const char *tip, char between,
                       const char *value)
{
    char bad[96], good[96];

    snprintf(bad, sizeof bad, "%s%cbad", tip, between);
    snprintf(good, sizeof good, "%s%cgood", tip, between);
    return number_of(list, key, bad, value) / number_of(list, key, good, value);
}

static void print_opinion(FILE *out, double ratio, const struct decision *ours)
{
    int room = wrap_is_narrow() ? 7 : 9;

    if (isnan(ratio))
        fprintf(out, "%*s ", room + 1, "-");
    else
        fprintf(out, "%*.*fx%c", room, ratio < 100 ? 2 : 0, ratio,
                ratio < ours->lo || ratio > ours->hi ? '!' : ' ');
}

static void print_head(FILE *out)
{
    if (wrap_is_narrow())
        fprintf(out, "\n  second opinions\n%22s%8s %8s\n", "ours", "Google", "hyperf.");
    else
        fprintf(out, "\n  %-28s%21s%12s%11s\n", "second opinions", "ours", "Google B.",
                "hyperfine");
}

void opinions_board_print(FILE *out, const struct findings *f, const json_t *gbench,
                          const json_t *hyperfine)
{
    const json_t *benchmarks = json_object_get(gbench, "benchmarks");
    const json_t *results = json_object_get(hyperfine, "results");
    size_t n = 0;

    for (size_t i = 0; i < f->npairings; i++) {
        const struct pairing *p = &f->pairings[i];
        const struct decision *d = &p->decision;
        char interval[32];
        if (p->executor != executor_c() || strcmp(p->tip, NULL_TIP) == 0)
            continue;
        double by_gbench = ratio_of(benchmarks, "name", p->tip, '/', "real_time");
        double by_hyperfine = ratio_of(results, "command", p->tip, ' ', "median");
        if (isnan(by_gbench) && isnan(by_hyperfine))
            continue;
        if (n++ == 0)
            print_head(out);
        snprintf(interval, sizeof interval, "%.2f (%.2f to %.2f)", d->ratio, d->lo, d->hi);
        if (wrap_is_narrow())
            fprintf(out, "%s\n%22s", p->tip, interval);
        else
            fprintf(out, "%-30.30s%21s ", p->tip, interval);
        print_opinion(out, by_gbench, d);
        print_opinion(out, by_hyperfine, d);
        fputc('\n', out);
    }
    if (n > 0) {
        fputs("  ", out);
        wrap_print(
            out,
            "! lies outside of our interval. Google Benchmark times one process of each, one "
            "after the other: what the machine does meanwhile is in its ratio. hyperfine "
            "times whole programs: their start is in both, and its ratio nearer to 1.",
            2);
    }
}
