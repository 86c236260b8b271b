/* SPDX-License-Identifier: MIT */
/* schema.c - the tables and their columns, for their writers and for readers. */
#include "store/schema.h"

#include "inside/sample.h"
#include "store/verdict_columns.h"

#include <stdlib.h>
#include <string.h>

const struct schema schemas[] = {
    { "verdicts.csv",
      "a line for each claim, the control first",
      {
#define COLUMN(name, as, member, text) { #name, text },
          VERDICT_COLUMNS(COLUMN)
#undef COLUMN
      } },
    { "labels.csv",
      "is the saying true? A line for each executor that ran the tip, then one for the tip",
      { { "tip", "folder of the tip" },
        { "lang", "as in samples.csv; empty for the tip as a whole" },
        { "label", "true, myth, depends, undecided; - where the executor reports nothing of it" },
        { "on", "what it depends on" },
        { "ratio", "if a time decided it, time of bad / time of good" },
        { "lo", "lower end of its interval" },
        { "hi", "upper end of it" },
        { "said", "what would be found if it were true, for people" },
        { "evidence", "what was found, or why that is not known, for people" } } },
    { "times.csv",
      "a line for each pair that was timed, also where nothing is claimed",
      { { "tip", "folder of the tip, or null" },
        { "lang", "c, c+glibc, c+mimalloc or go, as in samples.csv" },
        { "ratio", "time of bad / time of good" },
        { "lo", "lower end of its interval" },
        { "hi", "upper end of it" },
        { "relation", "slower, faster, same or unsure: where the interval lies to the margin" },
        { "blocks", "blocks behind it" },
        { "resolves", "a true difference of this share would have been found" },
        { "claimed", "1 if the tip claims something about time" },
        { "confidence", "of the interval, so that all of the board hold together in 99 %" },
        { "placements", "different placements of the code behind it; 0: the program itself alone" },
        { "placement_share",
          "how far the placement alone moves the ratio, as a share: a standard deviation; 0 if "
          "noise may be all of it; empty without placements" } } },
    { "curves.csv",
      "a line for each size at which a pair was timed besides its own; no verdict is made of it",
      { { "tip", "folder of the tip" },
        { "lang", "as in samples.csv" },
        { "size", "how much a request does, as in samples.csv" },
        { "ratio", "time of bad / time of good" },
        { "lo", "lower end of its 95 % interval; empty if there are too few blocks" },
        { "hi", "upper end of it" },
        { "bad_ns", "median of bad over the blocks, ns for a request" },
        { "good_ns", "the same of good" },
        { "blocks", "blocks behind it" } } },
    { "blocks.csv",
      "a line for each complete block of four timed processes",
      { { "tip", "folder of the tip, or null" },
        { "lang", "c, c+glibc, c+mimalloc or go, as in samples.csv" },
        { "block", "number of the block, from 0" },
        { "log_ratio", "mean logarithm of bad's two times less that of good's two" },
        { "bad_ns", "geometric mean of bad's two times, ns for a request" },
        { "good_ns", "the same of good" },
        { "cpu_log_ratio", "log_ratio in processor time" },
        { "placement", "the placement of the code that ran, as in samples.csv" } } },
    { "slopes.csv",
      "a line for each twin whose memory was followed over its requests",
      { { "tip", "folder of the tip" },
        { "twin", "bad or good" },
        { "lang", "c or go" },
        { "bytes_per_op", "slope of resident memory, bytes for a request" },
        { "lo", "lower end of its 95 % interval; empty if there are too few points" },
        { "hi", "upper end of it" },
        { "trend", "rises, level, settles (rose, then level), slows (may settle), creeps (rises "
                   "by less than 16 B a request), unclear" },
        { "over", "requests at the last point; beyond them nothing is known" } } },
    { "aged.csv",
      "a line for each fact of how a tip aged and each Go that answered it",
      { { "tip", "folder of the tip" },
        { "fact", "number of the fact in its list, from 0" },
        { "what", "the fact, a sentence" },
        { "since", "the release from which on it is so, and not before; empty: in all" },
        { "by", "the probe that shows it, or the column of the claim; empty: it is cited" },
        { "lang", "as in samples.csv; empty: it is not run, or no Go was here" },
        { "expected", "yes or no: what the fact says of this release" },
        { "found", "yes or no; - without an answer" },
        { "standing", "confirmed, contradicted, undecided; cited: not run" },
        { "saw", "what the answer is from, for people" },
        { "cited", "the source of what is not run, or of the releases before" } } },
    { "plan.csv",
      "a line for each tip and language: how many requests its processes were given",
      { { "tip", "folder of the tip" },
        { "lang", "c or go" },
        { "batch_ops", "requests in a timed batch; 0: not timed" },
        { "slope_ops", "requests at the first of four points, each twice the one before" },
        { "bad_ns", "time of a request of bad, ns, as found by trial" },
        { "good_ns", "the same of good" } } },
    { "calibration.csv",
      "what the rule says of true effects; a line for each rule and effect",
      { { "looks", "full or quick: at how many blocks the interim analyses are" },
        { "margin", "what was taken for no difference" },
        { "effect", "the true difference, as a share: 0.2 is 20 % slower" },
        { "slower", "pairs that the rule called slower" },
        { "same", "pairs that it called the same" },
        { "faster", "pairs that it called faster" },
        { "unsure", "pairs that it called unsure" },
        { "wrong", "pairs that it called something wrong" },
        { "pairs", "pairs of all boards" },
        { "boards", "boards that were made of the rounds measured" } } },
};
const size_t nschemas = sizeof schemas / sizeof schemas[0];

void schema_header(FILE *out, const char *file)
{
    size_t t = 0;

    while (t < nschemas && strcmp(schemas[t].file, file) != 0)
        t++;
    if (t == nschemas) {
        fprintf(stderr, "twinbench: no columns are described for %s\n", file);
        abort();
    }
    for (size_t i = 0; schemas[t].columns[i].name; i++)
        fprintf(out, "%s%s", i ? "," : "", schemas[t].columns[i].name);
    fputc('\n', out);
}

static void print_samples(FILE *out)
{
    static const char *const kinds[] = {
        [TEXT] = "words",        [WORD] = "words",  [EXECUTOR] = "words",
        [SETTING] = "setting",   [EXACT] = "exact", [BOUNDED] = "nondeterministic",
        [MEASURED] = "measured",
    };

    fprintf(out, "## samples.csv\n\nA line for each process, in the order they were started.\n\n"
                 "| column | kind | unit | what it is |\n|---|---|---|---|\n");
    for (size_t i = 0; i < ncolumns; i++)
        fprintf(out, "| `%s` | %s | %s | %s |\n", columns[i].name, kinds[columns[i].kind],
                strcmp(columns[i].unit, "1") == 0 ? "" : columns[i].unit, columns[i].text);
}

static void print_table(FILE *out, const struct schema *t)
{
    fprintf(out, "\n## %s\n\n%c%s.\n\n| column | what it is |\n|---|---|\n", t->file,
            t->text[0] - 'a' + 'A', t->text + 1);
    for (size_t i = 0; t->columns[i].name; i++)
        fprintf(out, "| `%s` | %s |\n", t->columns[i].name, t->columns[i].text);
}

void schema_markdown(FILE *out)
{
    fprintf(
        out,
        "# The columns of a run's tables\n\n"
        "Made by `make columns` from `bench/inside/sample.h` and `bench/store/schema.c`; do not "
        "edit it.\n\n"
        "*exact*: a count that is equal in every run; *nondeterministic*: a count that depends on\n"
        "the scheduler or the collector; *measured*: bytes or time, as the machine gave them.\n"
        "Words with a comma in them stand in quotes; no field holds a quote or a newline.\n\n");
    print_samples(out);
    for (size_t i = 0; i < nschemas; i++)
        print_table(out, &schemas[i]);
}
