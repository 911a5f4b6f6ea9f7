"""The board and the alarms of deploy/ ask for numbers that the portal tells, and say what to do."""

import json
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from prometheus_client.metrics import MetricWrapperBase

from kimportal import metrics

DEPLOY = settings.BASE_DIR / "deploy"
RULES = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus-alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
BOARD = json.loads((DEPLOY / "grafana-board.json").read_text())
ASKED = [rule["expr"] for rule in RULES] + [row["expr"] for panel in BOARD["panels"] for row in panel["targets"]]


ENDINGS = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """{name of a number: the names of its labels}"""
    names = {"up": {"job"}}
    for metric in (fact for fact in vars(metrics).values() if isinstance(fact, MetricWrapperBase)):
        names |= {f"{metric._name}{ending}": {*metric._labelnames, "le"} for ending in ENDINGS[metric._type]}
    with django_db_blocker.unblock():
        return names | {family.name: set(family._labelnames) for family in metrics.State().collect()}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_told(told, asked):
    names = set(re.findall(r"\b(kim_\w+|up)\b(?=[\[{ )]|$)", asked))
    labels = set(re.findall(r"[{,]\s*(\w+)\s*=", asked)) | {
        label.strip() for group in re.findall(r"by \(([^)]*)\)", asked) for label in group.split(",")
    }

    assert names
    assert names - told.keys() == set()
    assert labels - {"instance"}.union(*(told[name] for name in names)) == set()


def test_a_queue_that_is_watched_is_one():
    watched = set(re.findall(r'queue="([^"]+)"', " ".join(ASKED)))

    assert watched - {*metrics.QUEUES, "changes to count"} == set()


def test_each_alarm_says_what_it_means_and_what_to_do():
    names = [rule["alert"] for rule in RULES]

    assert len(set(names)) == len(names) > 8
    assert all({"summary", "what"} <= rule["annotations"].keys() for rule in RULES)
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "ticket", "notice"}


def test_panels_lie_beside_each_other():
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in BOARD["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(set(cells)) == len(cells)
    assert {x for x, _y in cells} <= set(range(24))
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])


def test_prometheus_takes_the_alarms():
    if not shutil.which("promtool"):
        pytest.skip("No promtool here.")
    asked = ["promtool", "check", "rules", DEPLOY / "prometheus-alerts.yml"]
    assert subprocess.run(asked, capture_output=True).returncode == 0
