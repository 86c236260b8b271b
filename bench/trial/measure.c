/* SPDX-License-Identifier: MIT */
/* measure.c - four numbers that the kernel has, and others by regular expressions (PCRE2). */
#define PCRE2_CODE_UNIT_WIDTH 8 /* pcre2.h must know it */
#include <pcre2.h>

#include "trial/measure.h"

#include "inside/csv.h"
#include "trial/complain.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
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
                           4,
                           false };
}

static bool refuse(const char *name, const char *why)
{
    complain("--metric '%.60s': %s", name, why);
    return false;
}

static bool is_there(const struct measures *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->list[i].name, name) == 0)
            return true;
    return false;
}

bool measures_add(struct measures *m, const char *name, const char *pattern)
{
    struct measure *to = &m->list[m->n];
    PCRE2_UCHAR why[100];
    PCRE2_SIZE at;
    int error;

    if (m->n == MEASURES_MAX)
        return refuse(name, "that is one too many: a pair has no room for more measures");
    *to = (struct measure){ .unit = "", .by = 1 };
    snprintf(to->name, sizeof to->name, "%s", name);
    one_line(to->name);
    if (is_there(m, to->name))
        return refuse(name, "there is a measure of that name already; choose another");
    to->pattern = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &error,
                                &at, NULL);
    if (!to->pattern) {
        pcre2_get_error_message(error, why, sizeof why);
        return refuse(name, (const char *)why);
    }
    m->n++;
    return true;
}

bool measures_add_metric(struct measures *m, const char *metric)
{
    const char *colon = strchr(metric, ':');
    const char *pattern = colon ? colon + 1 + strspn(colon + 1, " ") : "";
    char name[MEASURE_NAME];

    if (!*pattern || colon == metric || colon - metric >= MEASURE_NAME)
        return refuse(metric, "wants 'NAME: PATTERN', with a name of up to 63 letters");
    snprintf(name, sizeof name, "%.*s", (int)(colon - metric), metric);
    if (!measures_add(m, name, pattern))
        return false;
    m->list[m->n - 1].is_metric = true;
    return true;
}

void measures_free(struct measures *m)
{
    for (size_t i = 0; i < m->n; i++)
        pcre2_code_free(m->list[i].pattern);
}

/* The number that is all of the group, but for blanks; NAN: it is none.  Of "1,234" and "12ms" the
 * beginning would be another number. */
static double number(const char *group, size_t length)
{
    char text[64];

    while (length > 0 && isspace((unsigned char)group[length - 1]))
        length--;
    if (length == 0 || length >= sizeof text)
        return NAN;
    snprintf(text, sizeof text, "%.*s", (int)length, group);
    double d = csv_to_number(text);
    return isfinite(d) ? d : NAN;
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
        d = at[0] == PCRE2_UNSET ? NAN : number(r->out + at[0], at[1] - at[0]);
    }
    pcre2_match_data_free(match);
    return d;
}

double measure_value(const struct measure *m, const struct run *r)
{
    return m->pattern ? read_pattern(m->pattern, r) * m->by : m->read(r);
}
