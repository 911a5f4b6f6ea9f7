"""A door before the portal that can be shut, as a line that goes: every browser notices, whatever its tools can do."""

import contextlib
import socket
import threading


class Gate:
    """`sent` is how many bytes the longest conversation of a browser brought since it was last looked at."""

    def __init__(self, port):
        self.port = port
        self.talks = set()
        self.sent = 0
        self.listener = listening(0)
        self.own_port = self.listener.getsockname()[1]
        self.url = f"http://localhost:{self.own_port}"
        self.wait_for_callers()

    def open(self):
        """Nothing changes where it is open."""
        if self.listener.fileno() >= 0:
            return
        self.listener = listening(self.own_port)
        self.wait_for_callers()

    def shut(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for talk in list(self.talks):
            with contextlib.suppress(OSError):
                talk.shutdown(socket.SHUT_RDWR)

    def wait_for_callers(self):
        threading.Thread(target=self.take, args=(self.listener,), daemon=True).start()

    def take(self, listener):
        with contextlib.suppress(OSError):
            while True:
                caller, _ = listener.accept()
                inside = socket.create_connection(("localhost", self.port))
                self.talks |= {caller, inside}
                for one, other in ((caller, inside), (inside, caller)):
                    threading.Thread(target=self.carry, args=(one, other, one is caller), daemon=True).start()

    def carry(self, one, other, is_sent):
        number = 0
        with contextlib.suppress(OSError):
            while words := one.recv(65536):
                other.sendall(words)
                number += len(words)
                if is_sent:
                    self.sent = max(self.sent, number)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.talks.discard(one)
        one.close()


def listening(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(64)
    return server
