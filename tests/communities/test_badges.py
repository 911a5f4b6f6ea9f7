"""The badge on the site of a KIM says what is true today."""

import pytest
from defusedxml import ElementTree

pytestmark = pytest.mark.django_db


def said(client, community):
    answer = client.get(f"/lencana/{community.slug}.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    drawing = ElementTree.fromstring(answer.content)
    texts = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert drawing.get("aria-label") == f"{community.name}: {texts[1]}"
    return texts[1]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "verified"}, "terverifikasi"),
        ({"status": "verified", "is_imported": True}, "belum dikonfirmasi"),
        ({"status": "expired"}, "masa SK berakhir"),
        ({"status": "suspended"}, "dibekukan"),
        ({"status": "dissolved"}, "dibubarkan"),
    ],
)
def test_each_status_has_its_words(client, make_community, facts, words):
    assert said(client, make_community("KIM Tani & <Maju>", **facts)) == words


@pytest.mark.parametrize(("ends_on", "words"), [("2999-01-01", "dikukuhkan"), ("2020-01-01", "masa SK berakhir")])
def test_a_decree_that_is_over_confirms_nothing(client, make_community, make_decree, ends_on, words):
    decree = make_decree(issued_on="2019-01-01", ends_on=ends_on)

    assert said(client, make_community(status="inaugurated", decree=decree)) == words


def test_it_changes_with_the_deed(client, mekar, made):
    assert said(client, mekar) == "terverifikasi"
    mekar.suspend(by=made, note="Vakum")

    assert said(client, mekar) == "dibekukan"


def test_what_nobody_verified_has_none(client, make_community):
    assert client.get(f"/lencana/{make_community(status='submitted').slug}.svg").status_code == 404
