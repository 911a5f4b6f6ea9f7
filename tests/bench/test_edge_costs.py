"""A page at the edge beside a static file of its bytes: each is asked for between two turns of the other."""

import gzip
from pathlib import Path

import pytest

from bench import edge, load


class Varnish:
    """Of which each answer takes so many microseconds of a processor."""

    def __init__(self, costs):
        self.costs, self.asked, self.used = costs, [], 0.0

    def cpu(self):
        return self.used

    def run(self, server, paths, seconds, headers):
        assert headers == ["Accept-Encoding: gzip"]
        self.asked += paths
        self.used += 1000 * self.costs[paths[0]] / 1e6
        return {"requests": 1000, "microseconds": 1e6 * seconds, "errors": 0}


def test_the_page_and_the_file_take_turns(monkeypatch):
    varnish = Varnish({"/berkas": 20, "/halaman": 22})
    monkeypatch.setattr(load, "run", varnish.run)

    file, page = edge.in_turn(varnish, ["/berkas", "/halaman"], 2)

    assert (file["cpu"], page["cpu"]) == (pytest.approx(20), pytest.approx(22))
    assert file["rate"] == 500
    assert varnish.asked[:4] == ["/halaman", "/berkas", "/berkas", "/halaman"]


def test_the_file_holds_the_very_bytes_of_the_page_and_is_gone_afterwards(db, client, settings, tmp_path):
    settings.STATIC_ROOT = folder = tmp_path / "static"
    folder.mkdir()
    file = folder / Path(edge.FILE).name

    with edge.as_static_file("/tentang/"):
        page = file.read_bytes()
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == page

    assert b"</html>" in page
    assert not [*folder.iterdir()]
