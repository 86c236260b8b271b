/* SPDX-License-Identifier: MIT */
/* go_benchmarks.c - `go test -c`, and what its binary prints. */
#include "ab/benchmarks.h"
#include "ab/formats.h"
#include "ab/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUILD_S = 600, GOS_MAX = 16 };

/* A Go, and the test binary that it built of each side. */
struct go {
    char *name;    /* "go1.19"; "": the one in PATH */
    char *command; /* that builds */
    char *folder[SIDES], *binary[SIDES];
};

/* --- which Gos --- */

/* bench/go/find.sh, which knows where they are. */
extern const char find_sh[];
__asm__(".pushsection .rodata\n"
        "find_sh: .incbin \"bench/go/find.sh\"\n"
        ".byte 0\n"
        ".popsection\n");

/* "go1.24=1.24.4=/usr/lib/go-1.24/bin/go" */
static bool read_go(const char *line, struct go *g)
{
    const char *version = strchr(line, '='), *command = version ? strchr(version + 1, '=') : NULL;

    if (!command)
        return false;
    /* No other Go in its place, though a go.mod asks for it. */
    char *word = text_of("%.*s", (int)strcspn(command + 1, "\n"), command + 1);
    char *quoted = text_quoted(word);
    *g = (struct go){ .name = text_of("%.*s", (int)(version - line), line),
                      .command = text_of("GOTOOLCHAIN=local %s", quoted) };
    free(quoted);
    free(word);
    return true;
}

/* Where `make go-releases` puts them: beside this program. */
static char *fetched(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    path[n < 0 ? 0 : n] = '\0';
    char *slash = strrchr(path, '/');
    return text_of("%.*s/go-releases", slash ? (int)(slash - path) : 0, path);
}

static int find_gos(const char *releases, struct go gos[GOS_MAX], size_t *n)
{
    char *wanted = text_quoted(strcmp(releases, "all") == 0 ? "" : releases),
         *script = text_quoted(find_sh), *there = fetched(), *folder = text_quoted(there);
    char *text = text_of("GO_RELEASES=%s sh -c %s find.sh %s", wanted, script, folder);
    struct run r;
    int status = ask(NULL, text, BUILD_S, &r);

    *n = 0;
    if (status == 0) {
        for (const char *line = r.out; *line && *n < GOS_MAX; line += strcspn(line, "\n") + 1)
            *n += read_go(line, &gos[*n]);
        const char *missing = strstr(r.err, "GO_RELEASES wants");
        if (missing)
            status = complain("--go-releases: %s", text_first_line(missing));
        else if (*n == 0)
            status = complain("--go-releases: there is no Go here");
        run_free(&r);
    }
    free(text);
    free(folder);
    free(there);
    free(script);
    free(wanted);
    return status;
}

/* --- building --- */

/* "# package" and "go: downloading ..." come before what is wrong. */
static const char *past_progress(const char *text)
{
    while (*text == '#' || *text == '\n' || strncmp(text, "go: downloading ", 16) == 0) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

static int build(const struct benchmarks *b, const struct go *g, int side, const char *package)
{
    char *to = text_quoted(g->binary[side]);
    char *text = text_of("%s test -c -o %s . && [ -e %s ]", g->command, to, to);
    struct run r;
    int status = ask_to_build(g->folder[side], text, BUILD_S, b->scratch, &r);

    if (status == 0 && r.status != 0) {
        const char *why = past_progress(r.err);
        const char *label = b->at->label[side];
        status = complain("the Go package in %s%s%s does not build%s%s: %s", package,
                          label ? " of " : "", label ? label : "", *g->name ? " with " : "",
                          g->name, *why ? text_first_line(why) : "it has no tests");
    }
    run_free(&r);
    free(text);
    free(to);
    return status;
}

/* Both sides are one binary, unless they are two commits. */
static int build_sides(const struct benchmarks *b, struct go *g, const char *package, size_t number)
{
    struct stat s;
    int status = 0;

    for (int side = 0; side < SIDES && !status; side++) {
        const char *at = b->at->folder[side];
        g->folder[side] = at ? text_of("%s/%s", at, package) : text_of("%s", package);
        g->binary[side] = text_of("%s/%zu-%c.test", b->scratch, number, "ab"[at ? side : 0]);
        if (stat(g->folder[side], &s) < 0 || !S_ISDIR(s.st_mode))
            return complain("there is no folder %s%s%s", package, at ? " in " : "",
                            at ? b->at->label[side] : "");
        if (at || side == SIDE_A)
            status = build(b, g, side, package);
    }
    return status;
}

/* --- what a benchmark reports --- */

/* A column of "BenchmarkOld-2   1000   1234 ns/op   56 B/op": its unit, from *at on. */
static bool next_unit(const char **at, char unit[MEASURE_NAME])
{
    double value;
    int n;

    if (sscanf(*at, "%lf %63[^ \t\n]%n", &value, unit, &n) != 2)
        return false;
    *at += n;
    return true;
}

/* The measures of a line of results. */
static int measure(struct trial *t, const void *line)
{
    char unit[MEASURE_NAME];
    int n = 0;

    sscanf(line, "%*s %*s%n", &n); /* the name and the number of iterations */
    const char *at = (const char *)line + n;
    while (next_unit(&at, unit)) {
        if (t->measures.n == MEASURES_MAX) {
            t->measures.left_out = true;
            continue;
        }
        char *pattern = text_of("^Benchmark\\S*\\s.*\\s([\\d.eE+-]+) \\Q%s\\E(?:\\s|$)", unit);
        bool ok = measures_add(&t->measures, unit, pattern);
        free(pattern);
        if (!ok)
            return 1;
        go_unit(&t->measures.list[t->measures.n - 1], unit);
    }
    return 0;
}

/* The lines of results among what it printed. */
static void read_lines(char *out, const char *below, struct all_found *all)
{
    char name[500], unit[MEASURE_NAME], *line;
    int n;

    while ((line = strsep(&out, "\n"))) {
        if (strncmp(line, "Benchmark", 9) != 0 || sscanf(line, "%499s %*d%n", name, &n) != 1)
            continue;
        const char *at = line + n;
        if (next_unit(&at, unit) && found_add(all, below, name))
            all->list[all->n - 1].report = text_of("%s", line);
    }
}

/* What runs it and all below it for that time. */
static char *command_text(const char *binary, const char *name, const char *time)
{
    char *only = text_exactly(name, "$/^"), *filter = text_quoted(only),
         *program = text_quoted(binary);
    char *text = text_of("exec %s -test.run='^$' -test.bench=%s -test.benchmem -test.benchtime=%s",
                         program, filter, time);

    free(program);
    free(filter);
    free(only);
    return text;
}

/* Everything at and below that name, run once.  With one processor the names have no number
 * behind them. */
static int look(const struct benchmarks *b, const void *of, int side, const char *name,
                struct all_found *all)
{
    const struct go *g = of;
    char *text = command_text(g->binary[side], name, "1x -test.cpu=1");
    struct run r;
    int status = ask_within_budget(g->folder[side], text, name, b->look_s, &r);

    if (status == 0) {
        const char *label = b->at->label[side], *words = run_last_words(&r);
        if (r.status != 0)
            status = complain("%s ended with %s%s%s", name, command_ending(r.status),
                              *words ? ": " : "", words);
        else
            read_lines(r.out, name, all);
        if (status == 0 && all->n == 0)
            status = complain("there is no benchmark %s in that package%s%s, or it skips itself; "
                              "`go test -list .` there names all",
                              name, label ? " of " : "", label ? label : "");
        run_free(&r);
    }
    free(text);
    return status;
}

static struct command command(const struct benchmarks *b, const void *of, int side,
                              const char *name)
{
    const struct go *g = of;
    char *time = text_of("%.3fs", (double)b->each_ms / 1000);
    struct command c = { .title = side_title(b->at, side, g->name, name),
                         .text = command_text(g->binary[side], name, time),
                         .shell = "sh",
                         .folder = g->folder[side] };

    free(time);
    return c;
}

static const struct framework go = { look, command, measure, free };

int benchmarks_of_go(struct series *s, const struct benchmarks *b, const char *package,
                     const char *releases)
{
    struct go gos[GOS_MAX] = { { .name = "", .command = "go" } };
    size_t n = 1;
    int status = releases ? find_gos(releases, gos, &n) : 0;

    for (size_t i = 0; i < n && !status; i++) {
        status = build_sides(b, &gos[i], package, i);
        if (status == 0)
            status = benchmarks_add(s, b, &go, &gos[i]);
    }
    return status;
}
