"""`manage.py tick --every 60`: do what is due, now and again every so many seconds."""

import logging
import time

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules

from pages.ticking import JOBS, MINUTE

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due: mail notices, end and announce decrees, fold the counts, clear away what expired."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until stopped, as often as this")

    def handle(self, *, every=None, **options):
        autodiscover_modules("tasks")
        self.run_due()
        while every:
            time.sleep(every)
            close_old_connections()
            self.run_due()

    def run_due(self):
        for job, seconds in JOBS.items():
            claim = f"tick:{job.module_path}"
            try:
                if not seconds or is_ours(claim, seconds - 5):
                    job.call()
            except Exception:  # one job that fails must not keep the others from being done, nor end the tick
                logger.exception("%s failed and is tried again", job.module_path)
                cache.delete(claim)


def is_ours(claim, seconds):
    """Whether this tick does the job: of several one does, for the cache is shared.

    A claim of the future is none: the clock went back, and nobody would do the job until it is there again.
    """
    if cache.add(claim, time.time(), seconds):
        return True
    if cache.get(claim, 0) <= time.time() + MINUTE:
        return False
    cache.delete(claim)
    return cache.add(claim, time.time(), seconds)
