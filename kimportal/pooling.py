"""The pool of connections to PostgreSQL, of one process."""

from django.db import connections
from psycopg_pool import ConnectionPool


def check(alias, pooled):
    """Whether this connection still works; when PostgreSQL ended it, the others of the pool are taken for dead as well.

    After a restart they all are. Found one by one, the second would make a page wait a second, the third two more.
    """
    try:
        ConnectionPool.check_connection(pooled)
    except Exception:
        connections[alias].pool.drain()
        raise
