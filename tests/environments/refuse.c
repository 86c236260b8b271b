/* SPDX-License-Identifier: MIT */
/* refuse.c - a kernel without some calls: run a program for which they do not exist.
 *
 *     refuse membarrier rseq -- program ...
 *
 * A filter of the kernel's own (seccomp) answers with ENOSYS, so that no way around the libc
 * finds them; madvise-guard and thp answer as a kernel does that knows madvise but not this.
 * The filter stays for all that the program starts. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GUARD_INSTALL = 102, NAMES = 32, INSTRUCTIONS = 4 * NAMES };

static const struct {
    const char *name;
    unsigned number;
} calls[] = {
    { "membarrier", SYS_membarrier }, { "rseq", SYS_rseq },
    { "pidfd_open", SYS_pidfd_open }, { "memfd_create", SYS_memfd_create },
    { "getrandom", SYS_getrandom },   { "sigaltstack", SYS_sigaltstack },
    { "clone3", SYS_clone3 },         { "perf_event_open", SYS_perf_event_open },
    { "prlimit64", SYS_prlimit64 },   { "sched_getaffinity", SYS_sched_getaffinity },
};

static struct sock_filter filter[INSTRUCTIONS];
static unsigned short length;

static void add(unsigned short code, unsigned char yes, unsigned char no, unsigned value)
{
    filter[length++] = (struct sock_filter){ code, yes, no, value };
}

static void load(size_t offset)
{
    add(BPF_LD | BPF_W | BPF_ABS, 0, 0, (unsigned)offset);
}

static void refuse_with(int error)
{
    add(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | (unsigned)error);
}

static int refuse(const char *name)
{
    if (strcmp(name, "thp") == 0)
        return prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    load(offsetof(struct seccomp_data, nr));
    if (strcmp(name, "madvise-guard") == 0) {
        add(BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SYS_madvise);
        load(offsetof(struct seccomp_data, args[2]));
        add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, GUARD_INSTALL);
        refuse_with(EINVAL);
        return 0;
    }
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(name, calls[i].name) != 0)
            continue;
        add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, calls[i].number);
        refuse_with(ENOSYS);
        return 0;
    }
    fprintf(stderr, "refuse: no call '%s' in the list of this program\n", name);
    return -1;
}

int main(int argc, char **argv)
{
    int i = 1;

    for (; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (i > NAMES / 2 || refuse(argv[i]) != 0)
            return 2;
    if (i + 1 >= argc) {
        fprintf(stderr, "usage: refuse CALL... -- PROGRAM ...\n");
        return 2;
    }
    add(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
    const struct sock_fprog program = { length, filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
        perror("refuse: seccomp");
        return 2;
    }
    execvp(argv[i + 1], argv + i + 1);
    perror(argv[i + 1]);
    return 127;
}
