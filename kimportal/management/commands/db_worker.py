"""`manage.py db_worker`: the jobs' worker, which outlives a database that was away for a while."""

import logging
import time

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks_db.management.commands import db_worker

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds


class Command(db_worker.Command):
    def handle(self, **options):
        while True:
            try:
                return super().handle(**options)
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database is away (%s); asking again in %d seconds.", type(error).__name__, PAUSE)
                close_old_connections()
                time.sleep(PAUSE)
