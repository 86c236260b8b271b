/* SPDX-License-Identifier: MIT */
/* script.h - where our scripts are. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

/* The path of this program itself into path; "" and false: it is not known. */
bool script_program(char *path, size_t bytes);

/* The path of a script, "plots/render.py", into path: beside the folder that holds this program,
 * in a checkout or below PREFIX; of somebody's own tips in the checkout that built it; or from the
 * folder we are in.  false: it is at none of these. */
bool script_find(const char *script, char *path, size_t bytes);

/* The same of a script that is not installed: in the checkout that built this program. */
bool script_of_checkout(const char *script, char *path, size_t bytes);

#endif
