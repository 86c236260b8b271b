/* SPDX-License-Identifier: MIT */
/* Fills every folder that can be written to. */
#include "scene.h"
#include <fcntl.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    static char block[1 << 20];
    const char *places[] = { "/tmp/hostile-was-here",     "/dev/shm/hostile-was-here",
                             "/var/tmp/hostile-was-here", "/run/hostile-was-here",
                             "/report/hostile-was-here",  "/twin/hostile-was-here",
                             "/dev/hostile-was-here",     "/proc/hostile-was-here",
                             "hostile-was-here" };

    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        int fd = open(places[k], O_CREAT | O_WRONLY, 0666);
        if (fd < 0)
            continue;
        i++;
        while (write(fd, block, sizeof block) > 0)
            ;
    }
    return i;
}

const struct twin THIS = { op };
