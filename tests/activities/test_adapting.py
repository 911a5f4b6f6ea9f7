"""What one KIM does well is there for the others: taken up with credit, and linked both ways."""

import uuid

import pytest
from conftest import at_once, make_user

from accounts.models import MutedKind, Notice
from activities import adapting
from activities.models import Photo, Post
from activities.models.hoaxes import mark_as_hoax
from activities.writing import discard

pytestmark = pytest.mark.django_db


@pytest.fixture
def wayan(db):
    return make_user("Wayan")


@pytest.fixture
def melati(make_community, wayan):
    """Wayan's KIM, in the city next door."""
    kim = make_community("KIM Melati", "64.71.01.1001", is_trusted=True)
    chair = kim.memberships.create(user=wayan, name="Wayan")
    kim.positions.create(membership=chair, role="ketua")
    return kim


@pytest.fixture
def origin(make_post):
    return make_post(
        "Bank sampah tiap Jumat", body="Warga menabung *sampah*.", happened_on="2026-02-01", duties=["diskusi"],
        participants=40,
    )  # fmt: skip


def take_up(client, origin, community, name=None):
    form = {"kim": community.slug, "client_uuid": name or uuid.uuid4()}
    return client.post(f"/ruang/kegiatan/{origin.pk}/pakai/", form)


def adaptation_of(origin, make_post, community, title="Bank sampah di Manggar", **facts):
    return make_post(title, community=community, author=community.chairs[0], origin=origin, **facts)


# Beginning


@pytest.mark.django_db(transaction=True)
def test_six_pages_at_once_begin_one_draft(origin, melati, wayan):
    ended = at_once([lambda: adapting.taken_up(origin, melati, wayan, uuid.uuid4())] * 6)

    assert ended == [True] * 6
    assert Post.objects.filter(community=melati).count() == 1


def test_a_member_of_another_kim_begins_her_own_draft(client, origin, melati, wayan):
    Photo.objects.create(post=origin, alt="Warga menimbang", width=640, height=400)
    client.force_login(wayan)

    answer = take_up(client, origin, melati)

    draft = Post.objects.get(community=melati)
    assert answer.url == f"/ruang/tulis/{draft.client_uuid}/"
    assert (draft.status, draft.author, draft.place, draft.origin) == ("draft", wayan, melati.seat, origin)
    assert (draft.title, draft.body, draft.duties) == (origin.title, origin.body, ["diskusi"])
    assert (draft.sector, draft.type) == (origin.sector, "berita")
    assert (draft.happened_on, draft.participants) == (None, None)
    assert not draft.photos.exists()


@pytest.mark.parametrize(
    ("facts", "taken", "left"),
    [
        (
            {"type": "agenda", "starts_at": "2027-08-17T02:00Z", "venue": "Balai desa"},
            {},
            ["starts_at", "ends_at", "venue", "days"],
        ),
        ({"type": "potensi", "product": "Gula aren", "public_contact": "0812"}, {}, ["product", "public_contact"]),
        (
            {
                "type": "klarifikasi", "claim": "Beras plastik", "verdict": "salah",
                "source_name": "Dinas", "source_url": "https://dinas.go.id/beras",
            },
            {"claim": "Beras plastik", "verdict": "salah", "source_name": "Dinas"},
            ["clarifies"],
        ),
    ],
)  # fmt: skip
def test_what_is_of_one_place_and_day_stays_there(client, make_post, melati, wayan, facts, taken, left):
    origin = make_post("Yang pertama", **facts)
    client.force_login(wayan)

    take_up(client, origin, melati)

    draft = Post.objects.get(community=melati)
    assert draft.type == facts["type"]
    assert {name: getattr(draft, name) for name in taken} == taken
    assert not any(getattr(draft, name) for name in left)


def test_a_double_tap_makes_one_draft(client, origin, melati, wayan):
    client.force_login(wayan)
    name = uuid.uuid4()

    first, second = take_up(client, origin, melati, name), take_up(client, origin, melati, name)

    assert first.url == second.url
    assert Post.objects.filter(origin=origin).count() == 1


def test_a_tap_on_a_page_opened_twice_leads_to_the_draft_that_is_there(client, origin, melati, wayan):
    client.force_login(wayan)
    take_up(client, origin, melati)

    take_up(client, origin, melati)

    assert Post.objects.filter(origin=origin).count() == 1
    assert "Anda sudah mempunyai drafnya" in client.get(f"/ruang/kegiatan/{origin.pk}/pakai/").text


def test_a_tap_after_it_was_sent_leads_to_what_became_of_it(client, origin, melati, wayan):
    client.force_login(wayan)
    name = uuid.uuid4()
    take_up(client, origin, melati, name)
    Post.objects.filter(origin=origin).update(status="in_review")

    answer = client.post(f"/ruang/kegiatan/{origin.pk}/pakai/", {"kim": melati.slug, "client_uuid": name}, follow=True)

    assert Post.objects.filter(origin=origin).count() == 1
    assert answer.redirect_chain[-1][0] == Post.objects.get(origin=origin).own_path


def test_what_was_thrown_away_may_be_begun_again(client, origin, melati, wayan):
    client.force_login(wayan)
    take_up(client, origin, melati)
    draft = Post.objects.get(origin=origin)
    assert discard(draft, by=draft.author)

    take_up(client, origin, melati)

    assert Post.objects.filter(origin=origin, status="draft").count() == 1


def test_whoever_belongs_to_several_kim_chooses(client, origin, melati, make_community, wayan):
    anggrek = make_community("KIM Anggrek")
    anggrek.memberships.create(user=wayan, name="Wayan")
    client.force_login(wayan)

    refused = client.post(f"/ruang/kegiatan/{origin.pk}/pakai/", {"client_uuid": uuid.uuid4()})
    take_up(client, origin, anggrek)

    assert "KIM Anggrek" in refused.text
    assert "KIM Melati" in refused.text
    assert "errorlist" in refused.text
    assert Post.objects.get(origin=origin).community == anggrek


def test_a_post_of_the_own_kim_is_not_taken_up(client, origin, mekar, siti):
    client.force_login(siti)

    page = take_up(client, origin, mekar)

    assert "Kegiatan ini dari KIM Anda sendiri." in page.text
    assert not Post.objects.filter(origin=origin).exists()


@pytest.mark.parametrize(
    ("status", "sentence"), [("expired", "masa berlaku SK sudah lewat"), ("suspended", "sedang dibekukan")]
)
def test_a_kim_that_may_not_publish_learns_why(client, origin, melati, wayan, status, sentence):
    type(melati).objects.filter(pk=melati.pk).update(status=status)
    client.force_login(wayan)

    assert sentence in take_up(client, origin, melati).text
    assert not Post.objects.filter(origin=origin).exists()


def test_whoever_belongs_to_no_kim_learns_who_may(client, origin, melati, joko):
    client.force_login(joko)

    assert "Anda belum menjadi anggota" in take_up(client, origin, melati).text
    assert not Post.objects.filter(origin=origin).exists()


@pytest.mark.parametrize("bad", [{"kim": "kim-lain"}, {"client_uuid": "x"}, {"client_uuid": ""}])
def test_what_no_page_of_ours_sends_begins_nothing(client, origin, melati, wayan, bad):
    client.force_login(wayan)

    answer = client.post(f"/ruang/kegiatan/{origin.pk}/pakai/", {"kim": melati.slug, "client_uuid": uuid.uuid4()} | bad)

    assert answer.status_code == 200
    assert not Post.objects.filter(origin=origin).exists()


def test_the_uuid_of_somebody_elses_post_opens_nothing(client, origin, melati, wayan):
    client.force_login(wayan)

    answer = client.post(
        f"/ruang/kegiatan/{origin.pk}/pakai/", {"kim": melati.slug, "client_uuid": origin.client_uuid}, follow=True
    )

    assert answer.status_code == 404
    assert not Post.objects.filter(origin=origin).exists()


@pytest.mark.parametrize("warning", ["is_hoax", "is_recalled"])
def test_what_carries_a_warning_is_not_taken_up(client, origin, melati, wayan, warning):
    Post.objects.filter(pk=origin.pk).update(**{warning: True})
    client.force_login(wayan)

    assert take_up(client, origin, melati).status_code == 404
    assert "Pakai di KIM kami" not in client.get(origin.get_absolute_url()).text


def test_its_words_are_looked_at_as_those_of_any_post(client, make_post, melati, wayan):
    origin = make_post("Arisan warga", body="Hubungi 0812-3456-7890 ya.", duties=["diskusi"])
    client.force_login(wayan)
    take_up(client, origin, melati)
    draft = Post.objects.get(origin=origin)
    Post.objects.filter(pk=draft.pk).update(happened_on="2026-03-01")

    Post.objects.get(pk=draft.pk).send_in(by=wayan)

    draft.refresh_from_db()
    assert draft.status == "in_review"
    assert draft.held_for == ["phone"]


# Credit, both ways


def test_both_pages_lead_to_each_other(client, origin, make_post, melati):
    taken = adaptation_of(origin, make_post, melati)

    there, here = client.get(taken.get_absolute_url()).text, client.get(origin.get_absolute_url()).text

    assert "Diadaptasi dari" in there
    assert f'href="{origin.get_absolute_url()}"' in there
    assert '"isBasedOn"' in there
    assert f'href="{taken.get_absolute_url()}"' in here
    assert "KIM Melati" in here
    assert "Manggar" in here


@pytest.mark.parametrize("status", ["draft", "in_review", "returned", "hidden", "archived"])
def test_what_is_not_published_is_not_told_of(client, origin, make_post, melati, status):
    adaptation_of(origin, make_post, melati, "Belum siap", status=status, published_at=None)

    for page in (origin.get_absolute_url(), f"/kegiatan/{origin.pk}/dipakai/"):
        answer = client.get(page).text
        assert "KIM Melati" not in answer
        assert "Belum siap" not in answer


@pytest.mark.parametrize("status", ["hidden", "archived", "returned"])
def test_credit_stays_without_a_dead_link_when_the_origin_is_gone(client, origin, make_post, melati, status):
    taken = adaptation_of(origin, make_post, melati)
    Post.objects.filter(pk=origin.pk).update(status=status)

    page = client.get(taken.get_absolute_url()).text

    assert "Diadaptasi dari tulisan KIM Mekar" in page
    assert origin.get_absolute_url() not in page
    assert origin.title not in page
    assert "isBasedOn" not in page


def test_credit_of_what_was_marked_since_says_so(client, origin, make_post, melati, made):
    taken = adaptation_of(origin, make_post, melati)
    correction = make_post("Pelurusan", type="klarifikasi", claim="Bank sampah", verdict="salah")

    mark_as_hoax(origin, by=made, clarification=correction)

    assert "Hoaks: Bank sampah tiap Jumat" in client.get(taken.get_absolute_url()).text


def test_of_a_chain_each_names_the_one_before(client, origin, make_post, melati, make_community):
    second = adaptation_of(origin, make_post, melati)
    third = make_post("Yang ketiga", community=make_community("KIM Anggrek"), origin=second)

    page = client.get(third.get_absolute_url()).text

    assert f'href="{second.get_absolute_url()}"' in page
    assert [*origin.adaptations.adaptations()] == [second]
    assert [*second.adaptations.adaptations()] == [third]


def test_a_kim_counts_once_however_often_it_takes_a_post_up(client, origin, make_post, melati):
    first = adaptation_of(origin, make_post, melati)
    adaptation_of(origin, make_post, melati, "Sekali lagi")

    assert [*origin.adaptations.adaptations()] == [first]
    assert "1 KIM menerbitkan" in client.get(f"/kegiatan/{origin.pk}/dipakai/").text


def test_a_second_one_counts_when_the_first_is_gone(origin, make_post, melati):
    first, second = (adaptation_of(origin, make_post, melati, title) for title in ("Pertama", "Kedua"))

    Post.objects.filter(pk=first.pk).update(status="hidden")

    assert [*origin.adaptations.adaptations()] == [second]


def test_what_a_merge_made_the_kims_own_counts_no_more(origin, make_post, melati, mekar):
    taken = adaptation_of(origin, make_post, melati)

    Post.objects.filter(pk=taken.pk).update(community=mekar)

    assert not Post.objects.adaptations().exists()


def test_editing_the_adaptation_leaves_the_origin_as_it_is(client, origin, melati, wayan):
    client.force_login(wayan)
    before = origin.facts
    take_up(client, origin, melati)
    draft = Post.objects.get(origin=origin)

    client.post(
        f"/ruang/tulis/{draft.client_uuid}/", {"title": "Milik kami", "type": "berita", "sector": draft.sector_id}
    )

    origin.refresh_from_db()
    assert origin.facts == before


# Many


def test_many_are_listed_by_pages_and_cost_the_same(
    client, origin, make_post, make_community, django_assert_max_num_queries
):
    def take(number):
        for n in range(number):
            make_post(f"Bank sampah {n}", community=make_community(f"KIM {n}"), origin=origin)

    take(1)
    client.get(origin.get_absolute_url())
    with django_assert_max_num_queries(8) as one:
        client.get(origin.get_absolute_url())

    take(24)
    with django_assert_max_num_queries(len(one)):
        page = client.get(origin.get_absolute_url()).text
    listed = client.get(f"/kegiatan/{origin.pk}/dipakai/")

    assert "Lihat semua KIM yang memakainya" in page
    assert "25 KIM menerbitkan" in listed.text
    assert listed.text.count('<li class="card') == 18
    assert (
        client.get(f"/kegiatan/{origin.pk}/dipakai/{listed.context['page'].older}").text.count('<li class="card') == 7
    )


def test_the_room_of_the_kim_shows_it(client, origin, make_post, melati, mekar, siti):
    client.force_login(siti)
    assert "Dipakai KIM lain" not in client.get(f"/ruang/kim/{mekar.slug}/").text
    taken = adaptation_of(origin, make_post, melati)

    room, page = client.get(f"/ruang/kim/{mekar.slug}/").text, client.get(f"/ruang/kim/{mekar.slug}/dipakai/").text

    assert "Dipakai KIM lain" in room
    assert "1 kali" in room
    assert taken.title in page
    assert "KIM Melati" in page
    assert f'href="{origin.get_absolute_url()}"' in page


def test_before_it_is_published_its_people_and_the_officer_read_whose_it_is(desk, origin, make_post, mekar, made):
    melur = mekar  # of the regency of Made
    theirs = make_post("Punya tetangga", origin=origin, status="in_review", community=melur)

    assert "Diadaptasi dari" in desk.get(f"/ruang/kegiatan/{theirs.pk}/").text
    assert "Diadaptasi dari" in desk.get("/petugas/activities/post/antrean/").text


# Telling


def published(draft, by):
    Post.objects.filter(pk=draft.pk).update(happened_on="2026-03-01")
    draft = Post.objects.get(pk=draft.pk)
    draft.send_in(by=by)
    return draft


def test_the_people_of_the_origin_are_told_once(client, origin, melati, wayan, siti, mekar):
    rina = make_user("Rina")
    mekar.memberships.create(user=rina, name="Rina")
    Post.objects.filter(pk=origin.pk).update(author=rina)
    client.force_login(wayan)
    take_up(client, origin, melati)
    assert not Notice.objects.filter(kind="adaptation").exists()

    published(Post.objects.get(origin=origin), wayan)
    take_up(client, origin, melati)
    published(Post.objects.get(origin=origin, status="draft"), wayan)

    told = Notice.objects.filter(kind="adaptation")
    assert {notice.user for notice in told} == {rina, siti}
    assert len(told) == 2
    assert origin.title in told[0].title
    assert told[0].path == f"/kegiatan/{origin.pk}/dipakai/"


def test_who_muted_it_gets_no_mail(client, origin, melati, wayan, siti):
    MutedKind.objects.create(user=siti, kind="adaptation")
    client.force_login(wayan)
    take_up(client, origin, melati)

    published(Post.objects.get(origin=origin), wayan)

    assert not siti.notices.get(kind="adaptation").dispatches.exists()


# Kept pages


def test_both_kept_pages_follow_what_happens_to_the_other(
    client, origin, make_post, melati, settings, django_capture_on_commit_callbacks, made
):
    settings.PAGE_STORE = True
    assert "KIM Melati" not in client.get(origin.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        taken = adaptation_of(origin, make_post, melati)
    assert "KIM Melati" in client.get(origin.get_absolute_url()).text
    assert origin.title in client.get(taken.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        origin.hide(by=made, reason="other")
    assert "tidak tampil lagi" in client.get(taken.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        origin.show_again(by=made)
    assert origin.title in client.get(taken.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        taken.archive(by=taken.author)
    assert "KIM Melati" not in client.get(origin.get_absolute_url()).text
