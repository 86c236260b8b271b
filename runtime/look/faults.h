/* SPDX-License-Identifier: MIT */
/* faults.h - signals: SIGQUIT dumps and ends, a fault in a guard page is a stack overflow. */
#ifndef FAULTS_H
#define FAULTS_H

/* For the process, once. */
void faults_catch(void);

/* This thread handles signals on a stack of its own. */
void faults_catch_here(void);

#endif
