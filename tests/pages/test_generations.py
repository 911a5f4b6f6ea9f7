"""The link that tells the proxy in front which of its kept answers still hold."""

import os
import time

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from pages import freshness, generations
from pages.tasks import tidy_generations


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.PROXY_GENERATIONS = tmp_path / "generations"
    generations.renew()
    return settings.PROXY_GENERATIONS


def age(path, seconds=generations.SETTLED + 1):
    moment = time.time() - seconds
    os.utime(path, (moment, moment), follow_symlinks=False)


@pytest.mark.django_db(transaction=True)
def test_nothing_kept_is_served_from_before_a_change_is_through_and_a_new_generation_afterwards(folder):
    before = generations.current()

    with transaction.atomic():
        freshness.changed("64.02")
        assert not os.path.lexists(folder / "current")

    assert generations.current() not in ("", before)
    assert (folder / "current").is_dir()


@pytest.mark.django_db(transaction=True)
def test_what_only_adds_leaves_what_is_kept_as_it_is():
    before = generations.current()

    freshness.changed("64.02", only_adds=True)

    assert generations.current() == before


@pytest.mark.django_db(transaction=True)
def test_a_new_generation_begins_although_the_shared_cache_is_away(monkeypatch):
    def away(*args):
        raise ConnectionError

    before = generations.current()
    monkeypatch.setattr(caches["stamps"], "set_many", away)

    freshness.changed("64.02")

    assert generations.current() not in ("", before)


@pytest.mark.django_db
def test_a_stamp_holds_in_its_generation_alone(monkeypatch):
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    before = freshness.stamp("64.02")
    assert freshness.stamp("64.02") == before

    generations.renew()

    assert freshness.stamp("64.02") != before


def test_where_a_process_died_the_tick_begins_a_new_generation_when_all_has_settled(folder):
    generations.withhold()

    tidy_generations.call()
    assert generations.current() == ""

    age(folder)
    tidy_generations.call()
    assert generations.current()


def test_the_tick_forgets_former_generations_and_what_was_not_finished(folder):
    former = generations.current()
    generations.renew()
    (folder / "unfinished.link").symlink_to("unfinished")
    for path in folder.iterdir():
        age(path)

    tidy_generations.call()

    assert {path.name for path in folder.iterdir()} == {generations.current(), "current"}
    assert generations.current() != former


def test_a_portal_that_could_withhold_nothing_does_not_start(monkeypatch):
    generations.prepare()
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    with pytest.raises(ImproperlyConfigured, match="PROXY_GENERATIONS"):
        generations.prepare()


def test_without_a_proxy_there_is_nothing_to_say(settings):
    settings.PROXY_GENERATIONS = None

    generations.withhold()
    generations.renew()
    tidy_generations.call()

    assert generations.current() == ""
