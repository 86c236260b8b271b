/* SPDX-License-Identifier: MIT */
/* report.h - a run's charts and report.html. */
#ifndef REPORT_H
#define REPORT_H

/* Draw the run in `folder`; what this machine can resolve is looked for in `results`.
 * As charts_draw(). */
int report_draw(const char *results, const char *folder, const char *said);

#endif
