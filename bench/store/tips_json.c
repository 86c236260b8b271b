/* SPDX-License-Identifier: MIT */
/* tips_json.c - the tips and columns as JSON. */
#include "store/tips_json.h"

#include "decide/claims.h"
#include "inside/tips.h"

static json_t *numbers_json(const uint64_t *list, size_t n)
{
    json_t *numbers = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(numbers, json_integer((json_int_t)list[i]));
    return numbers;
}

static json_t *claims_json(const struct claim *list, size_t n)
{
    json_t *claims = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct claim *c = &list[i];

        json_array_append_new(
            claims, json_pack("{ss ss ss sf sb ss? ss? ss? ss? ss?}", "column", c->column, "bad",
                              expect_word(c->bad), "good", expect_word(c->good), "ratio", c->ratio,
                              "refuted", c->refuted, "why", c->why, "varies", c->varies, "heap",
                              heap_name(c->heap), "go_why", c->go.why, "go_since", c->go.since));
    }
    return claims;
}

static json_t *facts_json(const struct tip *t)
{
    json_t *facts = json_array();

    for (size_t i = 0; i < tip_facts(t); i++) {
        const struct fact *f = &t->aged[i];

        json_array_append_new(facts,
                              json_pack("{ss ss? ss? ss? sb sf sf sb ss?}", "what", f->what,
                                        "since", f->since, "probe", f->probe, "claim", f->claim,
                                        "gone", f->gone, "least", f->least, "under", f->under,
                                        "than_before", f->than_before, "cited", f->cited));
    }
    return facts;
}

/* The places of the tip in the tree of symptoms. */
static json_t *places_json(const struct tip_words *w)
{
    json_t *places = json_array();

    for (const struct place *p = w->places; p && p->at; p++)
        json_array_append_new(places, json_pack("{ss ss}", "at", p->at->name, "text", p->text));
    return places;
}

static json_t *symptoms_json(void)
{
    json_t *list = json_array();

    for (size_t i = 0; i < nsymptoms; i++)
        json_array_append_new(list, json_pack("{ss ss ss}", "name", symptoms[i].name, "text",
                                              symptoms[i].text, "question", symptoms[i].question));
    return list;
}

static const char *chart_name(enum chart chart)
{
    static const char *const names[] = { [CLEANUP_BARS] = "cleanup bars",
                                         [COUNTER_BARS] = "counter bars",
                                         [POOL_CURVE] = "pool curve",
                                         [TIME_CURVE] = "time curve" };

    return names[chart];
}

static json_t *tip_json(const struct entry *e)
{
    const struct tip *t = e->tip;
    const struct tip_words *w = e->words;

    return json_pack(
        "{ss ss ss ss ss? ss ss ss? ss? ss ss ss? so so so so so so}", "name", e->name, "title",
        w->title, "folklore", w->saying, "rule", w->rule, "go_line", w->go_line, "when_not",
        w->when_not, "aged", w->aged, "go_none", w->go_none, "c_none", w->c_none, "dial",
        dial_name(t->dial), "dial_unit", t->dial_unit, "chart", chart_name(t->chart), "points",
        numbers_json(t->points, tip_points(t)), "curve",
        numbers_json(t->curve, tip_curve_points(t)), "says", claims_json(t->says, tip_says(t)),
        "claims", claims_json(t->claims, tip_claims(t)), "facts", facts_json(t), "symptoms",
        places_json(w));
}

/* What such a column may hold, the empty word among them; NULL: anything. */
static json_t *words_json(const struct column *c)
{
    if (c->kind != WORD && c->kind != EXECUTOR)
        return NULL;
    json_t *list = json_array();
    size_t n = c->kind == WORD ? c->words->n : nexecutors();

    if (c->kind == EXECUTOR)
        json_array_append_new(list, json_string(""));
    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list, json_string(c->kind == WORD ? c->words->word[i] : executor_at(i)->name));
    return list;
}

static json_t *columns_json(void)
{
    static const char *const kinds[] = {
        [TEXT] = "TEXT",   [WORD] = "TEXT",       [EXECUTOR] = "TEXT",     [SETTING] = "SETTING",
        [EXACT] = "EXACT", [BOUNDED] = "BOUNDED", [MEASURED] = "MEASURED",
    };
    json_t *list = json_array();

    for (size_t i = 0; i < ncolumns; i++)
        json_array_append_new(list,
                              json_pack("{ss ss ss ss so*}", "name", columns[i].name, "kind",
                                        kinds[columns[i].kind], "unit", columns[i].unit, "text",
                                        columns[i].text, "words", words_json(&columns[i])));
    return list;
}

json_t *tips_json(void)
{
    json_t *tips = json_array();

    for (size_t i = 0; i < nentries; i++)
        json_array_append_new(tips, tip_json(&entries[i]));
    return json_pack("{ss? so so so}", "folder", tips_outside(), "tips", tips, "symptoms",
                     symptoms_json(), "columns", columns_json());
}
