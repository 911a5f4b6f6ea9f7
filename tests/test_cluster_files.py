"""The files of deploy/ for several hosts are whole, name only what hosts.env says, and run in script/cluster.py."""

import os
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

from script.clusters.hosts import ADDRESSES, DEPLOY, FILES, changed, edge_rules, filled, site_rules
from script.pooler import documented

EXAMPLE = FILES / "hosts.env.example"
TEMPLATES = sorted(path.name for path in FILES.iterdir() if path != EXAMPLE)
VALUES = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))


def named(name):
    return set(re.findall(r"\$\{(\w+)\}", (FILES / name).read_text()))


def test_the_example_has_each_value_that_a_file_asks_for_and_no_other():
    assert set().union(*map(named, TEMPLATES)) == VALUES.keys()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_file_that_was_filled_in_asks_for_nothing_more(name):
    assert "$" not in filled(name, VALUES)


def test_each_file_is_explained_and_tried():
    explained = (settings.BASE_DIR / "docs/deploy.md").read_text()
    tried = (settings.BASE_DIR / "script/clusters/hosts.py").read_text()

    for name in TEMPLATES:
        assert name in explained
        assert f'"{name}"' in tried


def test_a_primary_is_replaced_only_after_it_gave_up_itself():
    shared = yaml.safe_load(filled("patroni.yml", VALUES))["bootstrap"]["dcs"]

    assert shared["loop_wait"] + 2 * shared["retry_timeout"] <= shared["ttl"]
    assert shared["synchronous_mode"] is True


def test_pgbouncer_knows_a_way_to_the_primary_and_one_to_the_copies():
    ways = dict(
        re.findall(r"^(\w+) = host=127.0.0.1 port=(\d+) dbname=kim$", filled("pgbouncer.ini", VALUES), re.MULTILINE)
    )
    doors = dict(
        re.findall(r"(?:listen|frontend) (\w+)\n    bind 127.0.0.1:(\d+)", filled("haproxy-postgres.cfg", VALUES))
    )

    assert ways == {"kim": doors["primary"], "kim_copy": doors["copies"]}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("haproxy")])
def test_haproxy_understands_its_file(name, tmp_path):
    haproxy = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    if haproxy is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_SERVERS") == "1" else pytest.skip)("No HAProxy here.")
    file = tmp_path / name
    file.write_text(filled(name, VALUES))

    subprocess.run([haproxy, "-c", "-f", file], check=True, capture_output=True)


def test_varnish_stands_before_haproxy_and_believes_both_web_hosts(tmp_path):
    rules = edge_rules()

    assert '.port = "8080"' in rules
    [believed] = re.findall(r"acl portals \{(.*?)\}", rules, re.DOTALL)
    assert {ADDRESSES["web1"], ADDRESSES["web2"]} < {*re.findall(r'"([^"]+)"', believed)}
    varnish = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
    if varnish is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_SERVERS") == "1" else pytest.skip)("No Varnish here.")
    (tmp_path / "kim.vcl").write_text(rules)
    subprocess.run(
        [varnish, "-j", "none", "-C", "-f", tmp_path / "kim.vcl", "-n", tmp_path], check=True, capture_output=True
    )


def test_nginx_before_varnish_keeps_no_page_itself(tmp_path):
    rules = site_rules(tmp_path)

    assert not re.findall(r"^ *proxy_(?:cache|no_cache)\b", rules, re.MULTILINE)
    assert "proxy_pass http://127.0.0.1:6081;" in rules
    assert "example" not in re.sub(r"#.*", "", rules)


def test_what_a_file_no_longer_says_is_not_passed_over(tmp_path):
    with pytest.raises(SystemExit, match="no longer says"):
        changed(DEPLOY / "varnish.vcl", {"not in it": ""})


def test_the_tests_go_through_the_pgbouncer_of_these_files():
    settings = documented("postgres://kim@%2Ftmp%2Fkim/kimportal", 23_001, default_pool_size="2")

    assert dict(settings["databases"]) == {"*": "user=kim host=/tmp/kim"}
    said = settings["pgbouncer"]
    assert (said["pool_mode"], said["listen_addr"], said["listen_port"]) == ("transaction", "127.0.0.1", "23001")
    assert (said["max_client_conn"], said["default_pool_size"]) == ("500", "2")
    assert "auth_file" not in said
