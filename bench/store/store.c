/* SPDX-License-Identifier: MIT */
/* store.c - one lock, one journal, and files that appear whole.
 *
 * The lock is flock() on results/.lock: the kernel lets go of it when the runner
 * dies, however that dies, so there is no stale lock to clean up.  It is held
 * through one descriptor that children do not inherit.
 *
 * A row is one write(2) to a file opened for appending.  A process killed at any
 * moment has then either written the row or not; only the kernel dying, or the disk
 * filling up, can tear one.  The journal reaches the disk about once a second and
 * not once a row: a sync costs milliseconds and would run between the processes
 * that are being timed. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char journal_name[] = "samples.csv";

struct store {
    char results[PATH_MAX / 2];
    char folder[PATH_MAX / 2 + NAME_MAX];
    int lock;
    int journal;
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

char *store_slurp(const char *path, size_t *length)
{
    FILE *f = fopen(path, "re");
    char *bytes = NULL;
    size_t n = 0, cap = 0, got = 0;

    if (!f)
        return NULL;
    do {
        n += got;
        if (n + 1 >= cap) {
            char *more = realloc(bytes, cap = cap ? 2 * cap : 65536);
            if (!more)
                break;
            bytes = more;
        }
        got = fread(bytes + n, 1, cap - n - 1, f);
    } while (got > 0);
    fclose(f);
    if (bytes)
        bytes[n] = '\0';
    *length = n;
    return bytes;
}

/* What is no row, or no sample, is passed over. */
static size_t read_samples(struct csv *t, struct sample *to)
{
    size_t n = 0;

    while (csv_next(t))
        n += sample_read(t, &to[n]) == 0;
    return n;
}

int store_read_file(const char *path, struct sample **out, size_t *n)
{
    size_t length;
    char *text = store_slurp(path, &length);
    struct csv t;

    *out = NULL;
    *n = 0;
    if (!text)
        return errno == ENOENT ? 0 : trouble("read", path, NULL);
    bool empty = csv_open(&t, text) < 0;
    *out = calloc(empty ? 1 : csv_most(&t) + 1, sizeof **out);
    if (*out && !empty)
        *n = read_samples(&t, *out);
    free(text);
    return *out ? 0 : -ENOMEM;
}

int store_read(const struct store *s, struct sample **out, size_t *n)
{
    return store_read_file(store_path(s, journal_name), out, n);
}

/* --- writing --- */

/* All of the bytes in one write; if that does not work, none of them. */
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
        return error; /* readers drop the torn line */
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
    char line[SAMPLE_ROW];
    int length = sample_row(row, line, sizeof line);
    int error = length < 0 ? length : append(s, line, (size_t)length);

    if (!error)
        sync_at_times(s);
    return error;
}

static int write_whole(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return -errno;
    ssize_t wrote = write(fd, bytes, length);
    int error = wrote < 0 ? -errno : (size_t)wrote < length ? -ENOSPC : 0;
    if (!error && fsync(fd) < 0)
        error = -errno;
    if (close(fd) < 0 && !error)
        error = -errno;
    return error;
}

int store_replace(const char *path, const char *bytes, size_t length)
{
    char new_path[PATH_MAX + sizeof ".new"];

    snprintf(new_path, sizeof new_path, "%s.new", path);
    int error = write_whole(new_path, bytes, length);
    if (!error && rename(new_path, path) < 0)
        error = -errno;
    if (error) {
        unlink(new_path);
        errno = -error;
        return trouble_full("write", path);
    }
    return 0;
}

int store_file(struct store *s, const char *name, const char *bytes, size_t length)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s", store_path(s, name));
    return store_replace(path, bytes, length);
}

int store_json(struct store *s, const char *name, const json_t *o)
{
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    int error = text ? store_file(s, name, text, strlen(text)) : -ENOMEM;

    free(text);
    return error;
}

/* --- opening --- */

static int folder_make(const char *path)
{
    return mkdir(path, 0755) < 0 && errno != EEXIST ? trouble_full("make folder", path) : 0;
}

static int lock_busy(const struct store *s, int fd)
{
    char holder[32] = "";
    ssize_t n = pread(fd, holder, sizeof holder - 1, 0);

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
        return errno == EWOULDBLOCK ? lock_busy(s, s->lock) : trouble("lock", path, other_folder);
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
    return 0;
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

/* Cut a line that was not finished, or the next row would be glued to it. */
static int cut_torn_line(int fd, const char *path)
{
    size_t length;
    char *text = store_slurp(path, &length);

    if (!text)
        return -errno;
    char *last = memrchr(text, '\n', length);
    size_t whole = last ? (size_t)(last + 1 - text) : 0;
    int error = whole < length && ftruncate(fd, (off_t)whole) < 0 ? -errno : 0;
    free(text);
    return error;
}

/* Rows of other columns must not get below this header. */
static int header_check(const struct store *s, const char *header, size_t length)
{
    char first[SAMPLE_ROW] = "";

    if (pread(s->journal, first, length, 0) == (ssize_t)length && strcmp(first, header) == 0)
        return 0;
    fprintf(stderr,
            "twinbench: %s was written by another version of this program; "
            "start a new run (without --resume)\n",
            store_path(s, journal_name));
    return -EINVAL;
}

static int journal_open(struct store *s)
{
    char header[SAMPLE_ROW];
    int length = sample_header(header, sizeof header);
    const char *path = store_path(s, journal_name);

    if (length < 0)
        return length;
    s->journal = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (s->journal < 0 || cut_torn_line(s->journal, path) < 0)
        return trouble_full("write", path);
    if (lseek(s->journal, 0, SEEK_END) > 0)
        return header_check(s, header, (size_t)length);
    return append(s, header, (size_t)length);
}

static int open_all(struct store *s, bool resume)
{
    int error = folder_make(s->results);

    if (!error)
        error = lock_take(s);
    if (!error)
        error = resume ? folder_latest(s) : folder_new(s);
    if (!error)
        error = journal_open(s);
    if (!error && !resume)
        error = link_latest(s);
    return error;
}

struct store *store_open(const char *results, bool resume)
{
    struct store *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->lock = s->journal = -1;
    if (strlen(results) >= sizeof s->results) {
        fprintf(stderr, "twinbench: the results folder's name is too long\n");
    } else {
        strcpy(s->results, results);
        if (open_all(s, resume) == 0)
            return s;
    }
    store_close(s);
    return NULL;
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
