/* SPDX-License-Identifier: MIT */
/* complain.c - a line on stderr. */
#include "trial/complain.h"

#include <stdarg.h>
#include <stdio.h>

int complain(const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fputs("twinbench: ab: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    return 1;
}
