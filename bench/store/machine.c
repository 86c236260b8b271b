/* SPDX-License-Identifier: MIT */
/* machine.c - read off /proc, /sys and a few tools what machine this is.
 *
 * Nothing here fails: a fact that cannot be had is an empty string, for the
 * reader of a chart is served better by a gap than by no run. */
#include "store/machine.h"

#include "inside/executor.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#ifndef BUILD_FLAGS
#define BUILD_FLAGS ""
#endif

#ifndef BUILD_VERSION
#define BUILD_VERSION ""
#endif

enum { FACT = 4096 };

static void trim(char *s)
{
    size_t n = strlen(s);

    while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == ' '))
        s[--n] = '\0';
}

static void read_stream(FILE *f, char to[FACT])
{
    to[f ? fread(to, 1, FACT - 1, f) : 0] = '\0';
    trim(to);
}

static void file_says(const char *path, char to[FACT])
{
    FILE *f = fopen(path, "re");

    read_stream(f, to);
    if (f)
        fclose(f);
}

/* What a command prints on stdout.  Its complaints, and those of the shell, are thrown away. */
static void command_says(const char *command, char to[FACT])
{
    char quiet[512];

    snprintf(quiet, sizeof quiet, "exec 2>/dev/null; %s", command);
    FILE *f = popen(quiet, "re");

    read_stream(f, to);
    if (f)
        pclose(f);
}

/* --- single facts --- */

/* The value of the first line of /proc/cpuinfo that begins with this name. */
static void cpu_line(const char *name, char to[FACT])
{
    FILE *f = fopen("/proc/cpuinfo", "re");
    char line[FACT];

    to[0] = '\0';
    while (f && !to[0] && fgets(line, sizeof line, f)) {
        char *colon = strchr(line, ':');
        if (colon && strncmp(line, name, strlen(name)) == 0)
            snprintf(to, FACT, "%s", colon + 1 + strspn(colon + 1, " "));
    }
    if (f)
        fclose(f);
    trim(to);
}

static void cpu_name(char to[FACT])
{
    cpu_line("model name", to);
    if (!to[0])
        cpu_line("CPU part", to); /* aarch64 */
}

static bool under_hypervisor(void)
{
    char flags[FACT], product[FACT];

    cpu_line("flags", flags);
    file_says("/sys/hypervisor/type", product);
    return product[0] || strstr(flags, " hypervisor");
}

static int cores(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static double load1(void)
{
    double load;

    return getloadavg(&load, 1) == 1 ? load : 0;
}

static void os_name(char to[FACT])
{
    command_says(". /etc/os-release && echo \"$PRETTY_NAME\"", to);
}

static void date_utc(char to[FACT])
{
    time_t now = time(NULL);

    strftime(to, FACT, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
}

bool machine_shared(bool hypervisor, double load, int ncores)
{
    return hypervisor || load > 0.5 * ncores;
}

/* --- the object --- */

static void set_words(json_t *o, const char *name, const char *words)
{
    json_object_set_new(o, name, json_string_nocheck(words));
}

static json_t *packages(void)
{
    char said[FACT], *rest = said, *line;
    json_t *o = json_object();

    command_says("dpkg-query -W -f '${Package} ${Version}\\n' libc6 libbenchmark-dev libgc-dev "
                 "libjansson-dev hyperfine gnuplot-nox golang-go",
                 said);
    while ((line = strsep(&rest, "\n"))) {
        char *space = strchr(line, ' ');
        if (!space || !space[1])
            continue;
        *space = '\0';
        set_words(o, line, space + 1);
    }
    return o;
}

static void add_machine(json_t *o)
{
    char said[FACT];
    struct utsname u;

    cpu_name(said);
    set_words(o, "cpu", said);
    json_object_set_new(o, "cores", json_integer(cores()));
    set_words(o, "kernel", uname(&u) == 0 ? u.release : "");
    set_words(o, "arch", uname(&u) == 0 ? u.machine : "");
    os_name(said);
    set_words(o, "os", said);
    file_says("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", said);
    set_words(o, "governor", said);
    json_object_set_new(o, "load1", json_real(load1()));
    json_object_set_new(o, "hypervisor", json_boolean(under_hypervisor()));
}

const char *machine_version(void)
{
    return BUILD_VERSION[0] ? BUILD_VERSION : "unknown";
}

/* What git says about the tree that this program was built in, whoever owns it.  Nothing if
 * the repository is another's, into which our tree was unpacked. */
static void tree_says(const char *question, char to[FACT])
{
    char command[400];

    snprintf(command, sizeof command,
             "git() { command git -c safe.directory='*' \"$@\"; }; "
             "cd \"$(dirname \"$(readlink /proc/$PPID/exe)\")\" && "
             "cd \"$(git rev-parse --show-toplevel)\" && [ -f bench/store/machine.c ] && git %s",
             question);
    command_says(command, to);
}

/* --- Go --- */

/* "go1.19.8 go1.27.4" */
static void go_versions(char to[FACT])
{
    size_t at = 0;

    to[0] = '\0';
    for (size_t k = 0; k < nexecutors() && at < FACT; k++) {
        const char *release = executor_at(k)->release;
        if (release[0])
            at += (size_t)snprintf(to + at, FACT - at, "%sgo%s", at ? " " : "", release);
    }
}

/* How each release of Go was built. */
static json_t *go_builds(void)
{
    json_t *o = json_object();

    for (size_t k = 0; k < nexecutors(); k++) {
        const struct executor *x = executor_at(k);
        if (!x->release[0])
            continue;
        json_t *build = json_object();
        set_words(build, "version", x->release);
        set_words(build, "DefaultGODEBUG", x->godebug);
        set_words(build, "GOAMD64", x->goamd64);
        json_object_set_new(o, x->name, build);
    }
    return o;
}

/* Variables of the environment that Go obeys; "" leaves it to Go.  GOMAXPROCS is among them, but
 * while a twin is measured the tip sets the number of workers. */
static json_t *go_environment(void)
{
    static const char *const names[] = { "GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT" };
    json_t *o = json_object();

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        set_words(o, names[i], value ? value : "");
    }
    return o;
}

static void add_build(json_t *o)
{
    char said[FACT];

    set_words(o, "compiler",
#ifdef __clang__
              "clang " __clang_version__
#else
              "gcc " __VERSION__
#endif
    );
    set_words(o, "flags", BUILD_FLAGS);
    json_object_set_new(o, "packages", packages());
    go_versions(said);
    set_words(o, "go", said);
    json_object_set_new(o, "go_builds", go_builds());
    json_object_set_new(o, "go_environment", go_environment());
    set_words(o, "version", machine_version());
    tree_says("rev-parse HEAD", said);
    if (!said[0])
        snprintf(said, FACT, "%s", BUILD_VERSION[0] ? "v" BUILD_VERSION : "unknown");
    set_words(o, "commit", said);
    tree_says("status --porcelain --untracked-files=no | head -n 1", said);
    json_object_set_new(o, "modified", json_boolean(said[0]));
}

json_t *machine_facts(bool quick)
{
    json_t *o = json_object();
    char said[FACT];

    if (!o)
        return NULL;
    date_utc(said);
    set_words(o, "date", said);
    add_machine(o);
    add_build(o);
    bool shared = machine_shared(under_hypervisor(), load1(), cores());
    json_object_set_new(o, "shared", json_boolean(shared));
    json_object_set_new(o, "margin", json_real(shared ? 0.10 : 0.05));
    json_object_set_new(o, "quick", json_boolean(quick));
    return o;
}

double machine_margin(const json_t *facts)
{
    double margin = json_number_value(json_object_get(facts, "margin"));

    return margin > 0 ? margin : 0.10;
}

const char *machine_difference(const json_t *a, const json_t *b)
{
    static const char *const names[] = { "cpu",    "cores", "kernel",    "compiler",      "flags",
                                         "commit", "go",    "go_builds", "go_environment" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!json_equal(json_object_get(a, names[i]), json_object_get(b, names[i])))
            return names[i];
    return NULL;
}
