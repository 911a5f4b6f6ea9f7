"""What every process of the portal holds in memory: nothing that only a file, a chat or a printed sheet needs."""

import subprocess
import sys

LOADING = """
import sys
import kimportal.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
SELDOM = {"fpdf", "httpx", "lxml", "openpyxl", "pypdfium2", "qrcode"}


def test_a_worker_begins_without_what_it_seldom_needs():
    loaded = subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True).stdout.split()

    assert "django" in loaded
    assert not SELDOM & set(loaded)
