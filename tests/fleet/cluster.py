# SPDX-License-Identifier: MIT
"""cluster.py - a whole Slurm on this machine, in a temporary folder: munged, slurmctld, and a
slurmd for each node, on loopback and ports of their own.

It runs as whoever calls it, as root as nobody, touches no file of the system, and stops by
process id however it ends: its own, or that of the process that started it (the daemons stay in
the foreground and get SIGKILL when their starter dies)."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from tap import wait_for

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol", "scancel")
PACKAGES = "munge slurmctld slurmd slurm-client"
NOBODY = 65534
PR_SET_PDEATHSIG = 1

CONF = """\
ClusterName=twins
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ctld}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.sock,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
ReturnToService=2
SlurmdTimeout=4
BatchStartTimeout=2
KillWait={kill_wait}
MinJobAge=300
MaxArraySize={most}
{nodes}
PartitionName=twins Nodes=ALL Default=YES MaxTime=60 State=UP
PartitionName=shut Nodes=ALL MaxTime=60 State=DOWN
"""
NODE = ("NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory=1000 Feature={feature}")


def paths():
    """sbin is not in everybody's PATH."""
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


def missing():
    """The programs that are not here."""
    return [p for p in PROGRAMS if not shutil.which(p, path=paths())]


def free_ports(n):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def about(process, what):
    """Of its folder in /proc; nothing of one that is gone."""
    try:
        return Path(f"/proc/{process}/{what}").read_bytes()
    except OSError:
        return b""


def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


class Cluster:
    """With-block: up, and down again."""

    def __init__(self, nodes=("n1", "n2"), features=("cpu-a", "cpu-b"), most=1001, as_nobody=True, hidden=None, kill_wait=2):
        self.hidden = hidden  # a folder that no node sees: an empty one is mounted over it, as only root can
        self.folder = Path(tempfile.mkdtemp(prefix="twin-slurm-"))
        self.user = "nobody" if as_nobody and os.geteuid() == 0 else None
        self.nodes, self.started = nodes, {}
        host, ctld, *ports = socket.gethostname(), *free_ports(1 + len(nodes))
        lines = [NODE.format(name=n, host=host, port=p, feature=f) for n, p, f in zip(nodes, ports, features)]
        self.env = {**os.environ, "PATH": paths(), "SLURM_CONF": str(self.folder / "slurm.conf"), "HOME": str(self.folder)}
        (self.folder / "slurm.conf").write_text(CONF.format(
            folder=self.folder, host=host, ctld=ctld, nodes="\n".join(lines), most=most, kill_wait=kill_wait, user=self.user or pwd.getpwuid(os.getuid()).pw_name))
        (self.folder / "munge.key").write_bytes(os.urandom(1024))
        (self.folder / "munge.key").chmod(0o600)
        (self.folder / "state").mkdir()
        self.folder.chmod(0o755)
        if self.user:
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)

    def become(self):
        """In the child, before its program."""
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def who(self):
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.user else {}

    def start(self, name, *argv):
        with open(self.folder / f"{name}.out", "ab") as out:
            self.started[name] = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                                  start_new_session=True, preexec_fn=self.become, **self.who())

    def start_controller(self):
        self.start("slurmctld", "slurmctld", "-D", "-f", self.folder / "slurm.conf")

    def start_node(self, name):
        apart = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', self.hidden) if self.hidden else ()
        self.start(name, *apart, "slurmd", "-D", "-f", self.folder / "slurm.conf", "-N", name)

    def stop(self, name, how=signal.SIGTERM):
        process = self.started.pop(name)
        process.send_signal(how)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: os._exit(self.__exit__() or 143))  # what ends a test that hangs
        try:
            self.start("munged", "munged", "--foreground", "--force", *(f"--{what}={self.folder}/munge.{end}" for what, end in (
                ("key-file", "key"), ("socket", "sock"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))))
            wait_for("munge's socket", (self.folder / "munge.sock").exists)
            self.start_controller()
            for name in self.nodes:
                self.start_node(name)
            wait_for("every node idle", lambda: self.idle() == len(self.nodes))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.call("scancel", "--signal=KILL", "--full", "--me")
        for name in [n for n in self.started if n != "munged"]:
            self.stop(name)
        for step in self.steps():
            kill(step)
        if "munged" in self.started:
            self.stop("munged")
        shutil.rmtree(self.folder, ignore_errors=True)

    def die(self, node):
        """As a machine does, all of it at once: its slurmd, what that has started, and who watches over it."""
        self.stop(node, signal.SIGKILL)
        ours = [p for p in self.steps() if f"SLURMD_NODENAME={node}\0".encode() in about(p, "environ")]
        parents = {int(stat.rpartition(b") ")[2].split()[1]) for p in ours if (stat := about(p, "stat"))}
        for step in {*ours, *parents} & set(self.steps()):
            kill(step)

    def steps(self):
        """Processes that a slurmd started in sessions of their own: they name our folder in their environment."""
        mark = f"SLURM_CONF={self.folder}/slurm.conf".encode()
        return [p for p in map(int, filter(str.isdigit, os.listdir("/proc"))) if mark in about(p, "environ") and p != os.getpid()]

    def call(self, *argv, seconds=300, **more):
        """A command of the cluster's user."""
        return subprocess.run(argv, env={**self.env, **more.pop("env", {})}, capture_output=True, text=True, timeout=seconds,
                              stdin=subprocess.DEVNULL, **self.who(), **more)

    def idle(self):
        return len(self.call("sinfo", "-h", "-N", "-p", "twins", "-t", "idle", "-o", "%N").stdout.split())
