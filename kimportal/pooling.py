"""The pool of connections to PostgreSQL, of one process."""

import select

from django.db import connections
from psycopg_pool import ConnectionPool


def check(alias, pooled):
    """Refuse a connection that works no more; when PostgreSQL ended it, the others of the pool are taken for dead too.

    After a restart they all are. Found one by one, the second would make a page wait a second, the third two more.
    """
    try:
        if has_been_told(pooled):
            ConnectionPool.check_connection(pooled)
    except Exception:  # whatever is wrong with it, the pool is told, and asks for another
        connections[alias].pool.drain()
        raise


def has_been_told(pooled):
    """Whether PostgreSQL said something that nobody asked for, as it does on ending: else no question is needed."""
    waiting = select.poll()
    waiting.register(pooled.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
