"""What the drills of script/cluster.py count: answers, photos that are whole, lines of a log, a clock that is wrong."""

import os
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from script import cluster
from script.clusters import drills, loads
from script.clusters.hosts import Cluster, wrong_clock


def test_each_drill_says_what_it_does():
    assert all(getattr(drills, name).__doc__ for name in cluster.DRILLS)


def test_what_was_not_answered_well_is_an_error_and_no_part_of_the_times():
    load = loads.Load(ask=None, per_second=1)
    load.answers = [(0, 0.1, 200)] * 19 + [(5, 0.3, 304), (7, 9.0, 503), (8, 0, "no place")]

    assert load.errors() == {503: 1, "no place": 1}
    assert load.last_error() == 8
    assert load.p95() == 0.3
    assert load.report() == "2 of 22 (9.09%; 503 x 1, no place x 1), p95 300 ms"


def test_an_acknowledged_photo_is_lost_without_its_row_or_one_of_its_copies():
    senders = loads.Photographers.__new__(loads.Photographers)
    senders.taken = dict.fromkeys(["whole", "half", "rowless"], 1.0)
    keys = ["photos/aa/whole/640.webp", "photos/aa/whole/1280.webp", "photos/aa/half/640.webp"]
    keys += ["photos/aa/rowless/640.webp", "photos/aa/rowless/1280.webp"]
    files = [SimpleNamespace(key=key) for key in keys]
    bucket = SimpleNamespace(objects=SimpleNamespace(filter=lambda Prefix: files))
    server = SimpleNamespace(execute=lambda *_asked: [("whole",), ("half",)])

    assert senders.lost(server, bucket) == (2, 3)


def test_lines_are_counted_in_the_logs_of_the_hosts_that_are_meant(tmp_path):
    portal = SimpleNamespace(folder=tmp_path)
    for name, text in {"web1": "away\nother\naway\n", "web2": "away\n", "db1": "away\n"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "python.log").write_text(text)

    assert Cluster.logged(portal, "web", "away") == 3


@pytest.mark.skipif(not shutil.which("gcc"), reason="No compiler here.")
def test_only_the_clock_on_the_wall_goes_wrong_and_right_again(tmp_path):
    said = "import time; before = time.monotonic(); time.sleep(0.1); print(time.time(), before)"

    def clocks(seconds):
        environment = os.environ | wrong_clock(tmp_path, seconds)
        return map(float, subprocess.check_output([sys.executable, "-c", said], env=environment).split())

    wall, monotonic = clocks(3600)
    assert wall - time.time() == pytest.approx(3600, abs=60)
    assert monotonic == pytest.approx(time.monotonic(), abs=60)
    wall, _monotonic = clocks(0)
    assert wall == pytest.approx(time.time(), abs=60)
