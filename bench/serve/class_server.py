# SPDX-License-Identifier: MIT
"""class_server.py - a small server for a class on this machine: so many at a time, the others wait their turn, and
nothing that a browser sends reaches the terminal.

A browser opens connections that it may never use: each holds a place until PATIENCE is over.  So there are
places for a class of three hundred that answers all at once, and whoever finds none is not sent away.

    class_server.py PORT    a line and status 1 unless it is a port that is free on this machine"""

import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench/python"))

import broken_pipe
from stored import Trouble

AT_A_TIME = 512  # connections
WAITING = 1024   # that the kernel keeps in line for a place
PATIENCE = 10    # seconds, for a browser to say what it wants
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; form-action 'self'"


def port_of(text):
    """Of the command line; 0 is any that is free."""
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 16):
        raise Trouble(f"{text!a} is no port: 0 to 65535")
    return int(text)


class Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE
    server_version, sys_version = "twinbench", ""

    def log_message(self, *words):
        pass

    def answer(self, status, body, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store",
                            "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def body(self, most):
        """What was sent; None if it is longer, or does not say how long it is."""
        size = self.headers.get("Content-Length", "")
        if not (size.isascii() and size.isdigit() and len(size) < 10 and int(size) <= most):
            self.close_connection = True
            return None
        return self.rfile.read(int(size))


class Server(ThreadingHTTPServer):
    """Whoever comes when all places are taken waits for one."""
    daemon_threads = True
    request_queue_size = WAITING

    def __init__(self, address, port, handler):
        self.address, self.address_family = address, socket.AF_INET6 if ":" in address else socket.AF_INET
        self.room = threading.BoundedSemaphore(AT_A_TIME)
        try:
            super().__init__((address, port), handler)
        except OSError as e:
            raise Trouble(f"cannot listen on port {port} of {address!a}: {e.strerror}") from None

    def process_request(self, request, address):
        self.room.acquire()
        super().process_request(request, address)

    def process_request_thread(self, request, address):
        try:
            super().process_request_thread(request, address)
        finally:
            self.room.release()

    def handle_error(self, request, address):
        """A browser that has gone is no news."""

    def url(self):
        """What a student types, also where the address is all of them."""
        host = self.address
        if host in ("0.0.0.0", "::"):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                try:
                    s.connect(("192.0.2.1", 9))  # sends nothing
                    host = s.getsockname()[0]
                except OSError:
                    host = socket.gethostname()
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"


if __name__ == "__main__":
    broken_pipe.end_quietly()
    try:
        Server("127.0.0.1", port_of(sys.argv[1]), Handler).server_close()
    except Trouble as e:
        sys.exit(f"twinbench: {e}")
