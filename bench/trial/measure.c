/* SPDX-License-Identifier: MIT */
/* measure.c - four numbers that the kernel has, and others by regular expressions (PCRE2). */
#define PCRE2_CODE_UNIT_WIDTH 8 /* pcre2.h must know it */
#include <pcre2.h>

#include "trial/measure.h"

#include "trial/complain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double read_wall(const struct run *r)
{
    return r->wall_ns;
}

static double read_cpu(const struct run *r)
{
    return r->cpu_ns;
}

static double read_peak(const struct run *r)
{
    return r->peak_bytes;
}

static double read_faults(const struct run *r)
{
    return r->faults;
}

void measures_start(struct measures *m)
{
    *m =
        (struct measures){ { { "time", "ns", true, 1, NULL, read_wall },
                             { "processor time", "ns", true, 1, NULL, read_cpu },
                             { "peak memory", "B", false, 1, NULL, read_peak, command_floor_bytes },
                             { "page faults", "", false, 1, NULL, read_faults } },
                           4 };
}

static bool refuse(const char *metric, const char *why)
{
    complain("--metric '%.60s': %s", metric, why);
    return false;
}

bool measures_add(struct measures *m, const char *metric)
{
    const char *colon = strchr(metric, ':');
    struct measure *to = &m->list[m->n];
    PCRE2_UCHAR why[100];
    PCRE2_SIZE at;
    int error;

    if (!colon || colon == metric || colon - metric >= (long)sizeof to->name)
        return refuse(metric, "wants 'NAME: PATTERN', with a name of up to 23 letters");
    if (m->n == MEASURES_MAX)
        return refuse(metric, "that is one too many: a pair has no room for more measures");
    const char *pattern = colon + 1 + strspn(colon + 1, " ");
    *to = (struct measure){ .unit = "", .by = 1 };
    memcpy(to->name, metric, (size_t)(colon - metric));
    to->pattern = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &error,
                                &at, NULL);
    if (!to->pattern) {
        pcre2_get_error_message(error, why, sizeof why);
        return refuse(metric, (const char *)why);
    }
    m->n++;
    return true;
}

void measures_free(struct measures *m)
{
    for (size_t i = 0; i < m->n; i++)
        pcre2_code_free(m->list[i].pattern);
}

/* The number that begins at `begin` and ends where the group ends.  NAN: there is none. */
static double number(const char *begin, const char *end)
{
    char *stop;
    double d = strtod(begin, &stop);

    return stop == begin || stop > end || !isfinite(d) ? NAN : d;
}

static double read_pattern(const pcre2_code *pattern, const struct run *r)
{
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(pattern, NULL);
    double d = NAN;

    if (!match)
        return NAN;
    int groups =
        pcre2_match(pattern, (PCRE2_SPTR)r->out, r->out_length, 0, PCRE2_NO_UTF_CHECK, match, NULL);
    if (groups > 0) {
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(match) + (groups > 1 ? 2 : 0);
        d = at[0] == PCRE2_UNSET ? NAN : number(r->out + at[0], r->out + at[1]);
    }
    pcre2_match_data_free(match);
    return d;
}

double measure_value(const struct measure *m, const struct run *r)
{
    return m->pattern ? read_pattern(m->pattern, r) * m->by : m->read(r);
}
