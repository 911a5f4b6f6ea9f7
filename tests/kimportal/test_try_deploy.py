"""What `script/try_deploy.py` reads in docs/deploy.md; whether the commands hold, only it tells, on a bare Debian."""

import re
import subprocess

from script.try_deploy import DOCUMENT, LEFT_OUT, PROJECT, STAND_INS, commands_of

TEXT = DOCUMENT.read_text()
COMMANDS = commands_of(TEXT)
DEPLOY = PROJECT / "deploy"
SHOWN = """
    browser --HTTPS--> nginx

## Installing

Words, then:

    sudo apt-get install git
    sudo certbot certonly \\
        --domain kim.go.id

and a file:

    SignHeaders    *
"""


def test_indented_commands_are_read_in_order_and_files_are_not():
    assert [(command.section, command.text) for command in commands_of(SHOWN)] == [
        ("Installing", "sudo apt-get install git"),
        ("Installing", "sudo certbot certonly --domain kim.go.id"),
    ]


def test_the_document_tells_the_whole_way():
    sections = list(dict.fromkeys(command.section for command in COMMANDS))

    ways = ["PostgreSQL", "Installing", "systemd", "nginx", "Backups", "Back to any moment", "Upgrading"]
    assert [section for section in sections if section in ways] == ways
    assert len(COMMANDS) > 50


def test_what_is_left_out_or_stood_in_for_is_in_the_document():
    patterns = [*LEFT_OUT, *(stand_in.pattern for stand_in in STAND_INS)]

    assert [pattern for pattern in patterns if not any(re.search(pattern, row.text) for row in COMMANDS)] == []


def test_every_file_of_deploy_is_named_and_every_one_named_is_there():
    named = {name.rstrip(".") for name in re.findall(r"deploy/([\w.*-]+)", TEXT)}
    files = {path.name for path in DEPLOY.iterdir()}

    assert {name for name in named if not list(DEPLOY.glob(name))} == set()
    assert {name for name in files - named if not name.endswith((".service", ".timer"))} == set()


def test_every_unit_runs_what_is_installed_and_every_timer_has_its_service():
    for unit in DEPLOY.glob("*.service"):
        [program] = re.findall(r"^ExecStart=(\S+)", unit.read_text(), re.M)
        name = program.rpartition("/")[2]
        assert program.startswith(("/srv/kim/portal/", "/usr/bin/")) or (DEPLOY / name).exists()
        assert unit.read_text().startswith(f"# /etc/systemd/system/{unit.name}")
    assert all(timer.with_suffix(".service").exists() for timer in DEPLOY.glob("*.timer"))


def test_every_script_of_deploy_is_one():
    scripts = [path for path in DEPLOY.iterdir() if path.is_file() and path.read_bytes().startswith(b"#!/bin/sh")]

    assert len(scripts) == 4
    assert [path.name for path in scripts if subprocess.run(["sh", "-n", path]).returncode] == []
