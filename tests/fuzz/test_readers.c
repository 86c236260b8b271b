/* SPDX-License-Identifier: MIT */
/* test_readers.c - whatever stands in a file that we read: it is read, or left out and counted,
 * and nothing else happens.
 *
 * As a test this replays the inputs in tests/fuzz/corpus/READER, and some that are too big to
 * be kept.  With -DFUZZING it has no main() and is the target of libFuzzer, which finds such
 * inputs: `make fuzz`.  The environment's READER says which reader it feeds. */
#include "cmd/args.h"
#include "process/child_impl.h"
#include "process/find_executors.h"
#include "run/workloads.h"
#include "store/machine.h"
#include "store/saved_calibration.h"
#include "store/saved_run.h"
#include "store/store.h"
#include "store/whole_file.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- where a reader finds its input --- */

static void fill(int fd, const char *data, size_t size)
{
    assert(ftruncate(fd, 0) == 0);
    assert(pwrite(fd, data, size, 0) == (ssize_t)size);
}

/* A file in memory that holds it; valid until the next call. */
static const char *as_file(const char *data, size_t size)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0)
        fd = memfd_create("input", MFD_CLOEXEC);
    assert(fd >= 0);
    fill(fd, data, size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return path;
}

static void as_file_in(const char *folder, const char *name, const char *data, size_t size)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert(fd >= 0);
    fill(fd, data, size);
    close(fd);
}

/* A folder for one process, in memory, which is gone at its end. */
static char folder[64];

static void remove_folder(void)
{
    char command[96];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        abort();
}

static void make_folder(void)
{
    if (folder[0])
        return;
    strcpy(folder, "/dev/shm/twin-fuzz-XXXXXX");
    assert(mkdtemp(folder));
    atexit(remove_folder);
}

/* --- the readers --- */

static size_t count_lines(const char *data, size_t size)
{
    size_t n = size > 0 && data[size - 1] != '\n';

    for (size_t i = 0; i < size; i++)
        n += data[i] == '\n';
    return n;
}

/* Every line is the header, a row, or counted as none. */
static void read_table(const char *data, size_t size)
{
    char *text = malloc(size + !size);
    struct csv t;
    size_t rows = 0;

    memcpy(text, data, size);
    if (csv_open(&t, text, size) == 0) {
        assert(csv_most(&t) + 1 <= count_lines(data, size));
        while (csv_next(&t)) {
            rows++;
            assert(strlen(t.field[t.n - 1]) <= size && csv_field(&t, t.name[0]) == t.field[0]);
        }
        assert(1 + rows + t.foreign == count_lines(data, size));
    }
    free(text);
}

/* What was taken for a sample can be judged, and is written as it was read. */
static void assert_is_sample(const struct sample *s)
{
    char header[SAMPLE_ROW], row[SAMPLE_ROW], again[SAMPLE_ROW];
    struct sample back;

    for (size_t i = 0; i < ncolumns; i++)
        if (columns[i].kind == MEASURED)
            assert(isnan(column_value(&columns[i], s)) ||
                   (column_value(&columns[i], s) >= 0 && !isinf(column_value(&columns[i], s))));
    assert(s->kind != KIND_TIME || s->outcome != OUTCOME_OK || s->wall_ns > 0);
    assert(sample_header(header, sizeof header) > 0);
    assert(sample_row(s, row, sizeof row) > 0);
    assert(sample_parse(header, row, &back) == 0);
    assert(sample_row(&back, again, sizeof again) > 0);
    assert(strcmp(row, again) == 0);
}

static void read_samples(const char *data, size_t size)
{
    struct sample *samples;
    size_t n;

    read_table(data, size);
    assert(store_read_file(as_file(data, size), &samples, &n) == 0);
    assert(n <= count_lines(data, size));
    for (size_t i = 0; i < n; i++)
        assert_is_sample(&samples[i]);
    free(samples);
}

/* The first byte says which of the run's files it is that holds the rest. */
static void read_saved_run(const char *data, size_t size)
{
    static const char *const names[] = { "verdicts.csv", "machine.json", "words.json" };
    static const char verdict[] = "tip,claim,column,verdict,expected,lang,n\n"
                                  "a/b,0,tasks,holds,holds,c,12\n";
    static const char *const usual[] = { verdict, "{}", "{\"tips\": [{\"name\": \"a/b\"}]}" };
    struct saved_run run;

    make_folder();
    as_file_in(folder, "samples.csv", "", 0);
    for (size_t i = 0; i < 3; i++)
        if (size > 0 && (unsigned char)data[0] % 3 == i)
            as_file_in(folder, names[i], data + 1, size - 1);
        else
            as_file_in(folder, names[i], usual[i], strlen(usual[i]));
    if (saved_run_open(&run, folder) == 0) {
        assert(run.nverdicts > 0);
        for (size_t i = 0; i < run.nverdicts; i++) {
            const struct verdict *v = &run.verdicts[i].v;
            saved_run_tip(&run, v->tip);
            assert(saved_run_verdict(&run, v->tip, v->claim, v->executor));
            machine_difference(run.machine, run.words);
            machine_margin(run.machine);
        }
    }
    saved_run_close(&run);
}

static void read_calibration(const char *data, size_t size)
{
    static json_t *facts;
    char path[PATH_MAX];

    make_folder();
    snprintf(path, sizeof path, "%s/calibration", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/calibration/1", folder);
    mkdir(path, 0700);
    as_file_in(path, "calibration.json", data, size);
    if (!facts)
        facts = json_pack("{ss si sb sb sf}", "cpu", "c", "cores", 2, "hypervisor", 0, "quick", 1,
                          "margin", 0.1);
    json_t *c = saved_calibration_find(folder, facts);
    const char *says = saved_calibration_says(c, facts);
    assert(!says || strlen(says) <= size);
    json_decref(c);
}

/* What a child leaves in its pipe, and what it prints: before and after the first NUL. */
static void read_child(const char *data, size_t size)
{
    static char row[ROW_BYTES + 1], other[SAID_BYTES + 1];
    const char *cut = memchr(data, '\0', size);
    size_t first = cut ? (size_t)(cut - data) : size, rest = cut ? size - first - 1 : 0;
    struct child c = {
        .request = { .tip = "a/b", .twin = TWIN_BAD, .executor = executor_c(), .kind = KIND_TIME },
        .served_fd = -1,
        .row = { .bytes = row, .length = first < ROW_BYTES ? first : ROW_BYTES },
        .said = { .bytes = other, .length = rest < SAID_BYTES ? rest : SAID_BYTES }
    };
    struct sample s;
    char why[CHILD_WHY];

    memcpy(row, data, c.row.length);
    row[c.row.length] = '\0';
    memcpy(other, data + size - rest, c.said.length);
    other[c.said.length] = '\0';
    assert(child_end(&c, &s, why) == 0);
    assert(strcmp(s.tip, "a/b") == 0 && s.twin == TWIN_BAD && memchr(why, '\0', sizeof why));
    assert(s.outcome == OUTCOME_OK || why[0]);
    if (s.outcome == OUTCOME_OK)
        assert_is_sample(&s);
}

/* A line each argument. */
static void read_args(const char *data, size_t size)
{
    bool flag = false;
    uint64_t number = 7;
    const char *word = "", *words[3];
    const struct arg flags[] = { { "--flag", ARG_FLAG, &flag, 0, 0, "a flag" },
                                 { "--number", ARG_NUMBER, &number, 5, 1000, "a number" },
                                 { "--word", ARG_WORD, &word, 0, 0, "a word" } };
    const struct args args = { "x [WORD]...", "Do it.", flags, 3, words, 1, 3 };
    char *text = calloc(size + 1, 1), *argv[16] = { (char *)"x" }, *rest = text;
    int argc = 1;

    memcpy(text, data, size);
    while (rest && argc < 15)
        argv[argc++] = strsep(&rest, "\n");
    int n = args_parse(&args, argc, argv);
    assert(n == ARGS_HELP || n == ARGS_BAD || (n >= 1 && n <= 3));
    assert(number >= 5 && number <= 1000);
    if (n > 0)
        args_tip(words[0]);
    free(text);
}

static const struct reader {
    const char *name;
    void (*read)(const char *data, size_t size);
} readers[] = {
    { "samples", read_samples },
    { "saved_run", read_saved_run },
    { "calibration", read_calibration },
    { "child", read_child },
    { "args", read_args },
};
enum { NREADERS = sizeof readers / sizeof readers[0] };

#ifdef FUZZING

/* The complaints about a million broken files are many. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct reader *reader;
    const char *name = getenv("READER");

    for (size_t i = 0; i < NREADERS && name && !reader; i++)
        if (strcmp(readers[i].name, name) == 0) {
            reader = &readers[i];
            stderr = stdout = fopen("/dev/null", "w");
        }
    if (!reader) {
        fprintf(stderr, "READER is none of the readers in test_readers.c\n");
        exit(2);
    }
    reader->read((const char *)data, size);
    return 0;
}

#else

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char corpus[] = "tests/fuzz/corpus";

/* What was being read when it failed: assert() has no words for that. */
static char reading[PATH_MAX + 64];
static int said_to;

static void tell(int signal_number)
{
    dprintf(said_to, "# it ended while it read %s\n", reading);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Those the fuzzer kept, and there must be some. */
static size_t replay(const struct reader *r)
{
    char path[PATH_MAX];
    size_t n = 0, length;

    snprintf(path, sizeof path, "%s/%s", corpus, r->name);
    DIR *d = opendir(path);
    snprintf(reading, sizeof reading, "%s, of which there must be some", path);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", corpus, r->name, e->d_name);
        char *bytes = whole_file_read(path, &length);
        strcpy(reading, path);
        assert(bytes);
        r->read(bytes, length);
        free(bytes);
        n++;
    }
    if (d)
        closedir(d);
    return n;
}

static void quietly(void (*what)(const struct reader *r), const struct reader *r)
{
    int err = dup(2), out = dup(1), none = open("/dev/null", O_WRONLY);

    said_to = err;
    signal(SIGABRT, tell);
    dup2(none, 2);
    fflush(stdout);
    dup2(none, 1);
    what(r);
    fflush(stdout);
    dup2(err, 2);
    dup2(out, 1);
    close(err);
    close(out);
    close(none);
}

static void must_replay(const struct reader *r)
{
    if (replay(r) == 0)
        abort();
}

static void what_the_fuzzer_kept_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NREADERS; i++)
        quietly(must_replay, &readers[i]);
}

enum { MUCH = 10 << 20 };

static void read_extremes(const struct reader *r)
{
    char *much = malloc(MUCH);

    assert(much);
    snprintf(reading, sizeof reading, "ten megabytes as %s", r->name);
    r->read("", 0);
    for (const char *c = "x,\n1";; c++) { /* the last is NUL */
        memset(much, *c, MUCH);
        r->read(much, MUCH);
        memcpy(much, "tip,lang,n\n", 11);
        r->read(much, MUCH);
        if (!*c)
            break;
    }
    srand(1);
    for (size_t i = 0; i < MUCH; i++)
        much[i] = (char)rand();
    r->read(much, MUCH);
    free(much);
}

static void ten_megabytes_of_one_byte_or_of_any_are_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NREADERS; i++)
        quietly(read_extremes, &readers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_fuzzer_kept_is_read_or_refused),
        cmocka_unit_test(ten_megabytes_of_one_byte_or_of_any_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
