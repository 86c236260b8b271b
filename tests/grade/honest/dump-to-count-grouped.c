/* SPDX-License-Identifier: MIT */
/* Wrong: a grouped dump is short, but it looks at every task all the same, and the number has to
 * be read out of it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    char text[4096] = "";
    int fd = memfd_create("dump", MFD_CLOEXEC);
    uint64_t alive = 0;

    if (fd < 0 || dump_tasks(fd, DUMP_GROUPED) || pread(fd, text, sizeof text - 1, 0) < 0)
        panic("no dump could be written");
    close(fd);
    for (char *line = text; line; line = strchr(line, '\n'), line += line != NULL)
        alive += strtoul(line, NULL, 10);
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
