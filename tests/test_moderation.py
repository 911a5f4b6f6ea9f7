"""Fairly moderated: who reads first, what waits and why, who decides, and what the author hears."""

import threading
from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.db import connection
from django.utils import timezone

from activities.models import Photo, Post, Review, TrustRule
from activities.suspicion import suspicions
from communities.models import Membership, StepRefused

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
        assert siti.notices.get().path == post.own_path
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
            ("Nomor SK 012/SK-KIM/2026, rekening 1234567890123456", []),
            ("Slot gacor maxwin", ["spam"]),
            ("AYO DAFTAR SEKARANG JUGA SEBELUM TERLAMBAT DAN DAPATKAN", ["spam"]),
            ("lihat https://kominfo.go.id/berita", ["links"]),
        ],
    )
    def test_what_is_seen_and_what_is_not(self, text, found):
        assert suspicions([text], is_trusted=False) == found

    def test_a_trusted_kim_may_link(self):
        assert suspicions(["https://kominfo.go.id"], is_trusted=True) == []

    def test_long_texts_are_read_in_bounded_time(self):
        began = timezone.now()
        suspicions(["0 " * 20_000, "08" * 10_000, "6402 " * 5_000], is_trusted=False)
        assert timezone.now() - began < timedelta(seconds=1)


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
        assert not Post.objects.moderated_by(made).exists()

        assert Post.objects.get().status == "in_review"

    def test_the_list_and_the_verb_agree_on_whose_it_is(self, make_post, made, ratna, places):
        here, province = make_post(status="in_review"), make_post(status="in_review", place=places["64"])
        wati = make_officer("Wati", places["64"])
        bagus = make_officer("Bagus", places["0"])

        for user in (made, ratna, wati, bagus):
            listed = set(Post.objects.moderated_by(user))
            assert listed == {post for post in (here, province) if post.moderated_by(user)}, user

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
            hoax.mark_as_hoax(by=made, clarification=other)
        hoax.mark_as_hoax(by=made, clarification=correction)

        assert (hoax.is_hoax, hoax.status) == (True, "published")
        assert hoax.beside()[2] == [correction]


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
