/* SPDX-License-Identifier: MIT */
/* judged_boards.c - boards by the rule of a full run and of a quick one, in two margins. */
#include "calibrate/judged_boards.h"

#include "store/machine.h"
#include "store/schema.h"

#include <math.h>

static const double effects[] = { 0, 0.02, 0.05, 0.1, 0.2, 0.5, 1 };
enum { NEFFECTS = sizeof effects / sizeof effects[0] };
static const double margins[] = { 0.05, 0.10 };
static const double told =
    0.9; /* the share of all pairs in which an effect must be seen to count as found */

/* --- words --- */

static const char *looks_word(bool quick)
{
    return quick ? "quick" : "full";
}

static double percent(size_t k, size_t n)
{
    return 100.0 * (double)k / (double)n;
}

/* The same board with no difference anywhere, and with all effects by turns. */
static size_t false_controls(const struct replay *p)
{
    return replay_false(p, effects, 1);
}

static size_t false_mixed(const struct replay *p)
{
    return replay_false(p, effects, NEFFECTS);
}

/* The sentence that reports of this machine carry. */
static void say(char *to, size_t bytes, const struct measured_rounds *m, const struct replay *p)
{
    double least = replay_resolves(p, told);
    char effect[80];

    snprintf(effect, sizeof effect,
             isinf(least) ? "Not even ten times the time" : "A true difference of %.0f %% or more",
             100 * least);
    snprintf(to, bytes,
             "%s is found on this machine in at least %.0f %% of pairs, and of %zu boards of %zu "
             "pairs without a difference %zu had a false word (calibrated %.10s, from %zu rounds).",
             effect, 100 * told, p->boards, p->pairs, false_controls(p),
             json_string_value(json_object_get(m->machine, "date")), m->rounds.rounds);
}

static void print_rates(const struct replay *p, bool quick)
{
    const size_t *looks = p->rule.looks;

    printf("\n%s: interim analyses after %zu, %zu and %zu blocks, each interval at %.4f %%\n",
           looks_word(quick), looks[0], looks[1], looks[2], 100 * p->rule.confidence);
    printf("  boards of %zu pairs with a false word: %zu of %zu without a difference, %zu of %zu "
           "with all these\n",
           p->pairs, false_controls(p), p->boards, false_mixed(p), p->boards);
    printf("  %12s %10s %10s %10s %10s %10s\n", "true effect", "slower", "same", "faster", "unsure",
           "wrong");
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = replay_at(p, effects[i]);
        printf("  %10.0f %% %8.1f %% %8.1f %% %8.1f %% %8.1f %% %8.1f %%\n", 100 * effects[i],
               percent(r.said[REL_SLOWER], r.n), percent(r.said[REL_SAME], r.n),
               percent(r.said[REL_FASTER], r.n), percent(r.said[REL_UNSURE], r.n),
               percent(r.wrong, r.n));
    }
}

/* --- tables --- */

static json_t *rates_json(const struct tally *r, double effect)
{
    return json_pack("{sf si si si si si si}", "effect", effect, "slower", (int)r->said[REL_SLOWER],
                     "same", (int)r->said[REL_SAME], "faster", (int)r->said[REL_FASTER], "unsure",
                     (int)r->said[REL_UNSURE], "wrong", (int)r->wrong, "pairs", (int)r->n);
}

static json_t *design_json(const struct measured_rounds *m, const struct replay *p, bool quick)
{
    json_t *list = json_array();
    double least = replay_resolves(p, told);
    char says[400];

    say(says, sizeof says, m, p);
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = replay_at(p, effects[i]);
        json_array_append_new(list, rates_json(&r, effects[i]));
    }
    return json_pack("{sb sf sf so ss si si si so}", "quick", quick, "margin", p->rule.margin,
                     "confidence", p->rule.confidence, "resolves",
                     isinf(least) ? json_null() : json_real(least), "says", says, "boards",
                     (int)p->boards, "false_control", (int)false_controls(p), "false_mixed",
                     (int)false_mixed(p), "effects", list);
}

static void write_rates(FILE *out, const struct replay *p, bool quick)
{
    for (size_t i = 0; i < NEFFECTS; i++) {
        struct tally r = replay_at(p, effects[i]);
        fprintf(out, "%s,%.2f,%.2f,%zu,%zu,%zu,%zu,%zu,%zu,%zu\n", looks_word(quick),
                p->rule.margin, effects[i], r.said[REL_SLOWER], r.said[REL_SAME],
                r.said[REL_FASTER], r.said[REL_UNSURE], r.wrong, r.n, p->boards);
    }
}

/* Judge the boards with one margin: into both tables, and on the terminal if it is the margin of
 * this machine. */
static void lay(const struct measured_rounds *m, const struct replay *p, bool quick,
                json_t *designs, FILE *csv)
{
    json_array_append_new(designs, design_json(m, p, quick));
    write_rates(csv, p, quick);
    if (fabs(p->rule.margin - machine_margin(m->machine)) < 1e-6)
        print_rates(p, quick);
}

/* The intervals of a board are the same in each margin. */
int boards_judge(const struct measured_rounds *m, size_t boards, json_t *designs, FILE *csv)
{
    int error = 0;

    schema_header(csv, "calibration.csv");
    for (int quick = 0; quick <= 1 && !error; quick++) {
        struct rule r = quick ? rule_quick(0, BOARD_PAIRS) : rule_full(0, BOARD_PAIRS);
        struct replay p;
        error = replay_make(&p, &r, &m->rounds, boards, BOARD_PAIRS, 1);
        for (size_t i = 0; i < sizeof margins / sizeof margins[0] && !error; i++) {
            p.rule.margin = margins[i];
            lay(m, &p, quick, designs, csv);
        }
        replay_free(&p);
    }
    return error;
}
