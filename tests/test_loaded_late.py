"""What few pages need is not loaded by the others: each process would hold it."""

import os
import subprocess
import sys

LATE = {
    *["redis", "fido2", "cryptography", "PIL", "pillow_heif", "openpyxl", "pikepdf", "fpdf", "pypdfium2"],
    *["phonenumbers", "defusedxml"],
    *["lightningcss", "tree_sitter"],  # for `collectstatic` alone
    *["pydantic", "unittest", "jinja2"],  # with django-ninja, for open data alone
}
FIRST_PAGE = """
import sys
import django
django.setup()
import kimportal.static_files
from django.urls import reverse
reverse("home")
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_all_that_makes_the_first_page_leaves_out_what_reads_pictures_and_keys_or_tells_open_data():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "kimportal.settings", "REDIS_URL": ""}
    loaded = subprocess.check_output([sys.executable, "-c", FIRST_PAGE], text=True, env=environment).split()

    assert not LATE & {*loaded}
