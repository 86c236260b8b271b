/* SPDX-License-Identifier: MIT */
/* journal.c - a row in one write, and on reading only rounds that are whole and in order.
 *
 * A last line that is torn is ended like one of a run's own journal (store/store.c): with a field
 * too many, so that it is foreign to every reader, and the next row begins anew. */
#include "trial/journal.h"

#include "inside/csv.h"
#include "store/whole_file.h"
#include "trial/complain.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct journal {
    char folder[PATH_MAX / 2];
    const json_t *asked; /* of a new one */
    bool made;           /* the folder, by us */
    int lock;            /* the folder; others that want it are turned away */
    int fd[PAIRS_MAX];   /* of each pair's rows; 0: not open */
};

static int trouble(const char *what, const char *path)
{
    int error = errno;

    complain("cannot %s %s: %s", what, path, strerror(error));
    return error ? -error : -EINVAL;
}

static const char *path_of(const struct journal *j, const char *name)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", j->folder, name);
    return path;
}

static const char *pair_path(const struct journal *j, size_t pair)
{
    char name[32];

    snprintf(name, sizeof name, "pair-%zu.csv", pair + 1);
    return path_of(j, name);
}

/* --- JSON --- */

static int write_json(const struct journal *j, const char *name, const json_t *o)
{
    char *text = json_dumps(o, JSON_INDENT(1));
    int error = text ? whole_file_replace(path_of(j, name), text, strlen(text)) : -ENOMEM;

    free(text);
    return error;
}

/* Read a file of the folder.  NULL: a line has said what is wrong with it. */
static json_t *read_json(const struct journal *j, const char *name)
{
    json_error_t why;
    size_t length;
    char *text = whole_file_read(path_of(j, name), &length);
    json_t *o = text ? json_loadb(text, length, 0, &why) : NULL;

    if (!text)
        complain("cannot read %s: %s", path_of(j, name),
                 errno == EINVAL ? "it is no file" : strerror(errno));
    else if (!o)
        complain("%s is no JSON: line %d: %s", path_of(j, name), why.line, why.text);
    free(text);
    return o;
}

/* --- the folder --- */

static struct journal *open_folder(const char *folder)
{
    struct journal *j = calloc(1, sizeof *j);

    if (!j)
        return NULL;
    snprintf(j->folder, sizeof j->folder, "%s", folder);
    j->lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (j->lock < 0)
        trouble("open", folder);
    else if (flock(j->lock, LOCK_EX | LOCK_NB) == 0)
        return j;
    else
        complain("another `twinbench ab` is writing to %s", folder);
    journal_close(j);
    return NULL;
}

struct journal *journal_begin(const char *folder, const json_t *asked)
{
    bool made = mkdir(folder, 0755) == 0;

    if (!made && errno != EEXIST) {
        trouble("make", folder);
        return NULL;
    }
    struct journal *j = open_folder(folder);
    if (!j)
        return NULL;
    j->made = made;
    if (access(path_of(j, "ab.json"), F_OK) == 0)
        complain("%s holds a series already; go on with --resume %s, or name another folder",
                 folder, folder);
    else if ((j->asked = asked))
        return j;
    journal_close(j);
    return NULL;
}

struct journal *journal_resume(const char *folder, json_t **asked)
{
    struct journal *j = open_folder(folder);

    *asked = NULL;
    if (!j)
        return NULL;
    if (access(path_of(j, "ab.json"), F_OK) < 0)
        complain("%s holds no series to go on with; --out %s begins one", folder, folder);
    else
        *asked = read_json(j, "ab.json");
    if (*asked)
        return j;
    journal_close(j);
    return NULL;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    for (size_t i = 0; i < PAIRS_MAX; i++)
        if (j->fd[i] > 0)
            close(j->fd[i]);
    if (j->lock >= 0)
        close(j->lock);
    if (j->made)
        rmdir(j->folder);
    free(j);
}

/* --- rows --- */

static char *header_of(const struct trial *t)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return NULL;
    fputs("block,slot,of,side,repeat,output", out);
    for (size_t i = 0; i < t->measures.n; i++) {
        fputc(',', out);
        csv_write_words(out, t->measures.list[i].name);
    }
    fputc('\n', out);
    return fclose(out) == 0 ? text : NULL;
}

static char *row_of(const struct trial *t, const struct run_place *at,
                    const double value[MEASURES_MAX], uint64_t hash)
{
    struct slot s = trial_slot(at->block, at->slot);
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return NULL;
    fprintf(out, "%zu,%zu,%s,%s,%zu,%016" PRIx64, at->block, at->slot,
            s.set == SET_PAIR ? "pair" : "control", s.side == SIDE_A ? "A" : "B", at->repeat, hash);
    for (size_t i = 0; i < t->measures.n; i++)
        fprintf(out, ",%.17g", value[i]);
    fputc('\n', out);
    return fclose(out) == 0 ? text : NULL;
}

/* In one write, or not at all: a part would be glued to the next row. */
static int append(struct journal *j, size_t pair, char *text)
{
    size_t length = text ? strlen(text) : 0;
    ssize_t wrote = text ? write(j->fd[pair], text, length) : -1;

    free(text);
    if (wrote == (ssize_t)length)
        return 0;
    if (wrote >= 0)
        errno = ENOSPC;
    return trouble("write", pair_path(j, pair));
}

int journal_add(struct journal *j, const struct trial *t, const struct run_place *at,
                const double value[MEASURES_MAX], uint64_t hash)
{
    return append(j, at->pair, row_of(t, at, value, hash));
}

/* --- reading --- */

/* Rows of a round so far, each where it belongs. */
struct reading {
    struct round round;
    uint64_t hash[ROUND_SLOTS][REPEATS_MAX];
    uint64_t block;
    size_t n;
};

/* By their place: a name that is written as a field may become another one's. */
static bool read_values(const struct csv *c, const struct trial *t, double value[MEASURES_MAX])
{
    for (size_t i = 0; i < t->measures.n; i++) {
        value[i] = csv_to_number(c->field[c->n - t->measures.n + i]);
        if (isnan(value[i]))
            return false;
    }
    return true;
}

static void keep_round(const struct reading *r, struct trial *t, size_t repeats)
{
    trial_keep(t, r->block, &r->round, repeats);
    t->kept[r->block] = true;
    for (size_t slot = 0; slot < ROUND_SLOTS; slot++)
        for (size_t k = 0; k < repeats; k++)
            trial_note_output(t, trial_slot(r->block, slot).side, r->hash[slot][k]);
}

/* Take a row if it is the next one of its round.  false: a field is wrong. */
static bool take_row(struct reading *r, const struct csv *c, struct trial *t,
                     const struct plan *plan)
{
    uint64_t block, slot, repeat;
    double value[MEASURES_MAX];
    const char *hash = csv_field(c, "output");

    if (!csv_count(c, "block", &block) || !csv_count(c, "slot", &slot) ||
        !csv_count(c, "repeat", &repeat) || !hash || block >= plan->blocks || slot >= ROUND_SLOTS ||
        repeat >= plan->repeats || !read_values(c, t, value))
        return false;
    size_t place = slot * plan->repeats + repeat;
    if (place == 0)
        *r = (struct reading){ .block = block };
    if (place != r->n || block != r->block)
        return true; /* the rest of a round whose beginning was lost */
    memcpy(r->round.run[slot][repeat], value, sizeof value);
    r->hash[slot][repeat] = strtoull(hash, NULL, 16);
    if (++r->n == ROUND_SLOTS * plan->repeats)
        keep_round(r, t, plan->repeats);
    return true;
}

static bool begins_with_header(const char *text, const struct trial *t)
{
    char *header = header_of(t);
    bool same = header && strncmp(text, header, strlen(header)) == 0;

    free(header);
    return same;
}

static int read_rows(const struct journal *j, size_t pair, struct trial *t, const struct plan *plan)
{
    struct reading r = { .n = 0 };
    struct csv c;
    size_t length;
    char *text = whole_file_read(pair_path(j, pair), &length);

    if (!text)
        return trouble("read", pair_path(j, pair));
    if (!begins_with_header(text, t) || csv_open(&c, text, length) != 0) {
        free(text);
        complain("%s does not begin with the names of its columns; without that file all of it is "
                 "run again",
                 pair_path(j, pair));
        return -EINVAL;
    }
    while (csv_next(&c))
        if (!take_row(&r, &c, t, plan))
            csv_reject(&c);
    csv_say_foreign(&c, pair_path(j, pair), stderr);
    free(text);
    return 0;
}

/* --- the plan --- */

/* Open a pair's rows, old ones first: what has no end gets one. */
static int open_rows(struct journal *j, size_t pair, const struct trial *t)
{
    int fd = open(pair_path(j, pair), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    off_t length = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    char last = '\n';

    if (length < 0)
        return trouble("open", pair_path(j, pair));
    j->fd[pair] = fd;
    if (length == 0)
        return append(j, pair, header_of(t));
    if (pread(fd, &last, 1, length - 1) == 1 && last != '\n')
        return append(j, pair, strdup(",torn\n"));
    return 0;
}

/* What each pair is, and what is measured of it. */
static json_t *pairs_json(struct trial *const trial[], size_t n)
{
    json_t *pairs = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct trial *t = trial[i];
        json_t *measures = json_array();
        for (size_t k = 0; k < t->measures.n; k++)
            json_array_append_new(measures, json_string(t->measures.list[k].name));
        json_array_append_new(
            pairs, json_pack("{s:s, s:s, s:o}", "a", command_title(&t->command[SIDE_A]), "b",
                             command_title(&t->command[SIDE_B]), "measures", measures));
    }
    return pairs;
}

static bool plan_read(const json_t *o, struct plan *plan)
{
    json_int_t repeats = json_integer_value(json_object_get(o, "repeats")),
               blocks = json_integer_value(json_object_get(o, "blocks"));

    *plan = (struct plan){ (size_t)repeats, (size_t)blocks };
    return repeats >= 1 && repeats <= REPEATS_MAX && blocks >= 1 && blocks <= RANKED_MAX;
}

/* Take the plan that the folder keeps, if its pairs are the same. */
static int take_plan(const struct journal *j, const json_t *o, const json_t *pairs,
                     struct plan *plan)
{
    if (!plan_read(o, plan))
        complain("%s is no plan of ours", path_of(j, "plan.json"));
    else if (!json_equal(json_object_get(o, "pairs"), pairs))
        complain("the pairs or measures in %s are not those in %s; begin a new series with --out "
                 "and another folder",
                 j->folder, path_of(j, "plan.json"));
    else
        return 0;
    return -EINVAL;
}

int journal_plan(struct journal *j, struct trial *const trial[], size_t n, struct plan *plan)
{
    bool old = access(path_of(j, "plan.json"), F_OK) == 0;
    json_t *pairs = pairs_json(trial, n), *o = old ? read_json(j, "plan.json") : NULL;
    int error = old && !o ? -EINVAL : 0;

    if (o)
        error = take_plan(j, o, pairs, plan);
    if (!error && j->asked)
        error = write_json(j, "ab.json", j->asked);
    for (size_t i = 0; i < n && !error; i++)
        error = open_rows(j, i, trial[i]);
    for (size_t i = 0; i < n && !error && old; i++)
        error = read_rows(j, i, trial[i], plan);
    if (!error && !old) {
        o = json_pack("{s:I, s:I, s:O}", "repeats", (json_int_t)plan->repeats, "blocks",
                      (json_int_t)plan->blocks, "pairs", pairs);
        error = write_json(j, "plan.json", o);
    }
    json_decref(o);
    json_decref(pairs);
    return error;
}
