/* SPDX-License-Identifier: MIT */
/* confined_main.c - the program that a graded twin is linked into.
 *
 * It is `one` and nothing else of the harness, so there is no good twin in it to be called.
 * Before the first line of the twin runs, it goes under the rules that lie beside it (/twin/rules,
 * made by filters.py) and can never leave them: a system call that is not listed there ends it.
 *
 * Where no sanitizer is linked in, one more rule holds: every system call comes from a shared
 * library.  An instruction in the program itself that calls the kernel, hidden where no
 * disassembler finds it, ends the process. */
#include "cmd/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SANITIZED true
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

enum { MOST_RULES = 4096, UNCONFINED = 97 };

static _Noreturn void refuse(const char *what)
{
    fprintf(stderr, "twinbench: the twin is not run: %s: %s\n", what, strerror(errno));
    _exit(UNCONFINED);
}

static void enforce(const struct sock_filter *rules, size_t n, const char *what)
{
    struct sock_fprog program = { .len = (unsigned short)n, .filter = (struct sock_filter *)rules };

    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
        refuse(what);
}

/* --- the list ------------------------------------------------------------------------ */

static void enforce_list(void)
{
    static struct sock_filter rules[MOST_RULES];
    int fd = open("/twin/rules", O_RDONLY | O_CLOEXEC);
    ssize_t bytes = fd < 0 ? -1 : read(fd, rules, sizeof rules);

    if (bytes <= 0 || (size_t)bytes % sizeof *rules)
        refuse("/twin/rules");
    close(fd);
    enforce(rules, (size_t)bytes / sizeof *rules, "its list of system calls");
}

/* --- who calls ----------------------------------------------------------------------- */

/* Where the code of the shared libraries lies, the kernel's own page with them. */
struct range {
    uint64_t from, to;
    bool past_program; /* which is the first of the list */
};

static int add_library(struct dl_phdr_info *library, size_t bytes, void *arg)
{
    struct range *all = arg;

    (void)bytes;
    for (size_t i = 0; all->past_program && i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &library->dlpi_phdr[i];
        uint64_t from = library->dlpi_addr + p->p_vaddr, to = from + p->p_memsz;
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
            continue;
        all->from = from < all->from ? from : all->from;
        all->to = to > all->to ? to : all->to;
    }
    all->past_program = true;
    return 0;
}

/* A whole address is compared in two halves. */
static void enforce_callers(void)
{
    struct range all = { UINT64_MAX, 0, false };

    dl_iterate_phdr(add_library, &all);
    const uint32_t low = offsetof(struct seccomp_data, instruction_pointer), high = low + 4;
    struct sock_filter rules[] = {
        /* below the first library? */
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, high),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)(all.from >> 32), 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(all.from >> 32), 0, 8),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)all.from, 0, 6),
        /* above the last? */
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, high),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)(all.to >> 32), 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(all.to >> 32), 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)all.to, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    enforce(rules, sizeof rules / sizeof *rules, "where it calls the kernel from");
}

int main(int argc, char **argv)
{
    if (!SANITIZED)
        enforce_callers();
    enforce_list();
    return cmd_one(argc - 1, argv + 1);
}
