"""Dark looks the same, whether the system asks for it or the switch in the footer."""

import re

from django.conf import settings


def test_both_dark_palettes_are_one():
    text = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    dark = r':root(?::not\(\[data-theme="light"\]\)|\[data-theme="dark"\]) \{([^}]*)\}'
    by_system, by_switch = re.findall(dark, text)

    assert "--ground:" in by_system
    assert by_system.split() == by_switch.split()
