"""`manage.py tick --every 60`: do what is due, now and again every so many seconds."""

import logging
import time

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from accounts.tasks import prune, send_notices, watch_vacancies
from activities.tasks import pass_chairs
from communities.tasks import ask_for_confirmation, end_decrees, let_go_of_uploads, remind_of_decrees, resume_rosters
from monitoring.tasks import fold_counts
from regions.tasks import tidy_generations

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600

# Every job and how often it is due.
JOBS = {
    send_notices: 0,
    tidy_generations: 0,
    fold_counts: MINUTE,
    end_decrees: HOUR,
    remind_of_decrees: 6 * HOUR,
    ask_for_confirmation: 6 * HOUR,
    watch_vacancies: HOUR,
    pass_chairs: MINUTE,
    resume_rosters: 5 * MINUTE,
    let_go_of_uploads: HOUR,
    prune: HOUR,
}


class Command(BaseCommand):
    help = "Do what is due: mail notices, end and announce decrees, fold the counts, clear away what expired."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until stopped, as often as this")

    def handle(self, *, every=None, **options):
        self.run_due()
        while every:
            time.sleep(every)
            close_old_connections()
            self.run_due()

    def run_due(self):
        for job, seconds in JOBS.items():
            claim = f"tick:{job.module_path}"
            try:
                # The cache is shared: of several ticks one does the job.
                if not seconds or cache.add(claim, True, seconds - 5):
                    job.call()
            except Exception:  # one job that fails must not keep the others from being done, nor end the tick
                logger.exception("%s failed and is tried again", job.module_path)
                cache.delete(claim)
