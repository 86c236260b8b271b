/* SPDX-License-Identifier: MIT */
/* store.c - one lock and one journal; whole_file.c makes the other files appear whole.
 *
 * The lock is flock() on results/.lock: the kernel lets go of it when the runner
 * dies, however that dies, so there is no stale lock to clean up.  It is held
 * through one descriptor that children do not inherit.
 *
 * A row is one write(2) to a file opened for appending.  A process killed at any
 * moment has then either written the row or not; only the kernel dying, or the disk
 * filling up, can tear one.  What is torn is not cut off but ended: the next row begins
 * with ",torn" and a newline.  Cut where it may be, such a line has a field too many or a
 * last field that is no number, so that it is foreign to every reader, ours of any version
 * and a person's alike, and the row behind it is whole.  The journal reaches the disk about once a
 * second and not once a row: a sync costs milliseconds and would run between the processes that are
 * being timed. */
#include "store/store.h"

#include "inside/tips.h"
#include "store/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char journal_name[] = "samples.csv", what_name[] = "run.json";
static const char torn_end[] = ",torn\n";

struct store {
    char results[PATH_MAX / 2];
    char folder[PATH_MAX / 2 + NAME_MAX + 1];
    int lock;
    int journal;
    bool torn; /* the journal's last line has no end */
    bool gone; /* the folder is, and that was said */
    time_t synced;
};

/* Say what could not be done with what, and why; the errno as a negative. */
static int trouble(const char *what, const char *path, const char *advice)
{
    int error = errno;

    fprintf(stderr, "twinbench: cannot %s %s: %s%s%s\n", what, path, strerror(error),
            advice ? "; " : "", advice ? advice : "");
    return -error;
}

static const char other_folder[] = "choose another folder with --results DIR";

static int trouble_full(const char *what, const char *path)
{
    return trouble(what, path,
                   errno == ENOSPC ? "free some space, then go on with --resume" : other_folder);
}

/* --- paths --- */

const char *store_folder(const struct store *s)
{
    return s->folder;
}

const char *store_path(const struct store *s, const char *name)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", s->folder, name);
    return path;
}

static const char *results_path(const struct store *s, const char *name)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", s->results, name);
    return path;
}

/* --- reading --- */

/* What is no sample is passed over. */
static size_t read_samples(struct csv *t, struct sample *to)
{
    size_t n = 0;

    while (csv_next(t)) {
        if (sample_read(t, &to[n]) == 0 && to[n].tip[0])
            n++;
        else
            csv_reject(t);
    }
    return n;
}

int store_read_file(const char *path, struct sample **out, size_t *n)
{
    size_t length;
    char *text = whole_file_read(path, &length);
    struct csv t;

    *out = NULL;
    *n = 0;
    if (!text)
        return errno == ENOENT ? 0 : trouble("read", path, NULL);
    bool has_rows = csv_open(&t, text, length) == 0 && csv_has(&t, "tip");
    *out = calloc(has_rows ? csv_most(&t) + 1 : 1, sizeof **out);
    if (*out && has_rows)
        *n = read_samples(&t, *out);
    if (has_rows)
        csv_say_foreign(&t, path, stderr);
    else
        fprintf(stderr, "twinbench: %s: line 1 is not its header, so no row of it can be read\n",
                path);
    free(text);
    return *out ? 0 : -ENOMEM;
}

int store_read(const struct store *s, struct sample **out, size_t *n)
{
    return store_read_file(store_path(s, journal_name), out, n);
}

/* --- writing --- */

/* A deleted file can be written to, and a moved one; nobody would find it again. */
int store_check(struct store *s)
{
    struct stat held, named;

    if (fstat(s->journal, &held) == 0 && stat(store_path(s, journal_name), &named) == 0 &&
        held.st_ino == named.st_ino && held.st_dev == named.st_dev)
        return 0;
    if (!s->gone)
        fprintf(stderr, "twinbench: %s is no longer there: somebody deleted or moved it\n",
                store_path(s, journal_name));
    s->gone = true;
    return -ENOENT;
}

/* Append all bytes in one write.  If that fails, none of them stays. */
static int append(struct store *s, const char *bytes, size_t length)
{
    off_t before = lseek(s->journal, 0, SEEK_END);
    ssize_t wrote = write(s->journal, bytes, length);

    if (wrote == (ssize_t)length)
        return 0;
    if (wrote >= 0)
        errno = ENOSPC;
    int error = trouble_full("write", store_path(s, journal_name));
    if (wrote > 0 && ftruncate(s->journal, before) < 0)
        s->torn = true;
    return error;
}

static void sync_at_times(struct store *s)
{
    time_t now = time(NULL);

    if (now != s->synced)
        fdatasync(s->journal);
    s->synced = now;
}

int store_sample(struct store *s, const struct sample *row)
{
    char line[sizeof torn_end + SAMPLE_ROW];
    size_t end = s->torn ? strlen(torn_end) : 0;
    int length = sample_row(row, line + end, sizeof line - end);

    memcpy(line, torn_end, end);
    int error = length < 0 ? length : store_check(s);
    if (!error)
        error = append(s, line, end + (size_t)length);
    if (error)
        return error;
    s->torn = false;
    sync_at_times(s);
    return 0;
}

int store_file(struct store *s, const char *name, const char *bytes, size_t length)
{
    char path[PATH_MAX];
    int error = store_check(s);

    if (error)
        return error;
    snprintf(path, sizeof path, "%s", store_path(s, name));
    return whole_file_write(path, bytes, length) ? trouble_full("write", path) : 0;
}

int store_json(struct store *s, const char *name, const json_t *o)
{
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    int error = text ? store_file(s, name, text, strlen(text)) : -ENOMEM;

    free(text);
    return error;
}

int store_written(struct store *s, const char *name, store_writer *write, const void *arg)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return -ENOMEM;
    write(out, arg);
    int error = fclose(out) == 0 ? store_file(s, name, text, length) : -ENOMEM;
    free(text);
    return error;
}

/* --- opening --- */

static int folder_make(const char *path)
{
    return mkdir(path, 0755) < 0 && errno != EEXIST ? trouble_full("make folder", path) : 0;
}

static int lock_busy(const struct store *s)
{
    char holder[32] = "";
    ssize_t n = pread(s->lock, holder, sizeof holder - 1, 0);

    if (n > 0)
        holder[strcspn(holder, "\n")] = '\0';
    fprintf(stderr, "twinbench: another run (process %s) is writing to %s; wait for it, or %s\n",
            holder[0] ? holder : "unknown", s->results, other_folder);
    return -EBUSY;
}

static int lock_take(struct store *s)
{
    char pid[32];
    const char *path = results_path(s, ".lock");

    s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (s->lock < 0)
        return trouble_full("lock", path);
    if (flock(s->lock, LOCK_EX | LOCK_NB) < 0)
        return errno == EWOULDBLOCK ? lock_busy(s) : trouble("lock", path, other_folder);
    int length = snprintf(pid, sizeof pid, "%d\n", (int)getpid());
    if (ftruncate(s->lock, 0) < 0 || pwrite(s->lock, pid, (size_t)length, 0) != length)
        return trouble_full("write", path);
    return 0;
}

/* A folder named by this second; the second one in a second gets a number. */
static int folder_new(struct store *s)
{
    time_t now = time(NULL);
    char name[32];

    strftime(name, sizeof name, "%Y-%m-%d_%H-%M-%S", localtime(&now));
    for (int k = 1; k < 100; k++) {
        int n = snprintf(s->folder, sizeof s->folder, "%s/%s", s->results, name);
        if (k > 1)
            snprintf(s->folder + n, sizeof s->folder - (size_t)n, "-%d", k);
        if (mkdir(s->folder, 0755) == 0)
            return 0;
        if (errno != EEXIST)
            break;
    }
    return trouble_full("make folder", s->folder);
}

/* results/latest, from one rename to the next. */
static int link_latest(struct store *s)
{
    char new_link[PATH_MAX];
    const char *name = strrchr(s->folder, '/') + 1;

    snprintf(new_link, sizeof new_link, "%s", results_path(s, ".latest.new"));
    unlink(new_link);
    if (symlink(name, new_link) < 0 || rename(new_link, results_path(s, "latest")) < 0)
        return trouble_full("link", results_path(s, "latest"));
    return whole_file_sync_name(results_path(s, "latest"));
}

static int folder_latest(struct store *s)
{
    char name[NAME_MAX + 1];
    ssize_t n = readlink(results_path(s, "latest"), name, NAME_MAX);

    if (n < 0) {
        fprintf(stderr, "twinbench: nothing to resume: there is no %s\n",
                results_path(s, "latest"));
        return -ENOENT;
    }
    name[n] = '\0';
    snprintf(s->folder, sizeof s->folder, "%s/%s", s->results, name);
    return 0;
}

/* Is the line the header of some version?  What is none was one, before it was damaged. */
static bool is_header(const char *line, size_t length)
{
    static const char names[] = "abcdefghijklmnopqrstuvwxyz0123456789_,";

    for (size_t i = 0; i < length; i++)
        if (!line[i] || !strchr(names, line[i]))
            return false;
    return length > 4 && memcmp(line, "tip,", 4) == 0;
}

/* Write the header in place of what is there up to `below`, and keep the rest. */
static int header_write(struct store *s, const char *header, size_t length, const char *below,
                        size_t rest)
{
    const char *path = store_path(s, journal_name);
    char *whole = malloc(length + rest);

    if (!whole)
        return -ENOMEM;
    memcpy(mempcpy(whole, header, length), below, rest);
    int error = whole_file_replace(path, whole, length + rest);
    free(whole);
    if (error)
        return error;
    fprintf(stderr, "twinbench: line 1 of %s was damaged and is written again\n", path);
    close(s->journal);
    s->journal = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
    return s->journal < 0 ? trouble_full("write", path) : 0;
}

/* Line 1 is not this program's header: another version's, or what is left of it. */
static int header_mend(struct store *s, const char *header, size_t length)
{
    const char *path = store_path(s, journal_name);
    size_t bytes;
    char *text = whole_file_read(path, &bytes);

    if (!text)
        return trouble("read", path, NULL);
    char *end = memchr(text, '\n', bytes) ?: text + bytes;
    size_t line = (size_t)(end - text), below = line < bytes ? line + 1 : bytes;
    int error = -EINVAL;
    if (is_header(text, line))
        fprintf(stderr,
                "twinbench: another version of this program wrote %s; start a new run (without "
                "--resume)\n",
                path);
    else
        error = header_write(s, header, length, text + below, bytes - below);
    free(text);
    return error;
}

/* Rows of other columns must not get below the first line, which is this program's. */
static int header_check(struct store *s, const char *header, size_t length)
{
    char first[SAMPLE_ROW];

    if (pread(s->journal, first, length, 0) == (ssize_t)length &&
        memcmp(first, header, length) == 0)
        return 0;
    return header_mend(s, header, length);
}

static bool is_last_byte(int fd, off_t size, char c)
{
    char last;

    return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last == c;
}

/* The file has no whole line: write the header anew. */
static int begin_again(struct store *s, const char *header, size_t length)
{
    fprintf(stderr, "twinbench: %s is empty; everything is measured again\n",
            store_path(s, journal_name));
    return ftruncate(s->journal, 0) < 0 ? trouble_full("write", store_path(s, journal_name))
                                        : append(s, header, length);
}

static int journal_go_on(struct store *s, const char *header, size_t length)
{
    off_t size = lseek(s->journal, 0, SEEK_END);

    s->torn = !is_last_byte(s->journal, size, '\n');
    if (size >= (off_t)length || !s->torn)
        return header_check(s, header, length);
    s->torn = false;
    return begin_again(s, header, length);
}

static int journal_open(struct store *s, bool resume)
{
    char header[SAMPLE_ROW];
    int length = sample_header(header, sizeof header);
    const char *path = store_path(s, journal_name);

    if (length < 0)
        return length;
    s->journal = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (s->journal < 0)
        return trouble_full("write", path);
    return resume ? journal_go_on(s, header, (size_t)length) : append(s, header, (size_t)length);
}

/* Begin a run in its folder.  results/latest is set last, so that a run which can be resumed
 * says what it is. */
static int begin(struct store *s, const json_t *what)
{
    int error = folder_new(s);

    if (!error)
        error = journal_open(s, false);
    if (!error && what)
        error = store_json(s, what_name, what);
    if (!error)
        error = link_latest(s);
    return error;
}

static int go_on(struct store *s)
{
    int error = folder_latest(s);

    return error ? error : journal_open(s, true);
}

/* Open the results folder, made if it is missing, and lock it.  NULL: a line has said why not. */
static struct store *store_make(const char *results)
{
    struct store *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->lock = s->journal = -1;
    if (strlen(results) >= sizeof s->results) {
        fprintf(stderr, "twinbench: the results folder's name is too long\n");
    } else {
        strcpy(s->results, results);
        if (folder_make(s->results) == 0 && lock_take(s) == 0)
            return s;
    }
    store_close(s);
    return NULL;
}

const char *store_usual(void)
{
    static char path[PATH_MAX];

    if (!tips_outside())
        return "results";
    snprintf(path, sizeof path, "%s/results", tips_outside());
    return path;
}

struct store *store_begin(const char *results, const json_t *what)
{
    struct store *s = store_make(results);

    if (!s || begin(s, what) == 0)
        return s;
    store_close(s);
    return NULL;
}

struct store *store_resume(const char *results)
{
    struct store *s = store_make(results);

    if (!s || go_on(s) == 0)
        return s;
    store_close(s);
    return NULL;
}

/* run.json or machine.json, as an object; NULL: the reason is in why. */
static json_t *read_what(const struct store *s, const char *name, char *why, size_t bytes)
{
    json_error_t e;
    json_t *o = whole_file_json(store_path(s, name), &e);

    if (json_is_string(json_object_get(o, "tip")) && json_is_boolean(json_object_get(o, "quick")))
        return o;
    if (!o && access(store_path(s, name), F_OK) != 0)
        snprintf(why, bytes, "is missing");
    else if (!o && e.line < 0)
        snprintf(why, bytes, "cannot be read (%s)", e.text);
    else if (!o)
        snprintf(why, bytes, "cannot be read (%s, line %d)", e.text, e.line);
    else
        snprintf(why, bytes, "does not say it");
    json_decref(o);
    return NULL;
}

json_t *store_what(const struct store *s)
{
    char why[JSON_ERROR_TEXT_LENGTH + 64], old_why[sizeof why];
    json_t *o = read_what(s, what_name, why, sizeof why);

    if (!o)
        o = read_what(s, "machine.json", old_why, sizeof old_why);
    if (!o)
        fprintf(stderr,
                "twinbench: cannot resume %s: run.json, which says what is measured, %s; start a "
                "new run\n",
                store_folder(s), why);
    return o;
}

void store_close(struct store *s)
{
    if (s->journal >= 0) {
        fdatasync(s->journal);
        close(s->journal);
    }
    if (s->lock >= 0)
        close(s->lock);
    free(s);
}
