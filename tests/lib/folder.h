/* SPDX-License-Identifier: MIT */
/* folder.h - each test in a new folder, `results`, which is gone after it. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char results[64];

static int setup_folder(void **state)
{
    (void)state;
    strcpy(results, "/tmp/twin-test-XXXXXX");
    return mkdtemp(results) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[96];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", results);
    return system(command);
}

#endif
