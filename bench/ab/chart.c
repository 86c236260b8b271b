/* SPDX-License-Identifier: MIT */
/* chart.c - a script for gnuplot: for each measure B against A with its interval, the margin
 * around "no difference", and the word that was said. */
#include "ab/output.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { WIDE = 900, ROW = 26, ABOVE = 50, BELOW = 84 };

/* A row of the chart. */
struct bar {
    const struct trial *trial;
    const char *name;
    struct answer answer;
    double ratio, lo, hi;
};

/* false: there is no ratio to draw. */
static bool bar_of(const struct trial *t, size_t measure, struct bar *b)
{
    *b = (struct bar){ t, t->measures.list[measure].name, trial_answer(t, measure), NAN, NAN, NAN };
    if (b->answer.exact && b->answer.a > 0 && b->answer.b > 0)
        b->ratio = b->lo = b->hi = b->answer.b / b->answer.a;
    else if (b->answer.judged && b->answer.pair.blocks) {
        b->ratio = b->answer.pair.ratio;
        b->lo = b->answer.pair.lo;
        b->hi = b->answer.pair.hi;
    }
    return isfinite(b->ratio) && isfinite(b->lo) && isfinite(b->hi);
}

/* As a string of gnuplot's, cut to what there is room for.  Between double quotes it would run
 * what stands in backquotes. */
static void quoted(FILE *out, const char *text, size_t most)
{
    fputc('\'', out);
    for (size_t i = 0; text[i] && i < most; i++)
        if (text[i] == '\'')
            fputs("''", out);
        else
            fputc((unsigned char)text[i] < ' ' ? ' ' : text[i], out);
    fputs(strlen(text) > most ? "...'" : "'", out);
}

static void rows(FILE *out, const struct series *s, size_t *n, double *least, double *most)
{
    struct bar b;

    fputs("$rows <<END\n", out);
    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < s->trial[p]->measures.n; i++) {
            if (!bar_of(s->trial[p], i, &b))
                continue;
            fprintf(out, "%zu %.6g %.6g %.6g %d %s\n", ++*n, b.ratio, b.lo, b.hi,
                    b.answer.said == SAID_UNDECIDED, said_word(b.answer.said));
            *least = fmin(*least, b.lo);
            *most = fmax(*most, b.hi);
        }
    fputs("END\n", out);
}

/* What each row is about; of several pairs, which. */
static void names(FILE *out, const struct series *s)
{
    struct bar b;
    size_t n = 0;

    for (size_t p = 0; p < s->n; p++)
        for (size_t i = 0; i < s->trial[p]->measures.n; i++) {
            if (!bar_of(s->trial[p], i, &b))
                continue;
            char name[400];
            snprintf(name, sizeof name, "%s%s%s",
                     s->n > 1 ? command_title(&b.trial->command[SIDE_B]) : "", s->n > 1 ? ": " : "",
                     b.name);
            fprintf(out, "set ytics add (");
            quoted(out, name, 44);
            fprintf(out, " %zu)\n", ++n);
        }
}

/* Beside the title: of several pairs each row names its own. */
static void title(FILE *out, const struct series *s)
{
    char words[200];

    snprintf(words, sizeof words, "B against A");
    if (s->n == 1)
        snprintf(words, sizeof words, "B: %.60s   against   A: %.60s",
                 command_title(&s->trial[0]->command[SIDE_B]),
                 command_title(&s->trial[0]->command[SIDE_A]));
    fputs("set title ", out);
    quoted(out, words, sizeof words);
    fputs(" noenhanced font ',13'\n", out);
}

static void footer(FILE *out, const struct series *s)
{
    char date[32];
    time_t now = time(NULL);

    strftime(date, sizeof date, "%Y-%m-%d", localtime(&now));
    fprintf(out,
            "set xlabel \"B / A, with its interval; the band is the margin of %.3g %%, hollow is "
            "undecided\\n%zu runs, %s\" noenhanced\n",
            s->margin * 100, series_runs(s), date);
}

void say_chart(FILE *out, const struct series *s, bool png)
{
    double band = 1 + s->margin, least = 1 / band, most = band;
    size_t n = 0;

    rows(out, s, &n, &least, &most);
    fprintf(out, "set terminal %s size %d,%zu font 'sans-serif,12'\n",
            png ? "pngcairo" : "svg name 'twinbench_ab'", WIDE, ABOVE + BELOW + ROW * (n + 1));
    title(out, s);
    footer(out, s);
    fputs("set ytics nomirror noenhanced\nset ytics ('' 0)\n", out);
    names(out, s);
    fprintf(out,
            "set yrange [%g:0.4]\nset xrange [%g:%g]\nset logscale x 2\nset format x '%%.3gx'\n"
            "set rmargin 12\nset grid x\nunset key\n"
            "set object 1 rectangle from %g, graph 0 to %g, graph 1 behind fc rgb '#e8e8e8' fs "
            "noborder\n"
            "set arrow 1 from 1, graph 0 to 1, graph 1 nohead lc rgb '#808080'\n",
            (double)n + 0.5, least / 1.05, most * 1.05, 1 / band, band);
    if (most / least < 2) /* the powers of two would leave one tick */
        fputs("set xtics (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2)\n",
              out);
    if (n == 0)
        fputs("set label 'nothing here has an interval' at graph 0.5, 0.5 center\nplot NaN\n", out);
    else
        fprintf(out,
                "plot $rows using 2:1:3:4 with xerrorbars pt -1 lw 2 lc rgb '#1f5fa8', \\\n"
                "     '' using ($5 > 0 ? NaN : $2):1 with points pt 7 ps 1 lc rgb '#1f5fa8', \\\n"
                "     '' using ($5 > 0 ? $2 : NaN):1 with points pt 6 ps 1 lw 2 lc rgb '#c46a00', "
                "\\\n     '' using (%g):1:6 with labels left offset 1, 0\n",
                most * 1.05);
}
