"""A pooled connection is questioned only after PostgreSQL said something on it; through a pooler tests ask as ever."""

import socket
from types import SimpleNamespace

from conftest import APPLICATION
from django.db import connection

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


def asked_as():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_a_test_asks_as_the_portal_does(db):
    assert asked_as() == APPLICATION


def test_a_test_that_commits_asks_as_the_portal_does_on_every_connection(transactional_db):
    assert asked_as() == APPLICATION
    connection.close()
    assert asked_as() == APPLICATION
