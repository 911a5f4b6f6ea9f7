"""The badge on the site of a KIM says what is true today."""

from datetime import datetime

import pytest
import time_machine
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


@pytest.mark.parametrize("status", ["inaugurated", "verified"])
def test_from_midnight_on_where_the_kim_is_no_copy_confirms_it(client, settings, make_community, make_decree, status):
    settings.PAGE_STORE = True
    community = make_community(status=status, decree=make_decree(ends_on="2027-06-30"))
    url = f"/lencana/{community.slug}.svg"
    with time_machine.travel(datetime.fromisoformat("2027-06-30T23:59:58+08:00"), tick=False) as clock:
        before = [said(client, community) for _asked_and_kept in range(2)]
        tag = client.get(url).headers["ETag"]
        clock.shift(2)

        assert before == [community.get_status_display()] * 2
        assert said(client, community) == "masa SK berakhir"
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_it_changes_with_the_deed(client, mekar, made):
    assert said(client, mekar) == "terverifikasi"
    mekar.suspend(by=made, note="Vakum")

    assert said(client, mekar) == "dibekukan"


def test_what_nobody_verified_has_none(client, make_community):
    assert client.get(f"/lencana/{make_community(status='submitted').slug}.svg").status_code == 404
