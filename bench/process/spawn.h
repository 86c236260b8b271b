/* SPDX-License-Identifier: MIT */
/* spawn.h - run another program, and wait for it.
 *
 * For the tools around a run (hyperfine, the plots).  Twins under measurement are
 * for child.h.  A tool speaks UTF-8, has no home, and sees of our environment only where
 * programs and temporary files are and what a twin obeys (TWIN_..., LD_..., a heap's). */
#ifndef SPAWN_H
#define SPAWN_H

/* Run argv[0], looked up in PATH; argv ends with NULL.  What it prints goes to the
 * file `out`, or where ours goes if that is NULL.  After timeout_s seconds, or when
 * the runner is interrupted (child_interrupted()), its whole process group is
 * killed.  Its exit status; or -ENOENT if there is no such program, -ETIMEDOUT,
 * -EINTR, -ECHILD if a signal ended it, or another negative errno. */
int spawn_wait(const char *const argv[], const char *out, int timeout_s);

#endif
