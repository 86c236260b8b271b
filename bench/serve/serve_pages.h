/* SPDX-License-Identifier: MIT */
/* serve_pages.h - what a server lets one read: its page and figures.  Dumps: pages.h.
 *
 * Each makes a response that the caller queues and destroys; NULL when memory runs
 * out.  They are called on the HTTP library's threads and ask the runtime only for what
 * any thread may ask; none waits for a task. */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H

#include "inside/drive.h"

#include <microhttpd.h>

/* What the pages are about; before the first of them. */
void pages_start(const struct stage *stage, const char *twin);

/* A page that draws tasks and memory as they grow. */
struct MHD_Response *page_live(void);

/* The figures that it polls, in JSON. */
struct MHD_Response *page_stats(void);

/* The machine (machine.h), in JSON. */
struct MHD_Response *page_machine(void);

/* All figures, in Prometheus' text format. */
struct MHD_Response *page_metrics(void);

/* A line of text. */
struct MHD_Response *page_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Resident bytes, as the kernel has them at hand. */
uint64_t pages_rss(void);

#endif
