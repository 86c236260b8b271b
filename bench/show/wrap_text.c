/* SPDX-License-Identifier: MIT */
/* wrap_text.c - cut before the word that does not fit. */
#include "show/wrap_text.h"

#include <string.h>

enum { COLUMNS_WIDE = 80 };

void wrap_print(FILE *out, const char *text, int left)
{
    int room = COLUMNS_WIDE - left;

    while ((int)strlen(text) > room) {
        int cut = room;
        while (cut > 0 && text[cut] != ' ')
            cut--;
        if (cut == 0)
            break;
        fprintf(out, "%.*s\n%*s", cut, text, left, "");
        text += cut + 1;
    }
    fprintf(out, "%s\n", text);
}
