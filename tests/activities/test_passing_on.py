"""A bulletin passed on by a KIM: as a post, by its link, or outside the portal; claimed, verified, and recalled."""

import io
import uuid
from datetime import timedelta

import pytest
from conftest import make_user
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from accounts.images import prepare_photo
from accounts.lifecycle import StepRefused
from activities.models import Channel, Evidence, Post, Redissemination
from activities.views import reading
from bulletins import sending
from bulletins.models import Bulletin, Delivery
from pages import freshness, limits
from regions.clocks import today

DAY = timedelta(days=1)


def photo(name="papan.jpg"):
    file = io.BytesIO()
    Image.new("RGB", (640, 400)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


@pytest.fixture
def sent(make_bulletin, mekar):
    bulletin = make_bulletin(status="sent", sent_at=timezone.now() - 3 * DAY)
    sending.deliver(bulletin.pk)
    return bulletin


@pytest.fixture
def delivery(sent):
    return sent.deliveries.get()


@pytest.fixture
def record(delivery, siti):
    def act(channel=Channel.PAPAN, **facts):
        facts = {"people": 40, "happened_on": today(delivery.place), "by": siti} | facts
        return Redissemination.objects.record(delivery, channel, **facts)

    return act


KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.fixture
def url(delivery):
    return f"/ruang/informasi/kiriman/{delivery.pk}/sebarkan/"


@pytest.fixture
def typed(delivery):
    return {"channel": "papan", "people": "40", "happened_on": today(delivery.place).isoformat(), "note": "Balai RT 03"}


def reach():
    return Delivery.objects.values_list("reach_claimed", "reach_verified").get()


# Told without a line, and sent by the phone


def phone_sends(client, url, typed, *, seconds_ago=0, client_uuid=KEY):
    typed = typed | {"client_uuid": client_uuid, "seconds_ago": seconds_ago}
    return client.post(url, typed, headers={"accept": "application/json"}).json()


def test_a_phone_is_told_where_it_went_however_often_it_sends(client, siti, url, typed):
    client.force_login(siti)

    answers = [phone_sends(client, url, typed) for _time in range(2)]

    assert answers == [{"state": "sent", "next": f"{url}#catatan"}] * 2
    assert (Redissemination.objects.count(), reach()) == (1, (40, 0))


def test_a_phone_is_told_what_is_wrong_by_field(client, siti, url, typed):
    client.force_login(siti)

    told = phone_sends(client, url, typed | {"people": "0", "channel": ""})

    assert told["state"] == "refused"
    assert told["errors"].keys() == {"people", "channel"}


def test_what_waited_on_a_phone_does_not_undo_what_was_told_since(client, siti, url, typed, record):
    client.force_login(siti)
    record(people=55)

    told = phone_sends(client, url, typed, seconds_ago=3600)

    assert "dicatat lagi" in " ".join(told["errors"][""])
    assert Redissemination.objects.get().people == 55


def test_a_phone_that_sends_too_often_is_asked_to_wait(client, siti, url, typed, settings, monkeypatch):
    client.force_login(siti)
    settings.SEARCHES_PER_MINUTE = 60
    monkeypatch.setitem(limits.SENT, "photo", limits.Most(account=0, account_an_hour=0, ip=0))

    answer = client.post(url, typed, headers={"accept": "application/json"})

    assert answer.status_code == 429


# As a local post


def test_one_tap_begins_a_post_that_says_the_short_version(client, siti, delivery, sent):
    client.force_login(siti)

    page = client.post(f"/ruang/informasi/kiriman/{delivery.pk}/tulis/", follow=True)

    post = Post.objects.get()
    assert (post.bulletin, post.title, post.body, post.status) == (sent, sent.title, sent.short_text, "draft")
    assert post.type == "pengumuman"
    assertContains(page, "Meneruskan informasi:")


def test_two_taps_make_one_draft(client, siti, delivery):
    client.force_login(siti)
    for _tap in range(2):
        client.post(f"/ruang/informasi/kiriman/{delivery.pk}/tulis/")

    assert Post.objects.count() == 1


def test_a_draft_thrown_away_may_be_begun_again(client, siti, delivery):
    client.force_login(siti)
    url = f"/ruang/informasi/kiriman/{delivery.pk}/tulis/"
    client.post(url)
    client.post(f"/ruang/tulis/{Post.objects.get().client_uuid}/buang/")

    client.post(url)

    assert Post.objects.count() == 1


@pytest.mark.parametrize("verb", ["close", "recall"])
def test_what_does_not_hold_any_more_begins_no_post(client, siti, delivery, sent, made, verb):
    getattr(sent, verb)(by=made, **({"reason": "Keliru."} if verb == "recall" else {}))
    client.force_login(siti)

    page = client.post(f"/ruang/informasi/kiriman/{delivery.pk}/tulis/", follow=True)

    assertContains(page, "tidak berlaku lagi, jadi tidak dapat disebarkan")
    assert not Post.objects.exists()


def test_published_it_counts_as_passed_on_once(make_post, siti, made, sent, delivery):
    first, second = (make_post(f"Polio {number}", status="in_review", bulletin=sent) for number in (1, 2))
    assert not Delivery.objects.get().passed_on_at

    first.publish(by=made)
    passed_on_at = Delivery.objects.get().passed_on_at
    second.publish(by=made)

    assert passed_on_at
    assert Delivery.objects.get().passed_on_at == passed_on_at
    act = Redissemination.objects.get()
    assert (act.channel, act.post, act.people, act.by) == ("post", first, 0, siti)


def test_a_post_of_a_kim_that_did_not_get_it_counts_for_nobody(make_post, make_community, made, sent):
    post = make_post(status="in_review", bulletin=sent, community=make_community("KIM Baru"))

    post.publish(by=made)

    assert not Redissemination.objects.exists()


def test_its_page_says_what_it_carries_on_and_the_other_way_round(client, make_post, sent):
    post = make_post(bulletin=sent)

    assertContains(client.get(post.get_absolute_url()), sent.get_absolute_url())
    assertContains(client.get(sent.get_absolute_url()), post.get_absolute_url())


def test_a_page_of_a_post_says_that_the_information_is_over(client, make_post, sent, made):
    post = make_post(bulletin=sent)
    sent.close(by=made)

    assertContains(client.get(post.get_absolute_url()), "tidak berlaku lagi")


# Recalled


MARK = '<strong class="badge badge--bad">Ditarik</strong>'


def test_a_recall_marks_every_post_at_once_with_the_reason(client, make_post, sent, made, places):
    post = make_post(bulletin=sent)
    adapted = make_post("Polio di sini juga", bulletin=sent, origin=post)
    untouched = make_post("Panen raya")

    sent.recall(by=made, reason="Tanggalnya keliru.")

    for marked in (post, adapted):
        page = client.get(marked.get_absolute_url())
        assertContains(page, f"<title>Ditarik: {marked.title} · KIM</title>", html=True)
        assertContains(page, "Tanggalnya keliru.")
        assertContains(page, 'content="noindex"')
        assertNotContains(page, "wa.me")
    # Beside it, as in every list, the mark stands at the post that was recalled.
    page = client.get(untouched.get_absolute_url())
    assertContains(page, f"<title>{untouched.title} · KIM</title>", html=True)
    assertContains(page, f'<a rel="prev" href="{adapted.get_absolute_url()}" lang="id">{adapted.title}</a>', html=True)
    assertContains(page, MARK, count=1)
    assertContains(client.get("/kegiatan/"), MARK, count=2)
    assertContains(client.get("/feed/wilayah/64.02/"), f"Ditarik: {post.title}")


def test_pages_kept_of_the_village_and_of_the_kim_are_new_at_once(
    client, make_post, sent, made, mekar, settings, monkeypatch
):
    settings.PAGE_STORE = settings.CARD_STORE = True
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    post = make_post(bulletin=sent)
    urls = [post.get_absolute_url(), mekar.get_absolute_url(), mekar.seat.get_absolute_url(), "/kegiatan/", "/"]
    for url in urls:
        assertNotContains(client.get(url), "Ditarik")

    Bulletin.objects.get().recall(by=made, reason="Tanggalnya keliru.")

    for url in urls[:-1]:
        assertContains(client.get(url), "Ditarik")
    # What was recalled is not carried to readers of the home page.
    assertNotContains(client.get("/"), post.get_absolute_url())


@pytest.mark.parametrize("topic", ["bulletin-{post.bulletin_id}", "kim-{post.community.slug}"])
def test_a_page_is_not_kept_whose_sources_change_while_it_is_made(
    client, make_post, sent, settings, monkeypatch, topic
):
    settings.PAGE_STORE = True
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    post, asked, times = make_post(bulletin=sent), reading.asked, []

    def changed_after_the_first(question, *values, **literally):
        rows = asked(question, *values, **literally)
        if question is reading.post_of_page:
            times.append(1)
            if len(times) == 1:
                freshness.changed(topic.format(post=post))
        return rows

    monkeypatch.setattr(reading, "asked", changed_after_the_first)
    for _visit in range(3):
        client.get(post.get_absolute_url())

    assert len(times) == 2, "the second page is kept, the first is not"


def test_a_page_follows_what_its_post_comes_from_by_now(client, make_post, sent, settings, monkeypatch):
    settings.PAGE_STORE = True
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    post, asked, read = make_post(), reading.asked, []
    monkeypatch.setattr(reading, "asked", lambda question, *values: read.append(question) or asked(question, *values))

    def is_made_anew():
        read.clear()
        client.get(post.get_absolute_url())
        return reading.post_of_page in read

    assert is_made_anew()
    Post.objects.filter(pk=post.pk).update(bulletin=sent)
    freshness.changed(f"post-{post.pk}")
    assert is_made_anew()
    assert not is_made_anew()
    freshness.changed(f"bulletin-{sent.pk}")
    assert is_made_anew()


def test_what_carries_on_a_recalled_one_is_neither_sent_in_nor_published(make_post, sent, made, siti):
    draft, waiting = make_post(status="draft", bulletin=sent), make_post(status="in_review", bulletin=sent)
    sent.recall(by=made, reason="Tanggalnya keliru.")

    with pytest.raises(StepRefused, match="sudah ditarik"):
        Post.objects.get(pk=draft.pk).send_in(by=siti)
    with pytest.raises(StepRefused, match="sudah ditarik"):
        Post.objects.get(pk=waiting.pk).publish(by=made)


# By the KIM's own link


def test_sharing_counts_once(client, siti, delivery):
    client.force_login(siti)
    for _tap in range(2):
        page = client.post(f"/ruang/informasi/kiriman/{delivery.pk}/bagikan/", follow=True)

    assertContains(page, "https://wa.me/?text=%2AImunisasi%20polio%2A")
    assert Redissemination.objects.get().channel == "bagikan"
    assert Delivery.objects.get().passed_on_at


def test_a_script_is_answered_without_a_page(client, siti, delivery):
    client.force_login(siti)

    answer = client.post(f"/ruang/informasi/kiriman/{delivery.pk}/bagikan/", headers={"Accept": "application/json"})

    assert answer.status_code == 204
    assert Redissemination.objects.count() == 1


# Outside the portal


def test_an_act_is_recorded_with_its_photo(client, siti, url, typed):
    client.force_login(siti)

    page = client.post(url, typed | {"photo": photo()}, follow=True)

    act = Redissemination.objects.get()
    assert (act.channel, act.people, act.note, act.by) == ("papan", 40, "Balai RT 03", siti)
    assert default_storage.exists(act.evidence.path("640.webp"))
    assert reach() == (40, 0)
    assertContains(page, act.evidence.src1280)


def test_the_same_sending_twice_is_one(client, siti, url, typed):
    client.force_login(siti)
    typed |= {"client_uuid": str(uuid.uuid4())}
    for _tap in range(2):
        client.post(url, typed)

    assert reach() == (40, 0)


def test_a_page_that_was_gone_back_to_puts_right_what_it_said(client, siti, url, typed):
    client.force_login(siti)
    typed |= {"client_uuid": str(uuid.uuid4())}
    for people in ("41", "77"):
        client.post(url, typed | {"people": people})

    assert Redissemination.objects.get().people == 77
    assert reach() == (77, 0)


def test_a_page_that_was_gone_back_to_records_another_channel_too(client, siti, url, typed):
    client.force_login(siti)
    typed |= {"client_uuid": str(uuid.uuid4())}

    for channel in ("papan", "radio", "papan"):
        assert client.post(url, typed | {"channel": channel, "photo": photo()}).status_code == 302

    assert (Redissemination.objects.count(), reach()) == (2, (80, 0))


def test_a_second_one_on_a_channel_puts_the_first_right(record, siti):
    record(people=40)
    record(people=25, note="Salah hitung")
    record(Channel.RADIO, people=100)

    assert Redissemination.objects.count() == 2
    assert reach() == (125, 0)


def test_verified_it_is_not_put_right_any_more(record, made):
    record(people=40).verify(30, by=made)

    with pytest.raises(StepRefused, match="sudah diperiksa"):
        record(people=4000)

    assert reach() == (40, 30)


def test_a_former_photo_goes_with_its_files(record, django_capture_on_commit_callbacks):
    former = record(photo=prepare_photo(photo())).evidence
    with django_capture_on_commit_callbacks(execute=True):
        record(photo=prepare_photo(photo()))

    assert Evidence.objects.get().uuid != former.uuid
    assert not default_storage.exists(former.path("640.webp"))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"channel": ""}, "channel", "Pilih caranya."),
        ({"channel": "post"}, "channel", "Pilih dari daftar ini."),
        ({"people": "banyak"}, "people", "angka"),
        ({"people": ""}, "people", "Tulis jumlah"),
        ({"people": "0"}, "people", "paling sedikit satu"),
        ({"people": "99999999999"}, "people", "1000000"),
        ({"happened_on": ""}, "happened_on", "Pilih tanggalnya."),
        ({"happened_on": "2019-01-01"}, "happened_on", "mendahului"),
        ({"happened_on": "2099-01-01"}, "happened_on", "belum tiba"),
        ({"note": "NIK 6402024108900001"}, "note", "NIK"),
        ({"photo": SimpleUploadedFile("papan.jpg", b"bukan foto")}, "photo", "foto"),
        ({"photo": SimpleUploadedFile("papan.jpg", b"")}, "photo", "kosong"),
    ],
)
def test_what_is_refused_says_why_and_stays(client, siti, url, typed, changes, field, sentence):
    client.force_login(siti)

    page = client.post(url, typed | changes)

    assert sentence in " ".join(page.context["form"].errors[field])
    if field != "note":
        assertContains(page, "Balai RT 03")
    assert not Redissemination.objects.exists()


def test_what_happened_before_the_recall_may_be_told_after_it(record, sent, made, delivery):
    sent.recall(by=made, reason="Tanggalnya keliru.")
    sent.steps.update(at=timezone.now() - DAY)
    delivery.refresh_from_db()

    record(happened_on=today(delivery.place) - 2 * DAY)
    with pytest.raises(StepRefused, match="sudah tidak berlaku"):
        record(Channel.RADIO)


def test_only_the_people_of_the_kim_record(client, joko, made, with_second_factor, url, typed):
    for stranger in (joko, with_second_factor(made)):
        client.force_login(stranger)
        assert client.post(url, typed).status_code == 404

    assert not Redissemination.objects.exists()


@pytest.mark.parametrize("name", ["joko", "ratna"])
def test_evidence_is_for_its_kim_and_the_officers_above_it(client, record, request, with_second_factor, name):
    evidence = record(photo=prepare_photo(photo())).evidence
    stranger = request.getfixturevalue(name)
    client.force_login(with_second_factor(stranger) if stranger.is_officer else stranger)

    assert client.get(evidence.src640).status_code == 404


# What an officer finds


def test_claimed_and_verified_stand_apart(record, made):
    record(people=40).verify(30, by=made)
    record(Channel.RADIO, people=100)

    assert reach() == (140, 30)


def test_a_refused_claim_counts_no_more_and_its_kim_is_told(record, made, siti, url):
    record(people=40).refuse("Fotonya dari tahun lalu.", by=made)

    assert reach() == (0, 0)
    notice = siti.notices.get(title__startswith="Belum dapat dihitung")
    assert (notice.text, notice.path) == ("Fotonya dari tahun lalu.", url)


def test_put_right_a_refused_claim_waits_again(record, made):
    record(people=40).refuse("Fotonya dari tahun lalu.", by=made)

    record(people=20)

    assert reach() == (20, 0)
    assert Redissemination.objects.waits_for(made).count() == 1


@pytest.mark.parametrize("people", [0, -1, 41])
def test_nobody_finds_more_than_was_claimed(record, made, people):
    with pytest.raises(StepRefused, match="dari 1 sampai 40"):
        record(people=40).verify(people, by=made)


def test_of_two_officers_one_judges(record, made):
    claim = record(people=40)
    other = Redissemination.objects.get()
    claim.verify(30, by=made)

    with pytest.raises(StepRefused, match="baru saja"):
        other.refuse("Terlambat.", by=made)

    assert reach() == (40, 30)


def test_what_changed_since_it_was_looked_at_is_not_judged(record, made):
    seen = record(people=40)
    record(people=400)

    with pytest.raises(StepRefused, match="baru saja"):
        seen.verify(40, by=made)


def test_an_officer_does_not_judge_the_own_kim_or_another_region(record, made, ratna, mekar):
    claim = record()
    with pytest.raises(StepRefused):
        claim.verify(30, by=ratna)
    mekar.memberships.create(user=made, name="Made")
    with pytest.raises(StepRefused):
        claim.verify(30, by=made)

    assert not Redissemination.objects.waits_for(made).exists()


def test_what_the_portal_saw_itself_is_not_judged(delivery, siti, made):
    act = Redissemination.objects.share(delivery, by=siti)

    with pytest.raises(StepRefused, match="portal sendiri"):
        act.refuse("Tidak benar.", by=made)


def test_the_database_holds_no_claim_half_judged(record, made):
    claim = record()
    for facts in ({"judged_by": made}, {"verified_people": 3}, {"verified_people": 99, "judged_by": made}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redissemination.objects.filter(pk=claim.pk).update(judged_at=timezone.now(), **facts)


# At the desk


@pytest.fixture
def claims(sent, places, make_community, siti):
    def make(number):
        kim = make_community(f"KIM {number}")
        sent.deliveries.create(community=kim, place=kim.seat)
        facts = {"channel": "papan", "people": number, "happened_on": "2026-11-01", "by": siti, "place": kim.seat}
        return sent.redisseminations.create(community=kim, **facts)

    return [make(number) for number in range(1, 31)]


def listed(answer):
    return [claim.people for claim in answer.context["cl"].result_list]


def test_the_largest_come_first(desk, claims):
    page = desk.get("/petugas/activities/redissemination/?contoh=menunggu")

    assert listed(page) == list(range(30, 0, -1))


def test_a_sample_is_drawn_and_stays_all_day(desk, claims, made):
    url = "/petugas/activities/redissemination/?contoh=acak"

    drawn = listed(desk.get(url))

    assert len(drawn) == 10
    assert drawn == listed(desk.get(url))
    assert drawn != listed(desk.get("/petugas/activities/redissemination/?contoh=menunggu"))[:10]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"decision": "verify", "people": ""}, "people", "Tulis jumlah"),
        ({"decision": "verify", "people": "semua"}, "people", "angka"),
        ({"decision": "verify", "people": "41"}, "__all__", "dari 1 sampai 40"),
        ({"decision": "refuse", "people": "40", "reason": ""}, "reason", "Tulis alasannya."),
        ({"decision": "", "people": "40"}, "decision", ""),
        ({"decision": "verify", "people": "40", "seen": "2026-08-12T04:00:00+23:59"}, "__all__", ""),
        ({"decision": "verify", "people": "40", "seen": "9999-12-31T23:59:59-12:00"}, "seen", ""),
    ],
)
def test_a_judgement_that_is_refused_says_why(desk, record, typed, field, sentence):
    claim = record(people=40)

    page = desk.post(f"/petugas/activities/redissemination/{claim.pk}/periksa/", typed)

    assert sentence in " ".join(page.context["form"].errors[field])
    assert not Redissemination.objects.exclude(judged_at=None).exists()


def test_the_first_page_of_the_desk_tells_how_many_wait(desk, record):
    def number():
        return next(queue.number for queue in desk.get("/petugas/").context["queues"] if queue.word == "claims")

    assert number() == 0
    record()

    assert number() == 1


def test_nobody_of_the_kim_sees_what_another_kim_did(client, sent, record, make_community, delivery):
    record(note="Di rumah Bu Wati")
    nengah, other = make_user("Nengah"), make_community("KIM Lain")
    other.memberships.create(user=nengah, name="Nengah")
    theirs = sent.deliveries.create(community=other, place=other.seat)
    client.force_login(nengah)

    assertNotContains(client.get(f"/ruang/informasi/kiriman/{theirs.pk}/sebarkan/"), "Bu Wati")


# A KIM that was merged into another


@pytest.fixture
def successor(make_community, joko):
    """KIM Akik, whose chair is Joko."""
    community = make_community("KIM Akik")
    member = community.memberships.create(user=joko, name=joko.name)
    community.positions.create(membership=member, role="ketua")
    return community


def test_what_it_became_has_its_information_and_is_told_of_the_recall(
    client, mekar, sent, delivery, record, successor, joko, made
):
    claim = record()
    link = delivery.short_url
    mekar.merge_into(successor, by=made)
    sent.recall(by=made, reason="Tanggalnya keliru.")

    sending.follow_up(sent.follow_ups.get().pk)

    assert joko.notices.get(key=f"recall-{sent.pk}").path == sent.room_path
    client.force_login(joko)
    assertContains(client.get(sent.room_path), "Tanggalnya keliru.")
    claim.refresh_from_db()
    assert (claim.community, claim.delivery.short_url) == (successor, link)


def test_what_both_had_stays_as_each_of_them_had_it(successor, mekar, make_bulletin, made, joko, siti):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    mekar.merge_into(successor, by=made)
    bulletin.recall(by=made, reason="Tanggalnya keliru.")

    sending.follow_up(bulletin.follow_ups.get().pk)

    assert bulletin.deliveries.filter(community=mekar).exists()
    assert joko.notices.filter(key=f"recall-{bulletin.pk}").count() == 1
