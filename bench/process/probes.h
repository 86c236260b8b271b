/* SPDX-License-Identifier: MIT */
/* probes.h - ask a release of Go how it behaves. */
#ifndef PROBES_H
#define PROBES_H

#include "say/aged.h"

/* Run the probe of a->fact by a->executor, into a->answer and a->saw.  It gives no answer if it
 * is not there, does not end or ends badly; that is in a->saw then. */
void probe_run(struct aged *a);

#endif
