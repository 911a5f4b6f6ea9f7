"""How often an account and an address may send, whatever the process; and that reading has no limit."""

import io
import uuid

import pytest
from conftest import make_pdf, make_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from activities import writing
from activities.models import Comment, Flag, Photo, Post
from pages import limits
from pages.memory import forget_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_long_minute(monkeypatch):
    monkeypatch.setattr(limits, "MINUTE", 10**10)
    monkeypatch.setattr(limits, "HOUR", 10**11)


@pytest.fixture
def few(monkeypatch):
    """Three of everything for an account, five for an address, two for visitors."""
    for kind in limits.SENT:
        monkeypatch.setitem(limits.SENT, kind, limits.Most(account=3, account_an_hour=4, ip=5, visitors=2))


@pytest.fixture
def gone(monkeypatch):
    """The cache is away: nothing that is asked of it is answered."""
    monkeypatch.setattr(limits, "cache", None)


def browser(person=None, **options):
    client = Client(**options)
    if person:
        client.force_login(person)
    return client


def comments(client, post, number, text="Komentar"):
    page = reverse("activities:comment", args=[post.pk])
    return [client.post(page, {"text": f"{text} {at}"}).status_code for at in range(number)]


def reports(client, post, number):
    page = reverse("activities:flag_post", args=[post.pk])
    return [client.post(page, {"reason": "spam", "text": "Iklan"}).status_code for _at in range(number)]


def test_an_account_that_comments_without_end_is_asked_to_wait_from_wherever_it_writes(make_post, joko, few):
    post = make_post()

    said = [
        status for at in range(5) for status in comments(browser(joko, REMOTE_ADDR=f"192.0.2.{at}"), post, 1, f"{at}")
    ]

    assert said == [302, 302, 302, 429, 429]
    assert Comment.objects.count() == 3


def test_what_was_typed_stays_and_the_answer_says_how_long_to_wait(make_post, joko, few):
    post, client = make_post(), browser(joko)
    comments(client, post, 3)

    refused = client.post(reverse("activities:comment", args=[post.pk]), {"text": "Terima kasih, Bu."})

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Terima kasih, Bu." in refused.text
    assert "Anda mengirim terlalu sering" in refused.text


def test_visitors_of_one_address_report_so_often_in_all_processes_together(make_post, few):
    post, answers = make_post(), []
    for _process in range(3):
        forget_everything()  # as in another process
        answers += reports(browser(), post, 2)

    assert answers == [302, 302, 429, 429, 429, 429]
    assert Flag.objects.count() == 2
    assert reports(browser(REMOTE_ADDR="192.0.2.7"), post, 1) == [302]


def test_the_documented_number_of_reports_holds_across_two_processes(make_post):
    post, answers = make_post(), []
    for _process in range(2):
        forget_everything()
        answers += reports(browser(), post, 19)

    assert answers.count(302) == limits.SENT["message"].visitors == 20


def test_people_behind_one_address_share_a_wider_limit(make_post, few):
    post = make_post()

    said = [status for at in range(4) for status in comments(browser(make_user(f"Warga{at}")), post, 2)]

    assert said == [302] * 5 + [429] * 3


def test_an_hour_has_a_limit_of_its_own(make_post, joko, monkeypatch):
    monkeypatch.setitem(limits.SENT, "message", limits.Most(account=9, account_an_hour=4, ip=9, visitors=9))

    assert comments(browser(joko), make_post(), 6) == [302] * 4 + [429] * 2


def test_while_the_cache_is_away_each_process_counts(make_post, joko, few, gone):
    post = make_post()

    assert comments(browser(joko), post, 5) == [302, 302, 302, 429, 429]
    assert reports(browser(), post, 3) == [302, 302, 429]


def test_what_is_refused_for_its_words_does_not_count(make_post, joko, few):
    post, client = make_post(), browser(joko)
    page = reverse("activities:comment", args=[post.pk])
    for _again in range(6):
        assert client.post(page, {"text": ""}).status_code == 200

    assert comments(client, post, 1) == [302]


def test_reading_has_no_limit(make_post, joko, few):
    post, client = make_post(), browser(joko)
    comments(client, post, 5)

    pages = ["/", post.get_absolute_url(), reverse("activities:comment", args=[post.pk]), reverse("workspace")]
    assert {client.get(page).status_code for page in pages for _again in range(10)} == {200}


def test_no_limit_where_none_is_wanted(make_post, joko, few, settings):
    settings.SEARCHES_PER_MINUTE = 0

    assert comments(browser(joko), make_post(), 5) == [302] * 5


# Writing


def write(client, name=None, **more):
    page = reverse("activities:write_post", args=[name or uuid.uuid4()])
    facts = {"title": "Panen", "body": "Padi di sawah.", "type": "berita", "deed": "save"}
    return client.post(page, facts | {"sector": str(client.sector.pk)}, **more)


@pytest.fixture
def as_siti(siti, mekar, sector):
    client = browser(siti)
    client.sector = sector
    return client


def test_drafts_are_begun_so_often_and_the_words_stay_on_the_page(as_siti, few):
    answers = [write(as_siti) for _at in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Padi di sawah." in answers[-1].text
    assert "Anda mengirim terlalu sering" in answers[-1].text
    assert Post.objects.count() == 3


def test_a_device_is_told_to_come_back(as_siti, few):
    for _at in range(3):
        write(as_siti)

    answer = write(as_siti, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()) == (429, {"error": str(limits.TOO_OFTEN)})


def test_savings_of_a_draft_are_counted_apart(as_siti, few):
    name = uuid.uuid4()

    assert [write(as_siti, name).status_code for _at in range(4)] == [302] * 4
    assert write(as_siti, name).status_code == 429


def picture(color):
    file = io.BytesIO()
    Image.new("RGB", (320, 240), color).save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue())


def test_photos_are_taken_so_often(as_siti, make_post, few):
    draft = make_post(status="draft")
    page = reverse("activities:write_photo", args=[draft.client_uuid])
    colors = ["red", "green", "blue", "white"]

    answers = [as_siti.post(page, {"file": picture(color)}, headers={"Accept": "application/json"}) for color in colors]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert Photo.objects.count() == 3


def test_photos_that_come_with_the_form_are_counted_one_by_one(as_siti, sector, few):
    photos = [picture(color) for color in ("red", "green", "blue", "white")]
    facts = {"title": "Panen", "type": "berita", "sector": sector.pk, "deed": "save", "photos": photos}

    answer = as_siti.post(reverse("activities:write_post", args=[uuid.uuid4()]), facts)

    assert Photo.objects.count() == 3
    assert "Anda mengirim terlalu sering" in answer.text


def test_nobody_leaves_drafts_without_end(as_siti, make_post, monkeypatch):
    monkeypatch.setattr(writing, "MOST_UNSENT", 2)
    for _at in range(2):
        write(as_siti)

    refused = write(as_siti)
    told = write(as_siti, headers={"Accept": "application/json"}).json()

    assert "terlalu banyak draf" in refused.text
    assert "Padi di sawah." in refused.text
    assert (told["state"], told["errors"][""]) == ("refused", [str(writing.TOO_MANY_UNSENT)])
    assert Post.objects.count() == 2


def test_files_are_taken_so_often(as_siti, mekar, make_community, siti, few):
    kim = make_community("KIM Melati", status="draft")
    chair = kim.memberships.create(user=siti, name="Siti")
    kim.positions.create(membership=chair, role="ketua")
    page = reverse("communities:papers", args=[kim.slug])

    def send(at):
        paper = SimpleUploadedFile("berita.pdf", make_pdf(f"Berita {at}"))
        return as_siti.post(page, {"kind": "minutes", "minutes-file": paper}).status_code

    assert [send(at) for at in range(4)] == [302, 302, 302, 429]
    assert kim.papers.count() == 3
    assert as_siti.get(page).status_code == 200


@pytest.mark.parametrize(("step", "field"), [("decree", "file"), ("profile", "__all__")])
def test_a_file_that_comes_too_soon_is_refused_in_its_form(as_siti, make_community, siti, few, step, field):
    kim = make_community("KIM Melati", status="draft")
    chair = kim.memberships.create(user=siti, name="Siti")
    kim.positions.create(membership=chair, role="ketua")
    facts = {"number": "9/2026", "issued_on": "2026-01-05", "issuer": "lurah", "name": "KIM Anggrek", "seat": "64.71"}

    for at in range(4):
        file = SimpleUploadedFile("sk.pdf", make_pdf(f"SK {at}"))
        answer = as_siti.post(reverse(f"communities:{step}", args=[kim.slug]), facts | {"file": file})

    assert answer.context["form"].errors[field] == [str(limits.TOO_OFTEN_WITH_FILES)]
    assert 'value="9/2026"' in answer.text or 'value="KIM Anggrek"' in answer.text


@pytest.mark.parametrize(
    ("claimed", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::"),
        ("2001:db8:0:2::1", "2001:db8:0:2::"),
    ],
)
def test_a_subscriber_counts_as_one_address(rf, claimed, counted):
    assert limits.client_ip(rf.get("/", REMOTE_ADDR=claimed)) == counted
