/* SPDX-License-Identifier: MIT */
/* export.c - written into memory, and from there beside the file and renamed (whole_file.h). */
#include "ab/export.h"

#include "ab/output.h"
#include "ab/texts.h"
#include "store/whole_file.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum format { FORMAT_NONE, FORMAT_JSON, FORMAT_MD, FORMAT_XML, FORMAT_SVG, FORMAT_PNG };

static enum format format_of(const char *path)
{
    static const char *const ends[] = { [FORMAT_JSON] = ".json",
                                        [FORMAT_MD] = ".md",
                                        [FORMAT_XML] = ".xml",
                                        [FORMAT_SVG] = ".svg",
                                        [FORMAT_PNG] = ".png" };
    const char *dot = strrchr(path, '.');

    for (enum format f = FORMAT_JSON; dot && dot > path && f <= FORMAT_PNG; f++)
        if (strcmp(dot, ends[f]) == 0)
            return f;
    return FORMAT_NONE;
}

static bool there_is(const char *program)
{
    char *text = text_of("command -v %s", program);
    struct run r;
    bool is = ask(NULL, text, 60, &r) == 0 && r.status == 0;

    run_free(&r);
    free(text);
    return is;
}

int export_check(const char *path)
{
    enum format format = format_of(path);
    char *copy = text_of("%s", path);
    const char *folder = dirname(copy);
    struct stat s;
    int status = 0;

    if (format == FORMAT_NONE)
        status =
            complain("--export wants a file that ends in " EXPORT_FORMATS ", not '%.60s'", path);
    else if (access(folder, W_OK | X_OK) < 0)
        status = complain("--export %s: its folder: %s", path, strerror(errno));
    else if (stat(path, &s) == 0 && !S_ISREG(s.st_mode))
        status = complain("--export %s: it is there already, and is no file", path);
    else if (format >= FORMAT_SVG && !there_is("gnuplot"))
        status = complain("--export %s: there is no gnuplot here, which draws charts", path);
    free(copy);
    return status;
}

/* gnuplot's picture of it.  malloc'd; NULL: said why not. */
static char *draw(const char *script, size_t *length)
{
    char *text = text_of("gnuplot <<'END OF PLOT'\n%s\nEND OF PLOT\n", script), *picture = NULL;
    struct run r;
    int status = ask(NULL, text, 60, &r);

    free(text);
    if (status == 0 && r.status == 0 && r.out_length > 0) {
        picture = r.out;
        *length = r.out_length;
        r.out = NULL;
    } else if (status == 0) {
        complain("gnuplot, which draws the chart, ended with %s: %s", command_ending(r.status),
                 run_last_words(&r));
    }
    run_free(&r);
    return picture;
}

int export_write(const struct series *s, const char *path, const bool fail_on[SAID_WORDS])
{
    char *text = NULL;
    size_t length = 0;
    enum format format = format_of(path);
    FILE *out = open_memstream(&text, &length);

    if (!out)
        return complain("cannot write %s: no memory", path);
    switch (format) {
    case FORMAT_JSON: say_json(out, s); break;
    case FORMAT_MD: say_markdown(out, s); break;
    case FORMAT_XML: say_junit(out, s, fail_on); break;
    default: say_chart(out, s, format == FORMAT_PNG);
    }
    fclose(out);
    if (text && format >= FORMAT_SVG) {
        char *picture = draw(text, &length);
        free(text);
        text = picture;
    }
    int status = text && whole_file_replace(path, text, length) == 0 ? 0 : 1;
    free(text);
    return status;
}
