"""A whole system of its own, as `recourse up` starts it, in a folder that is removed; and the page to which one leaves."""
import contextlib
import http.server
import json
import os
import pathlib
import queue
import signal
import socket
import ssl
import subprocess
import threading

CLOCK = "2026-06-30T09:00:00Z"
# What it may take at most until everything is ready, until a command has ended, and until all has stopped.
READY_SECONDS = 90
COMMAND_SECONDS = 60
STOP_SECONDS = 60
OFFICER_HEADER = "X-Officer"


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class System:
    """`recourse up`, with a clock that stands still. Ends with the body of `with`, and with this process."""

    def __init__(self, program, folder, exit_address, *more):
        self.program = str(program)
        self.folder = pathlib.Path(folder)
        self.data = str(self.folder / "data")
        self.port = free_port()
        self.officer_port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.officer_address = f"http://127.0.0.1:{self.officer_port}"
        self.exit_address = exit_address
        # One address does what many people do.
        self.more = more or ("--rate-factor", "20")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")
        } | {"RECOURSE_CLOCK": CLOCK}

    def __enter__(self):
        self.log = open(self.folder / "up.log", "wb")
        self.process = subprocess.Popen(
            [self.program, "up", "--data", self.data, "--until-end-of-input",
             "--listen", f"127.0.0.1:{self.port}", "--exit", self.exit_address,
             "--officer-address", f"127.0.0.1:{self.officer_port}",
             "--officer-header", OFFICER_HEADER, *self.more],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            text=True)
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        try:
            while True:
                line = lines.get(timeout=READY_SECONDS)
                if line is None:
                    raise RuntimeError(f"`recourse up` ended: {self.said()}")
                if line == "ready":
                    return self
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise

    def _read(self, lines):
        for line in self.process.stdout:
            lines.put(line.rstrip("\n"))
        lines.put(None)

    def said(self):
        return (self.folder / "up.log").read_text(errors="replace")[-2000:]

    def __exit__(self, *_):
        try:
            self.process.stdin.close()
            self.process.wait(STOP_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.log.close()

    def run(self, *arguments):
        """A command of somebody at the council; gives its answer."""
        done = subprocess.run(
            [self.program, *arguments, "--data", self.data, "--json"], env=self.environment,
            capture_output=True, text=True, timeout=COMMAND_SECONDS)
        if done.returncode != 0:
            raise RuntimeError(f"recourse {' '.join(arguments[:2])}: {done.stderr}")
        return json.loads(done.stdout)

    def decide(self, reference, is_met, reason):
        self.run("threshold", "decide", reference, "--met" if is_met else "--not-met",
                 "--officer", "A. Officer", "--capacity", "Lead authority", "--reason", reason)
        self.settle()

    @contextlib.contextmanager
    def stopped(self, name):
        """The process of this name stands still meanwhile: whoever asks it waits in vain."""
        pid = self.pids()[name]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def pids(self):
        """Of the processes that this one has started, by the name of each."""
        found = {}
        for file in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for pid in file.read_text().split():
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
                found[words[2] if words[1] == "worker" else words[1]] = int(pid)
        return found

    def settle(self):
        """Every worker has taken in all that there is."""
        self.run("status", "--wait")


class Weather:
    """The harmless page to which "Leave this site" leads: a server with TLS under a name that only the browser knows."""

    NAME = "weather.example"

    def __init__(self, folder):
        key, certificate = f"{folder}/weather.key", f"{folder}/weather.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout",
             key, "-out", certificate, "-subj", f"/CN={self.NAME}"],
            check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.Page)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.address = f"https://{self.NAME}:{self.port}/weather"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = b"<!DOCTYPE html><html lang=en><title>Weather</title><h1>Weather</h1><p>Dry.</p>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    def close(self):
        self.server.shutdown()
        self.server.server_close()
