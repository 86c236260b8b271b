# SPDX-License-Identifier: MIT
"""filters.py - which system calls there are inside the fence; libseccomp makes the program.

Two lists, for two kinds of process:

    tools()   the compiler and its kin, which are Debian's programs at work on a stranger's text.  What
              is not listed does not exist there (ENOSYS), so that another release's tools find another way.
    twin()    the stranger's code with the runtime.  What is not listed kills the process.  It is in force
              before the first line of the stranger's runs (confined_main.c), on top of tools().

Neither can reach a network, make a namespace, a mount or a device, trace a process, or push a character
into a terminal: every ioctl is refused.  A twin cannot start a process, run a program, open a file for
writing, or make memory executable either."""

import errno
import functools
import mmap
import os
import tempfile

import seccomp
from seccomp import Arg, Attr, EQ, MASKED_EQ

CLONE_THREAD, CLONE_NEW = 0x10000, 0x7E020000  # any new namespace
PR_SET_NAME, PR_SET_VMA = 15, 0x53564D41
AF_UNIX = 1
SCENES = ("socketpair", "memfd_create")  # what some scene does, and only its tip's twins may
KEPT_PRCTL = (PR_SET_NAME, 16, PR_SET_VMA)

SHARED = """read readv pread64 write writev close fstat newfstatat stat lstat statx lseek access faccessat
faccessat2 readlink readlinkat getcwd fcntl munmap mremap madvise brk futex clock_gettime clock_getres
clock_nanosleep nanosleep gettimeofday time times getrusage getrlimit getpid getppid gettid getuid geteuid getgid
getegid getrandom rt_sigaction rt_sigprocmask rt_sigreturn rt_sigtimedwait restart_syscall sigaltstack sched_yield
sched_getaffinity sched_setaffinity sched_getparam sched_getscheduler set_robust_list set_tid_address rseq membarrier
pause exit exit_group tgkill uname sysinfo poll ppoll epoll_create1 epoll_ctl epoll_wait epoll_pwait getcpu
arch_prctl get_mempolicy""".split()

TOOLS = """open openat openat2 creat mmap mprotect prlimit64 setrlimit prctl clone vfork fork execve wait4 waitid pipe pipe2
dup dup2 dup3 unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat chmod fchmod fchmodat chown fchown
fchownat umask mkdir mkdirat rmdir ftruncate truncate fallocate fadvise64 getdents64 utimensat sendfile copy_file_range
kill alarm setitimer getpgrp getpgid setpgid getsid getgroups getresuid getresgid pwrite64 pwritev preadv splice
flock fsync fdatasync chdir fchdir personality seccomp tkill mlock munlock mincore msync statfs fstatfs close_range
setpriority getpriority capget memfd_create set_mempolicy""".split()


def number(name):
    """None: this kernel's processor does not have it."""
    try:
        found = seccomp.resolve_syscall(seccomp.Arch(), name)
    except (RuntimeError, ValueError):
        return None
    return found if found >= 0 else None


def allow(rules, name, *arguments):
    if number(name) is not None:
        rules.add_rule(seccomp.ALLOW, name, *arguments)


def refuse(rules, name, error, *arguments):
    if number(name) is not None:
        rules.add_rule(seccomp.ERRNO(error), name, *arguments)


def program(rules):
    """The filter as the kernel reads it.  Who calls it by another processor mode's numbers is ended."""
    rules.set_attr(Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    with tempfile.TemporaryFile() as f:
        rules.export_bpf(f)
        f.seek(0)
        return f.read()


@functools.cache
def tools():
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    for name in SHARED + TOOLS:
        if name != "clone":
            allow(rules, name)
    allow(rules, "clone", Arg(0, MASKED_EQ, CLONE_NEW, 0))
    allow(rules, "socketpair", Arg(0, EQ, AF_UNIX))
    refuse(rules, "ioctl", errno.ENOTTY)
    return program(rules)


@functools.cache
def twin(reports=False, scene=()):
    """reports: a sanitizer may write one, into the place that it has for it.  scene: of SCENES."""
    rules = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for name in SHARED:
        allow(rules, name)
    executable, writing = mmap.PROT_EXEC, os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    for name in ("mmap", "mprotect"):
        allow(rules, name, *([] if reports else [Arg(2, MASKED_EQ, executable, 0)]))
    for name, at in (("open", 1), ("openat", 2)):
        allow(rules, name, *([] if reports else [Arg(at, MASKED_EQ, writing, 0)]))
        if not reports:
            refuse(rules, name, errno.EACCES, Arg(at, MASKED_EQ, os.O_WRONLY, os.O_WRONLY))
            refuse(rules, name, errno.EACCES, Arg(at, MASKED_EQ, os.O_RDWR, os.O_RDWR))
    allow(rules, "clone", Arg(0, MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    allow(rules, "prlimit64", Arg(2, EQ, 0))
    if reports:  # whether memory can be read it asks a pipe; the folder for its report is there
        allow(rules, "pipe")
        allow(rules, "pipe2")
        refuse(rules, "mkdir", errno.EEXIST)
        refuse(rules, "mkdirat", errno.EEXIST)
    if "socketpair" in scene:
        allow(rules, "socketpair", Arg(0, EQ, AF_UNIX))
    if "memfd_create" in scene:
        allow(rules, "memfd_create")
    for option in KEPT_PRCTL:
        allow(rules, "prctl", Arg(0, EQ, option))
    refuse(rules, "clone3", errno.ENOSYS)
    refuse(rules, "ioctl", errno.ENOTTY)
    for name in ("process_vm_readv", "getdents64"):  # a dump looks at cleanups and at threads by them, and does without
        refuse(rules, name, errno.EPERM)
    return program(rules)
