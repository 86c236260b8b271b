/* SPDX-License-Identifier: MIT */
/* probe_go.h - ask a release of Go how it behaves. */
#ifndef PROBE_GO_H
#define PROBE_GO_H

#include "say/aged.h"

/* Run the probe of a->fact by a->executor, into a->answer and a->saw.  It gives no answer if it
 * is not there, does not end or ends badly; that is in a->saw then. */
void probe_go(struct aged *a);

#endif
