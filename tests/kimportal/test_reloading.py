"""A release by day: the workers of before answer until those with the new code do."""

import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest


class Arbiter:
    """What gunicorn's does on a reload, without processes."""

    def __init__(self):
        self.WORKERS, self.reaped, self.ended = {1: "of before"}, Event(), Event()

    def manage_workers(self):
        self.ended.set()

    def reap_workers(self):
        self.reaped.set()


@pytest.fixture
def conf(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: None)  # of this process
    return runpy.run_path("gunicorn.conf.py")


def test_those_of_before_end_once_all_that_are_new_answer(conf, monkeypatch):
    arbiter = Arbiter()
    conf["on_reload"](arbiter)
    arbiter.WORKERS |= {2: "new", 3: "new"}

    with ThreadPoolExecutor(1) as pool:
        reload = pool.submit(arbiter.manage_workers)
        for pid in (2, 3):
            arbiter.reaped.clear()
            assert arbiter.reaped.wait(30)  # it goes on waiting
            assert not arbiter.ended.is_set()
            monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
            conf["post_worker_init"](SimpleNamespace())
        reload.result(30)

    assert arbiter.ended.is_set()
    arbiter.ended.clear()
    arbiter.manage_workers()  # at any other time as ever
    assert arbiter.ended.is_set()


def test_a_new_one_that_ends_at_once_is_not_waited_for(conf):
    arbiter = Arbiter()
    conf["on_reload"](arbiter)
    arbiter.WORKERS[2] = "new"
    arbiter.reap_workers = lambda: arbiter.WORKERS.pop(2)

    arbiter.manage_workers()

    assert arbiter.ended.is_set()


def test_a_worker_that_ended_leaves_nothing_that_says_it_answers(conf, tmp_path):
    conf["post_worker_init"](SimpleNamespace())
    assert [*tmp_path.glob("ready_*")]

    conf["child_exit"](None, SimpleNamespace(pid=os.getpid(), slot=0))

    assert not [*tmp_path.glob("ready_*")]
