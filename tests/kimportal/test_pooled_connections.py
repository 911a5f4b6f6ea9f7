"""A pooled connection is questioned only after PostgreSQL said something on it."""

import socket
from types import SimpleNamespace

from kimportal.pooling import has_been_told


def test_only_what_was_said_makes_a_connection_doubtful():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pooled = SimpleNamespace(fileno=ours.fileno)
        assert not has_been_told(pooled)

        theirs.sendall(b"N")
        assert has_been_told(pooled)
        ours.recv(1)
        assert not has_been_told(pooled)

        theirs.close()
        assert has_been_told(pooled)
