"""Fairly moderated: who reads first, what waits and why, who decides, and what the author hears."""

import threading
from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.db import connection
from django.utils import timezone

from accounts.suspicion import suspicions
from activities.models import Appeal, FlaggedItem, Photo, Post, Review, TrustRule
from activities.models.hoaxes import mark_as_hoax
from activities.models.neighbours import asking_beside, beside
from activities.tasks import pass_chairs
from communities.models import Membership, StepRefused
from pages import freshness
from regions.templatetags.places import place_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(mekar):
    type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)
    mekar.refresh_from_db()
    return mekar


@pytest.fixture
def rina(mekar):
    user = make_user("Rina")
    Membership.objects.create(community=mekar, user=user, name="Rina")
    return user


@pytest.fixture
def photo(make_post):
    return Photo.objects.create(post=make_post(), alt="Ibu-ibu menimbang balita", width=800, height=600)


class TestSendingIn:
    def test_the_post_of_a_new_kim_waits(self, make_post, siti):
        post = make_post(status="draft")

        post.send_in(by=siti)

        assert post.status == "in_review"
        assert list(Post.objects.waiting()) == [post]

    def test_that_of_a_trusted_kim_is_out_at_once_and_looked_at_afterwards(self, make_post, siti, trusted):
        post = make_post(status="draft", reviewed_at=None)

        post.send_in(by=siti)

        assert (post.status, post.reviewed_at) == ("published", None)
        assert list(Post.objects.unreviewed()) == [post]
        trusted.refresh_from_db()
        assert trusted.post_count == 1

    def test_a_telephone_number_makes_even_that_one_wait_and_says_why(self, make_post, siti, trusted):
        post = make_post(status="draft", body="Hubungi Bu Rina di 0812-3456-7890.")

        post.send_in(by=siti)

        assert (post.status, post.held_for) == ("in_review", ["phone"])
        assert "nomor telepon" in str(post.held_because[0])

    def test_the_chair_reads_first_where_the_kim_wants_it(self, make_post, mekar, siti, rina):
        type(mekar).objects.filter(pk=mekar.pk).update(chair_reviews=True)
        mekar.refresh_from_db()
        post = make_post(status="draft", author=rina)

        post.send_in(by=rina)
        assert post.status == "chair_review"
        assert not Post.objects.waiting().exists()
        assert siti.notices.get().path == f"/ruang/kegiatan/{post.pk}/baca/"
        with pytest.raises(StepRefused):
            post.approve_by_chair(by=rina)

        post.approve_by_chair(by=siti)
        assert list(Post.objects.waiting()) == [post]

    def test_no_officer_decides_what_the_chair_has_not_read(self, make_post, made):
        post = make_post(status="chair_review")

        with pytest.raises(StepRefused):
            post.publish(by=made)

        assert Post.objects.get().status == "chair_review"

    def test_the_chair_sends_back_and_it_costs_the_kim_no_trust(self, make_post, siti, rina, trusted):
        for _ in range(4):
            post = make_post(status="chair_review", author=rina)
            post.return_by_chair(by=siti, reason="incomplete", note="Tambahkan tanggalnya.")

        trusted.refresh_from_db()
        assert (post.status, trusted.is_trusted) == ("returned", True)
        assert "Tambahkan tanggalnya." in rina.notices.first().text

    def test_the_chairs_own_post_needs_no_second_reading(self, make_post, mekar, siti):
        type(mekar).objects.filter(pk=mekar.pk).update(chair_reviews=True)
        mekar.refresh_from_db()
        post = make_post(status="draft")

        post.send_in(by=siti)

        assert post.status == "in_review"

    @pytest.mark.parametrize("became", ["the chair wrote it", "there is no chair any more"])
    def test_what_no_chair_will_read_goes_on_by_itself(self, make_post, mekar, siti, rina, became):
        post = make_post(status="chair_review", author=siti if became == "the chair wrote it" else rina)
        if post.author == rina:
            pass_chairs.call()
            assert Post.objects.get().status == "chair_review"
            mekar.positions.update(ends_on=timezone.localdate())

        pass_chairs.call()

        assert Post.objects.get().status == "in_review"

    def test_nobody_is_asked_to_read_what_they_wrote(self, client, make_post, siti):
        post = make_post("Panen raya", status="chair_review")
        client.force_login(siti)

        assert "Panen raya" not in client.get("/ruang/kegiatan/dibaca/").text
        assert post.chair_path not in client.get(post.own_path).text
        assert client.get(post.chair_path).status_code == 404
        with pytest.raises(StepRefused):
            post.approve_by_chair(by=siti)

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"title": " "}, "judulnya"),
            ({"type": "agenda"}, "waktu mulai"),
            ({"type": "klarifikasi"}, "klaim"),
        ],
    )
    def test_what_lacks_something_is_refused_in_words(self, make_post, siti, facts, sentence):
        post = make_post(status="draft", **facts)

        with pytest.raises(StepRefused, match=sentence):
            post.send_in(by=siti)

        assert Post.objects.get().status == "draft"

    def test_neither_a_photo_without_words_nor_a_kim_that_may_not_publish(self, make_post, siti, make_community):
        Photo.objects.create(post=(post := make_post(status="draft")), alt="", width=800, height=600)
        suspended = make_post(status="draft", community=make_community(status="suspended"))

        with pytest.raises(StepRefused, match="keterangan"):
            post.send_in(by=siti)
        with pytest.raises(StepRefused, match="belum dapat menerbitkan"):
            suspended.send_in(by=siti)


class TestSuspicion:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Hubungi 0812-3456-7890", ["phone"]),
            ("WA +62 812 3456 7890 ya", ["phone"]),
            ("tel. 0812.3456.7890", ["phone"]),
            ("kantor (0541) 555123", ["phone"]),
            ("NIK 6402 0241 0890 0001 milik ibu", ["nik"]),
            ("6402020112850003", ["nik"]),
            ("Pada 17-08-2026 pukul 08.00 hadir 1.250 warga, biaya Rp 12.500.000", []),
            ("Nomor SK 012/SK-KIM/2026, kode desa 64.02.02.2003", []),
            ("Donasi ke rek. BRI 1234-01-012345-50-1", ["nik"]),
            ("NPWP 01.234.567.8-901.000, WA 0812-3456-7890", ["phone", "nik"]),
            ("Slot gacor maxwin", ["spam"]),
            ("AYO DAFTAR SEKARANG JUGA SEBELUM TERLAMBAT DAN DAPATKAN", ["spam"]),
            ("lihat https://kominfo.go.id/berita", ["links"]),
        ],
    )
    def test_what_is_seen_and_what_is_not(self, text, found):
        assert suspicions([text], is_trusted=False) == found

    def test_a_trusted_kim_may_link(self):
        assert suspicions(["https://kominfo.go.id"], is_trusted=True) == []

    def test_a_contact_may_be_a_telephone_number_or_a_link_and_no_account(self):
        assert suspicions([], contacts=["0812-3456-7890", "https://contoh.id"], is_trusted=False) == []
        assert suspicions([], contacts=["BRI 1234-01-012345-50-1"], is_trusted=True) == ["nik"]

    def test_long_texts_are_read_to_their_end(self):
        assert suspicions(["0 " * 20_000, "08" * 10_000, "6402 " * 5_000], is_trusted=False) == []


class TestDeciding:
    DEEDS = [
        ("send_back", "in_review", "returned"),
        ("reject", "in_review", "rejected"),
        ("hide", "published", "hidden"),
    ]

    @pytest.mark.parametrize(("deed", "before", "after"), DEEDS)
    def test_the_author_hears_the_reason_where_it_can_be_mended(self, make_post, made, siti, deed, before, after):
        post = make_post(status=before)

        getattr(post, deed)(by=made, reason="personal_data", note="Hapus nomor KK di foto kedua.")

        review, notice = post.reviews.get(), siti.notices.get()
        assert (post.status, review.decision, review.reason, review.by) == (after, after, "personal_data", made)
        assert notice.path == post.own_path
        assert "memuat data pribadi orang" in notice.text
        assert "Hapus nomor KK di foto kedua." in notice.text

    @pytest.mark.parametrize(("deed", "before", "after"), DEEDS)
    def test_without_a_reason_nothing_happens(self, make_post, made, siti, deed, before, after):
        post = make_post(status=before)

        with pytest.raises(StepRefused, match="alasan"):
            getattr(post, deed)(by=made, reason="", note="")

        assert Post.objects.get().status == before
        assert not siti.notices.exists()

    def test_only_the_officer_of_that_place_and_never_one_of_the_kim(self, make_post, mekar, made, ratna, siti, places):
        post = make_post(status="in_review")
        without_duty = make_officer("Wayan", places["64.02"])
        without_duty.assignments.update(duties=["verification"])
        province = make_officer("Wati", places["64"])

        for person in (ratna, siti, without_duty, province):
            with pytest.raises(StepRefused):
                post.publish(by=person)
        Membership.objects.create(community=mekar, user=made, name="Made")
        with pytest.raises(StepRefused):
            post.publish(by=made)
        assert not Post.objects.decided_by(made).exists()

        assert Post.objects.get().status == "in_review"

    def test_the_list_and_the_verb_agree_on_whose_it_is(self, make_post, made, ratna, places):
        here, province = make_post(status="in_review"), make_post(status="in_review", place=places["64"])
        wati = make_officer("Wati", places["64"])
        bagus = make_officer("Bagus", places["0"])

        for user in (made, ratna, wati, bagus):
            listed = set(Post.objects.decided_by(user))
            assert listed == {post for post in (here, province) if post.decided_by(user)}, user

    def test_shown_again_it_is_where_it_was(self, make_post, made):
        post = make_post()
        moment = post.published_at
        post.hide(by=made, reason="other", note="Sebentar.")

        post.show_again(by=made)

        assert (post.status, post.published_at, post.community.post_count) == ("published", moment, 1)

    def test_looked_at_and_kept_it_leaves_the_list(self, make_post, made):
        post = make_post()
        assert list(Post.objects.unreviewed()) == [post]

        post.keep(by=made)

        assert not Post.objects.unreviewed().exists()
        with pytest.raises(StepRefused):
            post.keep(by=made)

    def test_one_photo_goes_and_comes_back(self, client, photo, made, siti):
        photo.hide(by=made, reason="child", note="Wajah anak terlihat.")
        assert photo.is_hidden
        assert str(photo.uuid) not in client.get(photo.post.get_absolute_url()).text
        assert client.get(photo.src640).status_code == 404

        photo.show_again(by=made)
        assert str(photo.uuid) in client.get(photo.post.get_absolute_url()).text
        assert [notice.title[:4] for notice in siti.notices.order_by("pk")] == ["Foto", "Foto"]

    def test_a_hoax_stays_with_its_correction(self, make_post, made):
        hoax, other = make_post("Vaksin berbahaya"), make_post("Berita")
        correction = make_post(type="klarifikasi", claim="Vaksin berbahaya", verdict="salah")

        with pytest.raises(StepRefused):
            mark_as_hoax(hoax, by=made, clarification=other)
        mark_as_hoax(hoax, by=made, clarification=correction)

        assert (hoax.is_hoax, hoax.status) == (True, "published")
        assert beside(hoax, asking_beside(hoax).rows()).clarifications == [correction]


class TestTrust:
    def publish_some(self, make_post, made, number):
        for _ in range(number):
            make_post(status="in_review").publish(by=made)

    def test_it_comes_after_the_regencys_number_of_posts(self, make_post, mekar, made, siti, places):
        TrustRule.objects.create(region=places["64.02"], posts_needed=3)

        self.publish_some(make_post, made, 2)
        mekar.refresh_from_db()
        assert not mekar.is_trusted
        self.publish_some(make_post, made, 1)

        mekar.refresh_from_db()
        assert mekar.is_trusted
        assert "dipercaya" in siti.notices.order_by("-pk").first().title + siti.notices.order_by("-pk")[1].title

    def test_a_refusal_begins_the_count_again(self, make_post, mekar, made):
        self.publish_some(make_post, made, 4)
        make_post(status="in_review").reject(by=made, reason="advertising")
        self.publish_some(make_post, made, 4)

        mekar.refresh_from_db()
        assert not mekar.is_trusted

    def test_it_goes_with_one_refusal_too_many_and_the_kim_reads_why(self, make_post, trusted, made, siti):
        for _ in range(2):
            make_post().hide(by=made, reason="advertising")
        trusted.refresh_from_db()
        assert trusted.is_trusted

        make_post("Jual panci").hide(by=made, reason="advertising")

        trusted.refresh_from_db()
        assert not trusted.is_trusted
        told = siti.notices.get(title__contains="tidak lagi terbit langsung")
        assert "Jual panci: iklan atau spam" in told.text

    def test_refusals_of_long_ago_do_not_count(self, make_post, trusted, made):
        for _ in range(2):
            make_post().hide(by=made, reason="advertising")
        Review.objects.update(at=timezone.now() - timedelta(days=100))

        make_post().hide(by=made, reason="advertising")

        trusted.refresh_from_db()
        assert trusted.is_trusted


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_decides(make_post, made, places, siti):
    post, nyoman = make_post(status="in_review"), make_officer("Nyoman", places["64.02"])
    start, outcomes = threading.Barrier(2), []

    def decide(verb, by, **facts):
        mine = Post.objects.get(pk=post.pk)
        start.wait()
        try:
            getattr(mine, verb)(by=by, **facts)
            outcomes.append(verb)
        except StepRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=("publish", made)),
        threading.Thread(target=decide, args=("reject", nyoman), kwargs={"reason": "advertising"}),
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert outcomes.count("refused") == 1
    assert post.reviews.count() == 1
    assert siti.notices.count() == 1


class TestQueue:
    QUEUE = "/petugas/activities/post/antrean/"

    def test_one_at_a_time_the_longest_wait_first(self, desk, make_post, siti):
        older, newer = make_post("Yang lama", status="in_review"), make_post("Yang baru", status="in_review")

        page = desk.get(self.QUEUE)
        assert page.context["post"] == older
        after = desk.post(self.QUEUE, {"row": older.pk, "decision": "publish"})
        assert f"Diterbitkan: {older.title}" in after.text

        assert after.context["post"] == newer
        assert Post.objects.get(pk=older.pk).status == "published"
        assert siti.notices.exists()

    def test_skipped_it_comes_again_after_the_last(self, desk, make_post):
        first, second = make_post("Satu", status="in_review"), make_post("Dua", status="in_review")

        assert desk.get(self.QUEUE, {"sesudah": first.pk}).context["post"] == second
        assert desk.get(self.QUEUE, {"sesudah": second.pk}).context["post"] == first

    def test_what_was_held_says_why_and_photos_are_shown_large(self, desk, make_post):
        post = make_post(status="in_review", held_for=["phone"], body="Hubungi **kami**.")
        photo = post.photos.create(alt="Balita", width=800, height=600)

        page = desk.get(self.QUEUE).text

        assert "Ada yang tampak seperti nomor telepon" in page
        assert f"/ruang/foto/{photo.uuid}/1280.webp" in page
        assert "<strong>kami</strong>" in page

    def test_a_refusal_without_a_reason_keeps_what_was_typed(self, desk, make_post):
        post = make_post(status="in_review")

        page = desk.post(self.QUEUE, {"row": post.pk, "decision": "reject", "note": "Mohon maaf."})

        assert "Pilih alasannya." in page.text
        assert "Mohon maaf." in page.text
        assert Post.objects.get().status == "in_review"

    def test_decided_by_another_meanwhile_it_is_said_and_the_next_one_loads(self, desk, make_post, made):
        first, second = make_post("Satu", status="in_review"), make_post("Dua", status="in_review")
        first.publish(by=made)

        answer = desk.post(self.QUEUE, {"row": first.pk, "decision": "reject", "reason": "advertising"})

        assert answer.status_code == 409
        assert answer.context["post"] == second
        assert Post.objects.get(pk=first.pk).status == "published"

    @pytest.mark.parametrize(
        ("column", "text", "place"),
        [
            ("title", "Panen NIK 6402024108900001", "judul"),
            ("body", "Hubungi wa.me/?text=NIK%206402024108900003", "isi"),
            ("source_url", "https://contoh.id/NIK%206402024108900003", "sumber"),
        ],
    )
    def test_a_personal_number_is_not_published_by_one_click(self, desk, make_post, column, text, place):
        post = make_post("Panen", status="in_review")
        Post.objects.filter(pk=post.pk).update(**{column: text})

        answer = desk.post(self.QUEUE, {"row": post.pk, "decision": "publish"})

        assert answer.status_code == 409
        assert answer.context["post"] == post
        said = " ".join(str(message) for message in answer.context["messages"])
        assert "NIK, nomor KK, NPWP, atau rekening" in said
        assert place in said
        assert Post.objects.get().status == "in_review"
        Post.objects.filter(pk=post.pk).update(title="Panen", body="Padi.", source_url="")
        desk.post(self.QUEUE, {"row": post.pk, "decision": "publish"})
        assert Post.objects.get().status == "published"

    def test_nor_by_what_is_said_of_a_photo_nor_by_a_changed_text(self, make_post, photo, made):
        photo.alt = "KTP 6402024108900001"
        photo.save()
        with pytest.raises(StepRefused, match="keterangan foto"):
            photo.restore(by=made)

        post = make_post("Panen padi", status="published")
        revision = post.revisions.create(
            number=2, facts=post.facts | {"body": "NIK 6402024108900001"}, by=post.author, status="waiting"
        )
        with pytest.raises(StepRefused, match="NIK, nomor KK"):
            revision.accept(by=made)
        assert "6402" not in Post.objects.get(pk=post.pk).body

    @pytest.mark.parametrize("decision", ["publish", "send_back", "reject"])
    def test_a_second_click_of_the_same_person_is_answered_as_done(self, desk, make_post, decision):
        post = make_post("Satu", status="in_review")
        sent = {"row": post.pk, "decision": decision, "reason": "advertising"}
        desk.post(self.QUEUE, sent)
        decided = Post.objects.get().status

        again = desk.post(self.QUEUE, sent)

        assert again.status_code == 200
        assert "Sudah dicatat." in again.text
        assert Post.objects.get().status == decided != "in_review"
        assert post.reviews.count() == 1

    def test_one_photo_is_hidden_and_the_post_stays_on_the_screen(self, desk, photo):
        decision = {
            "row": photo.post_id,
            "daftar": "sesudah",
            "decision": f"photo_hide:{photo.uuid}",
            "reason": "child",
        }

        answer = desk.post(self.QUEUE, decision)

        photo.refresh_from_db()
        assert photo.is_hidden
        assert answer.context["post"] == photo.post

    def test_each_list_decides(self, desk, make_post, siti, joko, made, places):
        nyoman = make_officer("Nyoman", places["64.02"])
        seen = {"reviewed_at": timezone.now()}
        kept = make_post("Terbit langsung")
        changed, reported, contested = [make_post(title, **seen) for title in ("Diubah", "Dilaporkan", "Digugat")]
        revision = changed.revisions.propose(changed, changed.facts | {"title": "Diganti"}, by=siti)
        flag = FlaggedItem.objects.flag(reported, reason="spam", text="Ini iklan.")
        contested.hide(by=nyoman, reason="other")
        appeal = Appeal.objects.contest(contested.reviews.get(), text="Bukan iklan.", by=siti)

        assert "<del>Diubah</del><ins>Diganti</ins>" in desk.get(self.QUEUE, {"daftar": "perubahan"}).text
        assert "Ini iklan." in desk.get(self.QUEUE, {"daftar": "laporan"}).text
        assert "Bukan iklan." in desk.get(self.QUEUE, {"daftar": "keberatan"}).text
        for listing, row, decision in (
            ("sesudah", kept, {"decision": "keep"}),
            ("perubahan", revision, {"decision": "accept"}),
            ("laporan", flag.item, {"decision": "hide", "reason": "advertising", "note": "Benar, iklan."}),
            ("keberatan", appeal, {"decision": "overturned", "note": "Anda benar."}),
        ):
            answer = desk.post(self.QUEUE, {"daftar": listing, "row": row.pk, **decision})
            assert (answer.status_code, answer.context["row"]) == (200, None), listing

        for row in (kept, changed, reported, contested, flag.item):
            row.refresh_from_db()
        assert (changed.title, reported.status, contested.status) == ("Diganti", "hidden", "published")
        assert (flag.item.outcome, flag.item.note) == ("hidden", "Benar, iklan.")
        assert kept.reviewed_at is not None

    def test_what_was_said_before_is_one_step_away(self, desk, make_post, siti):
        post, untouched = make_post("Diubah", reviewed_at=timezone.now()), make_post()
        post.revisions.propose(post, post.facts | {"title": "Diganti"}, by=siti)
        history = f"/ruang/kegiatan/{post.pk}/riwayat/"

        for address in (f"{self.QUEUE}?daftar=perubahan", f"/petugas/activities/post/{post.pk}/change/"):
            assert f'href="{history}"' in desk.get(address).text
        assert "riwayat/" not in desk.get(f"/petugas/activities/post/{untouched.pk}/change/").text
        assert "<del>Diubah</del><ins>Diganti</ins>" in desk.get(history).text

    def test_the_neighbour_finds_nothing_and_decides_nothing(self, client, make_post, ratna, with_second_factor):
        post = make_post("Rahasia tetangga", status="in_review")
        client.force_login(with_second_factor(ratna))

        assert "Rahasia tetangga" not in client.get(self.QUEUE).text
        assert client.post(self.QUEUE, {"row": post.pk, "decision": "publish"}).status_code == 404
        assert Post.objects.get().status == "in_review"

    def test_nonsense_is_refused(self, desk, make_post):
        post = make_post(status="in_review")

        assert desk.get(self.QUEUE, {"daftar": "apa"}).status_code == 404
        assert desk.get(self.QUEUE, {"sesudah": "9" * 40}).status_code == 200
        assert desk.post(self.QUEUE, {"row": "x", "decision": "publish"}).status_code == 404
        assert desk.post(self.QUEUE, {"row": post.pk, "decision": "delete"}).status_code == 200
        assert desk.post(self.QUEUE, {"row": post.pk, "decision": "photo_hide:x", "reason": "other"}).status_code == 409
        assert Post.objects.get().status == "in_review"

    def test_it_costs_the_same_with_one_as_with_many(self, desk, make_post, django_assert_max_num_queries):
        for _ in range(4):
            make_post(status="in_review").photos.create(alt="Balita", width=8, height=6)

        with django_assert_max_num_queries(30):
            desk.get(self.QUEUE)


class TestManyAtOnce:
    LIST = "/petugas/activities/post/"

    def decide(self, desk, posts, action, **facts):
        return desk.post(self.LIST, {"action": action, "_selected_action": [post.pk for post in posts], **facts})

    def test_fifty_with_one_reason_each_written_down_and_each_author_told_once(self, desk, make_post, siti, rina, made):
        posts = [make_post(status="in_review", author=(siti, rina)[number % 2]) for number in range(50)]

        page = self.decide(desk, posts, "reject_many")
        assert "50 kegiatan dipilih" in page.text
        self.decide(desk, posts, "reject_many", carry_out="1", reason="advertising", note="Semua iklan.")

        assert Post.objects.filter(status="rejected").count() == 50
        assert Review.objects.filter(decision="rejected", reason="advertising", by=made).count() == 50
        assert [user.notices.filter(title__contains="kegiatan Anda").count() for user in (siti, rina)] == [1, 1]
        assert siti.notices.exclude(title__contains="kegiatan Anda").count() == 0

    def test_without_a_reason_none_and_what_cannot_be_is_named(self, desk, make_post):
        waiting, published = make_post("Menunggu", status="in_review"), make_post("Sudah terbit")

        assert "Belum dilakukan" in self.decide(desk, [waiting], "reject_many", carry_out="1", reason="").text
        answer = desk.post(
            self.LIST,
            {
                "action": "reject_many",
                "_selected_action": [waiting.pk, published.pk],
                "carry_out": "1",
                "reason": "other",
            },
            follow=True,
        )

        assert "Sudah terbit (terbit)" in answer.text
        assert set(Post.objects.values_list("title", "status")) == {
            ("Menunggu", "rejected"),
            ("Sudah terbit", "published"),
        }


class TestChairOverHttp:
    def test_the_chair_turns_it_on_reads_and_hands_on(self, client, make_post, mekar, siti, rina):
        client.force_login(siti)
        client.post(f"/ruang/kegiatan/dibaca/{mekar.slug}/", {"wanted": "1"})
        mekar.refresh_from_db()
        assert mekar.chair_reviews
        post = make_post("Panen raya", status="draft", author=rina)
        post.send_in(by=rina)

        assert "Panen raya" in client.get("/ruang/kegiatan/dibaca/").text
        client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "approve"})

        assert Post.objects.get().status == "in_review"
        assert "Panen raya" not in client.get("/ruang/kegiatan/dibaca/").text
        # A second click is the same deed, not somebody else's.
        again = client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "approve"}, follow=True)
        assert "Sudah dicatat." in again.text
        assert client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "approve", "note": "a"}).status_code == 409

    def test_sent_back_with_a_reason_alone(self, client, make_post, siti, rina):
        post = make_post("Panen raya", status="chair_review", author=rina)
        client.force_login(siti)

        assert "Pilih alasannya." in client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "return"}).text
        client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "return", "reason": "incomplete"})

        assert Post.objects.get().status == "returned"

    def test_only_the_chair_is_led_from_the_post_to_deciding(self, client, make_post, siti, rina):
        post = make_post(status="chair_review", author=rina)
        deciding = f"/ruang/kegiatan/{post.pk}/baca/"
        client.force_login(rina)
        assert deciding not in client.get(post.own_path).text

        client.force_login(siti)

        assert deciding in client.get(post.own_path).text
        assert client.get(deciding).status_code == 200

    def test_a_member_who_is_no_chair_finds_none_of_it(self, client, make_post, mekar, rina):
        post = make_post(status="chair_review", author=rina)
        client.force_login(rina)

        assert client.post(f"/ruang/kegiatan/{post.pk}/baca/", {"decision": "approve"}).status_code == 404
        assert client.post(f"/ruang/kegiatan/dibaca/{mekar.slug}/", {"wanted": "1"}).status_code == 404
        assert Post.objects.get().status == "chair_review"


class TestAuthorOverHttp:
    def test_from_the_notice_to_the_appeal(self, client, make_post, siti, made):
        post = make_post()
        post.hide(by=made, reason="not_own", note="Foto dari media lain.")
        client.force_login(siti)

        page = client.get(siti.notices.get().path)
        contest = f"/ruang/keputusan/{post.reviews.get().pk}/keberatan/"
        assert "Foto dari media lain." in page.text
        assert contest in page.text
        client.post(contest, {"text": "Foto ini kami ambil sendiri."})

        assert Appeal.objects.get().text == "Foto ini kami ambil sendiri."
        assert client.post(contest, {"text": "Sekali lagi."}).status_code == 409
        assert "menunggu petugas lain" in client.get(contest).text

    def test_an_appeal_stands_with_the_post_until_it_is_decided_and_afterwards(
        self, client, make_post, siti, made, places
    ):
        post = make_post()
        post.hide(by=made, reason="not_own")
        appeal = Appeal.objects.contest(post.reviews.get(), text="Foto ini kami ambil sendiri.", by=siti)
        client.force_login(siti)

        page = client.get(post.own_path).text
        assert "Keberatan menunggu keputusan" in page
        assert place_time(appeal.at, post.place) in page
        assert "Belum ada petugas lain" in page
        assert "Ajukan keberatan" not in page

        other = make_officer("Ayu", places["64.02"])
        assert "Diputuskan petugas lain di Kabupaten Kutai Kartanegara" in client.get(post.own_path).text

        appeal.decide("upheld", by=other, note="Foto itu milik kantor berita.")
        page = client.get(post.own_path).text
        assert "Keberatan diputuskan: keputusan tetap" in page
        assert "Foto itu milik kantor berita." in page

    def test_the_history_shows_each_change_and_no_stranger_reads_it(self, client, make_post, siti, made, joko):
        post = make_post("Panen padi")
        post.revisions.propose(post, post.facts | {"title": "Panen jagung"}, by=siti).accept(by=made)
        client.force_login(siti)

        page = client.get(f"/ruang/kegiatan/{post.pk}/riwayat/").text

        assert "<del>padi</del><ins>jagung</ins>" in page
        client.force_login(joko)
        assert client.get(f"/ruang/kegiatan/{post.pk}/riwayat/").status_code == 404


@pytest.mark.parametrize("deed", ["post", "photo"])
def test_hidden_is_gone_from_every_place_at_once(client, make_post, made, settings, monkeypatch, deed):
    settings.PAGE_STORE = settings.CARD_STORE = True
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())
    post = make_post("Kabar keliru")
    photo = post.photos.create(alt="Foto keliru", width=800, height=600)
    Post.objects.filter(pk=post.pk).update(lead_photo=photo)
    places = [
        *["/", "/kegiatan/", post.get_absolute_url(), "/kim/kim-1/", "/cari/?q=keliru", "/feed/", "/feed/kim/kim-1/"],
        *["/feed/wilayah/64.02/", "/wilayah/64.02.02.2003-jembayan/", "/sitemap-berita.xml"],
    ]
    sought = "Kabar keliru" if deed == "post" else str(photo.uuid)
    before = {place: client.get(place) for place in places}
    assert sum(sought in answer.text for answer in before.values() if answer.status_code == 200) >= 3

    began = timezone.now()
    post.hide(by=made, reason="not_true") if deed == "post" else photo.hide(by=made, reason="child")
    after = {place: client.get(place) for place in places}

    assert timezone.now() - began < timedelta(seconds=10)
    assert [place for place, answer in after.items() if answer.status_code == 200 and sought in answer.text] == []
    assert client.get(photo.src640).status_code == 404
