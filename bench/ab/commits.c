/* SPDX-License-Identifier: MIT */
/* commits.c - `git clone --shared`, a checkout and a build, twice.
 *
 * A worktree would be entered in the repository's own .git, and stay there after a kill -9. */
#include "ab/commits.h"

#include "ab/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GIT_S = 600, BUILD_S = 3600 };

/* In a hook of git's these name the repository that is committed to. */
#define ELSEWHERE "unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE; "

/* What git says, in one line, malloc'd; NULL, and *status: it failed, and `failed` was said, or
 * if that is NULL its own words. */
static char *git(const char *text, const char *failed, int *status)
{
    struct run r;

    *status = ask(NULL, text, GIT_S, &r);
    if (*status)
        return NULL;
    char *line = NULL;
    if (r.status == 0) {
        r.out[strcspn(r.out, "\n")] = '\0';
        line = text_of("%s", r.out);
    } else {
        *status = failed ? complain("%s", failed) : complain("--git: %s", run_last_words(&r));
    }
    run_free(&r);
    return line;
}

/* The commit of that name, in full; NULL and *status as above. */
static char *resolve(const char *name, int *status)
{
    char *word = text_of("%s^{commit}", name), *quoted = text_quoted(word);
    char *text = text_of("git rev-parse --verify --quiet --end-of-options %s", quoted);
    char *failed = text_of("there is no commit '%.60s' in this repository", name);
    char *commit = git(text, failed, status);

    free(failed);
    free(text);
    free(quoted);
    free(word);
    return commit;
}

static char *label_of(const char *name, const char *commit, int *status)
{
    char *text = text_of("git rev-parse --short %s", commit), *brief = git(text, NULL, status);
    char *label =
        brief && strncmp(commit, name, strlen(name)) != 0 ? text_of("%s (%s)", brief, name) : brief;

    free(text);
    if (label != brief)
        free(brief);
    return label;
}

static int check_out(const char *top, const char *commit, const char *folder)
{
    char *from = text_quoted(top), *to = text_quoted(folder);
    char *text = text_of(ELSEWHERE "git clone --quiet --shared --no-checkout -- %s %s && "
                                   "git -C %s checkout --quiet --detach %s",
                         from, to, to, commit);
    int status;

    free(git(text, NULL, &status));
    free(text);
    free(from);
    free(to);
    return status;
}

static int not_built(const char *label, const char *build, const struct run *r)
{
    const char *words = run_last_words(r);

    return complain("%s does not build: '%.60s' ended with %s%s%s", label, build,
                    command_ending(r->status), *words ? ": " : "", words);
}

static int build_one(const char *folder, const char *label, const char *build, const char *scratch)
{
    struct run r;

    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s: %s", label, build);
    int status = ask_to_build(folder, build, BUILD_S, scratch, &r);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    if (status)
        return status;
    if (r.status != 0)
        status = not_built(label, build, &r);
    run_free(&r);
    return status;
}

/* One side: its label, and its folder below scratch/a or scratch/b, as deep as where we are. */
static int prepare_side(struct commits *c, int side, const char *name, const char *build,
                        const char *top, const char *below, const char *scratch)
{
    int status;
    char *commit = resolve(name, &status), *clone = text_of("%s/%c", scratch, "ab"[side]);

    if (commit)
        c->label[side] = label_of(name, commit, &status);
    if (status == 0)
        status = check_out(top, commit, clone);
    c->folder[side] = text_of("%s/%s", clone, below);
    if (status == 0 && access(c->folder[side], F_OK) < 0)
        status = complain("%s has no folder %s", c->label[side], below);
    if (status == 0 && build)
        status = build_one(c->folder[side], c->label[side], build, scratch);
    free(clone);
    free(commit);
    return status;
}

int commits_prepare(struct commits *c, const char *range, const char *build, const char *scratch)
{
    const char *dots = strstr(range, "..");

    if (!dots || dots[2] == '.') {
        complain("--git wants two commits as OLD..NEW, not '%.60s'", range);
        return 2;
    }
    char *old = text_of("%.*s", (int)(dots - range), range);
    const char *name[SIDES] = { *old ? old : "HEAD", dots[2] ? dots + 2 : "HEAD" };
    int status;
    char *top = git("git rev-parse --show-toplevel 2>/dev/null || git rev-parse --absolute-git-dir",
                    NULL, &status);
    char *below = top ? git("git rev-parse --show-prefix", NULL, &status) : NULL;
    for (int side = 0; below && side < SIDES && !status; side++)
        status = prepare_side(c, side, name[side], build, top, below, scratch);
    free(below);
    free(top);
    free(old);
    return status;
}

void commits_note_changes(void)
{
    struct run r;

    if (ask(NULL, "git status --porcelain --untracked-files=no", GIT_S, &r) != 0)
        return;
    if (r.status == 0 && r.out_length > 0)
        complain("note: what is changed here and not committed is in neither of the two");
    run_free(&r);
}

char *side_title(const struct commits *c, int side, const char *release, const char *name)
{
    const char *label = c->label[side];

    return one_line(text_of("%s%s%s%s%s", label ? label : "", label ? " " : "", release,
                            *release ? " " : "", name));
}
