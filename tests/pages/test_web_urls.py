"""URLs that people give for others to follow lead to public sites, under names that look like no other."""

import pytest
from django.core.exceptions import ValidationError

from pages.web_urls import public_url, readable_host

# Java: ꦗꦮ, Bali: ᬩᬮᬶ
JAVA, BALI = "\ua997\ua9ae", "\u1b29\u1b2e\u1b36"


def in_ascii(label):
    return f"xn--{label.encode('punycode').decode()}"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.youtube.com/watch?v=abc", "youtube.com"),
        ("http://kim-mekar.desa.id", "kim-mekar.desa.id"),
        ("https://KIMMekar.web.id:8443/a", "kimmekar.web.id"),
        ("https://1001malam.id/", "1001malam.id"),
        ("https://10.0.0.1.contoh.id/", "10.0.0.1.contoh.id"),
        (f"https://{JAVA}.id/", f"{JAVA}.id"),
        (f"https://{in_ascii(BALI)}.id/a@b", f"{BALI}.id"),
    ],
)
def test_a_public_site_is_taken_and_named_in_letters(url, host):
    public_url(url)

    assert readable_host(url) == host


@pytest.mark.parametrize(
    "host",
    [
        *["127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f.0.0.1", "0177.0.0.01", "10.0.0.1", "8.8.8.8"],
        *["[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "127。0。0。1", "１２７.０.０.１", "127.0.0.1:8000"],
        *["localhost", "LOCALHOST", "localhost.", "kim.localhost", "portal", "portal.local", "db.internal", "pc.lan"],
        *["siti@contoh.id", "contoh.id:x@jahat.id", "a@127.0.0.1"],
    ],
)
def test_what_only_a_network_of_ones_own_knows_is_refused(host):
    with pytest.raises(ValidationError, match="tidak dapat dibuka umum"):
        public_url(f"https://{host}/a")


@pytest.mark.parametrize(
    "host",
    [
        *[
            "youtu\u0431e.com",
            "\u0430\u0440\u0440\u04cf\u0435.com",
            "goog\u04cfe.com",
            "\u03bfjk.go.id",
            "g\u00edthub.com",
        ],
        *[f"{in_ascii('\u0430\u0440\u0440\u04cf\u0435')}.com", f"{in_ascii(f'kim{JAVA}')}.id", f"{JAVA}{BALI}.id"],
        *["you\u00adtube.com", "you\u200btube.com", "you%74ube.com", f"a{JAVA}.id", "xn--.id"],
    ],
)
def test_a_name_that_looks_like_another_is_refused_and_never_shown_as_it(host):
    with pytest.raises(ValidationError):
        public_url(f"https://{host}/a")

    assert readable_host(f"https://{host}/a").isascii()


def test_no_site_is_none_that_looks_like_another():
    public_url("")
