"""The tick knows the jobs of every app, and does those that are due."""

import inspect
from importlib import import_module, util

from django.apps import apps
from django.core.management import call_command
from django.tasks import Task

from pages.ticking import JOBS


def jobs_of_apps():
    """Every task of a `tasks.py` of ours that needs nothing to be told: the tick alone can call it."""
    names = [config.name for config in apps.get_app_configs() if "site-packages" not in config.path]
    found = [import_module(f"{name}.tasks") for name in names if util.find_spec(f"{name}.tasks")]
    tasks = [row for module in found for row in vars(module).values() if isinstance(row, Task)]
    return {job for job in tasks if not inspect.signature(job.func).parameters}


def test_every_job_of_every_app_is_due_now_and_again():
    assert jobs_of_apps() == set(JOBS)
    assert len(JOBS) > 5


def test_a_job_is_done_when_it_is_due_and_not_before(db, monkeypatch):
    class Job:
        module_path = "somewhere.job"
        times = 0

        def call(self):
            self.times += 1

    often, seldom = Job(), Job()
    monkeypatch.setattr("kimportal.management.commands.tick.JOBS", {often: 0, seldom: 3600})

    call_command("tick")
    call_command("tick")

    assert (often.times, seldom.times) == (2, 1)
