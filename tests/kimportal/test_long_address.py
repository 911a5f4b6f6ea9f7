"""An address longer than anything the portal reads is refused in our words, with nginx in front and without."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def gunicorn(tmp_path):
    """Our configuration around an app that says hello, at a socket of its own."""
    path = tmp_path / "s"
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgiref.simple_server:demo_app"]
    environment = os.environ | {"BIND": f"unix:{path}", "WEB_CONCURRENCY": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    yield path
    process.terminate()
    process.wait()


def ask(path, address):
    while True:
        with socket.socket(socket.AF_UNIX) as asking:
            try:
                asking.connect(str(path))
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)
                continue
            asking.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: asking.recv(65536), b"")).decode()


def test_gunicorn_refuses_it_in_our_words(gunicorn):
    assert "Hello world!" in ask(gunicorn, "/?q=" + "a" * 7000)

    answer = ask(gunicorn, "/?q=" + "a" * 9000)

    assert answer.startswith("HTTP/1.1 414")
    assert "Permintaan tidak dikenali" in answer
    assert "Request Line" not in answer.partition("\r\n\r\n")[2]


def test_nginx_takes_no_address_that_gunicorn_would_refuse():
    taken = re.search(r"large_client_header_buffers \d+ (\d+)k;", (ROOT / "deploy/nginx.conf").read_text())
    read = re.search(r"limit_request_line = (\d+)", (ROOT / "gunicorn.conf.py").read_text())

    assert int(taken[1]) * 1024 + len("GET  HTTP/1.1") < int(read[1])
