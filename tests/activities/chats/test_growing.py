"""Text and photos of a chat grow one draft of her KIM, whatever order they come in; "kirim" hands it in."""

from datetime import timedelta

import pytest
from conftest import at_once
from django.utils import timezone

from accounts.models import Endpoint
from accounts.tasks import forget_what_is_over
from activities import writing
from activities.chats import drafts, receiving, telegram
from activities.models import Chat, ChatUpdate, Photo, Post
from activities.tasks import answer_chats, forget_idle_chats
from chats.conftest import SITI_CHAT, jpeg
from communities.models import Community, Membership
from pages import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(make_community, siti):
    """Another KIM of Siti's."""
    community = make_community("KIM Melati")
    Membership.objects.create(community=community, user=siti, name=siti.name)
    return community


def test_text_and_photos_grow_one_draft(phone, siti, mekar):
    said = phone.send(
        phone.update(text="Kerja bakti di Jembayan\nTiga puluh warga datang."),
        phone.photo("satu", caption="Warga membersihkan parit"),
        phone.update(text="Selesai pukul sebelas."),
    )

    post = Post.objects.get()
    assert (post.author, post.community, post.status) == (siti, mekar, Post.Status.DRAFT)
    assert post.title == "Kerja bakti di Jembayan"
    assert post.body == "Tiga puluh warga datang.\n\nSelesai pukul sebelas."
    assert post.summary == "Tiga puluh warga datang. Selesai pukul sebelas."
    assert [photo.alt for photo in post.photos.all()] == ["Warga membersihkan parit"]
    assert said.count("Draf baru untuk KIM Mekar") == 1
    assert f"/ruang/tulis/{post.client_uuid}/" in said


def test_what_is_missing_is_asked_for_and_then_it_is_sent(phone, mekar):
    phone.send(phone.update(text="Kerja bakti\nTiga puluh warga datang."), phone.photo("satu", number=50))

    phone.bring(phone.update(text="kirim", number=60))
    assert phone.work()[0][1] == 50, "asked under the photo"
    assert "Tugas KIM mana" in phone.write("Warga dengan cangkul", number=61)
    said = phone.write("1, 5", number=62)

    post = Post.objects.get()
    assert post.status != Post.Status.DRAFT
    assert post.duties == ["akses_informasi", "diseminasi"]
    assert post.photos.get().alt == "Warga dengan cangkul"
    assert "terkirim dan menunggu diperiksa" in said
    assert post.own_path in said
    assert not ChatUpdate.objects.filter(post=post).exclude(text="").exists(), "its words are in the post alone"


def test_a_trusted_kim_is_out_at_once_as_by_the_page(phone, mekar):
    Community.objects.filter(pk=mekar.pk).update(is_trusted=True)

    phone.write("Kerja bakti\nTiga puluh warga datang.", "kirim")
    said = phone.write("2")

    assert Post.objects.get().is_published
    assert Post.objects.get().get_absolute_url() in said


@pytest.mark.parametrize("words", ["Hubungi 0812-3456-7890.", "NIK 6402024108900001."])
def test_what_is_suspicious_waits_and_says_why(phone, mekar, words):
    Community.objects.filter(pk=mekar.pk).update(is_trusted=True)

    phone.write(f"Kerja bakti\n{words}", "kirim")
    said = phone.write("2")

    post = Post.objects.get()
    assert post.held_for
    assert not post.is_published
    assert str(post.held_because[0]) in said


def test_what_may_not_be_sent_is_said_with_the_way_to_the_draft(phone):
    said = phone.write("HUT", "kirim")

    post = Post.objects.get()
    assert post.status == Post.Status.DRAFT
    assert "Ceritakan kegiatannya." in said
    assert "terlalu pendek" in said
    assert f"/ruang/tulis/{post.client_uuid}/" in said
    assert "Belum ada draf" not in phone.write("Delapan puluh satu tahun.", "kirim")


def test_updates_that_come_twice_make_one_draft(phone):
    update, photo = phone.update(text="Kerja bakti"), phone.photo("satu", caption="Parit")

    phone.send(update, photo, update, photo)
    phone.send(update, photo)

    assert Post.objects.get().body == ""
    assert Photo.objects.count() == 1
    assert ChatUpdate.objects.count() == 2


def test_what_was_thrown_away_does_not_come_back(phone):
    updates = [phone.update(text="Kerja bakti"), phone.photo("satu", caption="Parit")]
    phone.send(*updates)

    assert "Draf dibuang" in phone.write("Batal.")
    phone.send(*updates)

    assert not Post.objects.exists()
    assert "Belum ada draf" in phone.write("kirim")


def test_out_of_order_they_stand_as_they_were_written(phone):
    first, second, third = (phone.update(text=text) for text in ("Kerja bakti\nPagi.", "Siang.", "Sore."))
    photos = [phone.photo(name, jpeg(color), caption=name) for name, color in (("satu", "red"), ("dua", "blue"))]

    for update in (third, photos[1], first, photos[0], second):
        phone.send(update)

    post = Post.objects.get()
    assert (post.title, post.body) == ("Kerja bakti", "Pagi.\n\nSiang.\n\nSore.")
    assert [photo.alt for photo in post.photos.all()] == ["satu", "dua"]
    assert post.lead_photo.alt == "satu"


def test_what_comes_after_the_end_of_its_draft_begins_no_other(phone):
    late = phone.update(text="Baris yang tersesat")
    phone.write("Kerja bakti\nPagi.", "batal")

    assert "datang setelah" in phone.send(late)
    assert not Post.objects.exists()


def test_an_album_is_one_draft_and_is_answered_once(phone):
    album = [
        phone.photo(name, jpeg(color), media_group_id="7", **({"caption": "Parit bersih"} if name == "satu" else {}))
        for name, color in (("satu", "red"), ("dua", "blue"), ("tiga", "green"))
    ]

    assert phone.send(*album[:2]).count("\n\n") == 1
    assert phone.send(album[2]) == ""

    assert [photo.alt for photo in Post.objects.get().photos.all()] == ["Parit bersih", "", ""]


def test_a_photo_is_described_by_a_reply_to_it(phone):
    phone.send(phone.update(text="Kerja bakti"), phone.photo("satu", number=70))

    assert "tersimpan" in phone.write("Warga di parit", reply_to_message={"message_id": 70})

    post = Post.objects.get()
    assert post.photos.get().alt == "Warga di parit"
    assert (post.title, post.body) == ("Kerja bakti", "")


def test_a_long_caption_is_a_story_not_a_description(phone):
    phone.send(phone.photo("satu", caption="Kerja bakti\n" + "Warga datang. " * 20))

    post = Post.objects.get()
    assert post.title == "Kerja bakti"
    assert post.body.startswith("Warga datang.")
    assert post.photos.get().alt == ""


def test_a_bad_photo_among_good_ones_costs_itself_alone(phone):
    said = phone.send(
        phone.photo("satu", jpeg("red"), caption="Satu"),
        phone.photo("rusak", b"bukan foto"),
        phone.photo("kecil", jpeg(size=(50, 50))),
        phone.photo("dua", jpeg("blue"), caption="Dua"),
    )

    assert [photo.alt for photo in Post.objects.get().photos.all()] == ["Satu", "Dua"]
    assert "bukan foto yang dapat kami baca" in said
    assert "terlalu kecil" in said


def test_what_is_refused_begins_no_draft(phone):
    said = phone.send(phone.photo("rusak", b"bukan foto"))

    assert "Draf baru" not in said
    assert not Post.objects.exists()
    assert "Draf baru" in phone.write("Kerja bakti")


def test_no_more_photos_than_on_the_page(phone, monkeypatch):
    monkeypatch.setattr(writing, "MOST_PHOTOS", 1)

    said = phone.send(phone.photo("satu", jpeg("red"), caption="Satu"), phone.photo("dua", jpeg("blue")))

    assert "paling banyak 1 foto" in said
    assert Photo.objects.count() == 1


def test_a_photo_too_large_is_refused_without_reading_it_all(phone, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_BYTES", 1000)
    monkeypatch.setattr("accounts.pictures.MAX_BYTES", 1000)

    assert "lebih besar dari" in phone.send(phone.photo("satu"))


def test_a_file_that_is_gone_is_said(phone):
    photo = phone.photo("satu")
    del phone.service.files["satu"]

    assert "belum dapat kami ambil" in phone.send(photo)
    assert not Photo.objects.exists()


def test_while_telegram_is_away_everything_waits_in_order(phone, time_machine):
    time_machine.move_to(timezone.now())
    phone.service.answers += [(500, {"ok": False})]
    phone.send(
        phone.photo("satu", caption="Parit"), phone.update(text="Kerja bakti\nPagi."), phone.update(text="kirim")
    )
    assert not Post.objects.exists()

    time_machine.shift(timedelta(minutes=2))
    answer_chats.func()

    assert Post.objects.get().photos.get().alt == "Parit"
    assert "Tugas KIM mana" in phone.service.said[-1][1]


def test_who_is_told_to_wait_waits_as_long(phone, time_machine):
    time_machine.move_to(timezone.now())
    phone.service.answers.append((429, {"ok": False, "parameters": {"retry_after": 300}}))
    phone.write("Kerja bakti")
    asked = len(phone.service.asked)

    time_machine.shift(timedelta(minutes=3))
    answer_chats.func()
    assert len(phone.service.asked) == asked
    time_machine.shift(timedelta(minutes=3))
    answer_chats.func()
    assert "Draf baru" in phone.service.said[0][1]


def test_a_message_that_is_mended_mends_the_draft(phone):
    phone.write("Kerja bakti\nPagi.", number=80)
    phone.write("Siang.", number=81)

    phone.send(phone.update(kind="edited_message", number=80, text="Gotong royong\nPagi sekali.", edit_date=5))
    phone.send(phone.update(kind="edited_message", number=80, text="Yang lebih lama", edit_date=4))

    post = Post.objects.get()
    assert (post.title, post.body) == ("Gotong royong", "Pagi sekali.\n\nSiang.")


def test_a_caption_that_is_mended_mends_the_description(phone):
    phone.send(phone.photo("satu", number=80, caption="Parid"))
    phone.send(phone.photo("satu", number=80, caption="Parit", kind="edited_message", edit_date=5))

    assert Photo.objects.get().alt == "Parit"


def test_mended_words_that_come_first_are_the_ones_that_stay(phone):
    phone.send(phone.update(kind="edited_message", number=80, text="Gotong royong", edit_date=5))
    phone.send(phone.update(number=80, text="Gotong rotong"))

    assert Post.objects.get().title == "Gotong royong"


def test_what_was_written_on_the_page_meanwhile_stays(phone):
    phone.write("Kerja bakti\nPagi.", number=80)
    Post.objects.update(title="Kerja bakti RT 03", body="Pagi.\n\nDitambah di portal.")

    phone.write("Sore.", number=81)
    phone.send(phone.update(kind="edited_message", number=80, text="Gotong royong\nSiang.", edit_date=5))

    post = Post.objects.get()
    assert post.title == "Kerja bakti RT 03"
    assert post.body == "Pagi.\n\nDitambah di portal.\n\nSore."
    assert "sudah Anda ubah di portal" in phone.service.said[-1][1]


def test_after_it_was_sent_the_next_words_begin_a_new_one(phone):
    phone.write("Kerja bakti\nPagi.", "kirim")
    phone.write("1")
    phone.write("Posyandu")

    assert sorted(Post.objects.values_list("title", flat=True)) == ["Kerja bakti", "Posyandu"]


def test_a_draft_that_was_sent_on_the_page_is_not_touched(phone, siti):
    phone.write("Kerja bakti\nPagi.")
    post = Post.objects.get()
    post.duties = ["diskusi"]
    post.save()
    post.send_in(by=siti)

    assert "Belum ada draf" in phone.write("kirim")
    phone.write("Posyandu")
    assert Post.objects.count() == 2


def test_of_several_kim_one_is_asked_for_and_remembered(phone, mekar, second):
    said = phone.send(phone.update(text="Kerja bakti"), phone.photo("satu", caption="Parit"))
    assert "1. KIM Mekar\n2. KIM Melati" in said
    assert not Post.objects.exists()

    phone.write("2")
    post = Post.objects.get()
    assert (post.community, post.title, post.photos.count()) == (second, "Kerja bakti", 1)

    assert "Selesaikan draf" in phone.write("kim")
    phone.write("batal", "Posyandu")
    assert Post.objects.get().community == second
    phone.write("batal", "kim")
    phone.write("kim mekar")
    phone.write("Panen")
    assert Post.objects.get().community == mekar


def test_who_left_the_kim_sends_nothing_more(phone, siti):
    phone.write("Kerja bakti\nPagi.")
    Membership.objects.filter(user=siti).update(status=Membership.Status.LEFT, left_on=timezone.localdate())

    assert "tidak lagi menjadi anggota" in phone.write("kirim")
    assert "belum menjadi anggota" in phone.write("Halo")
    assert Post.objects.get().status == Post.Status.DRAFT


def test_a_kim_that_may_not_publish_is_told(phone, mekar):
    Community.objects.filter(pk=mekar.pk).update(status=Community.Status.SUSPENDED)

    assert "KIM Mekar" in phone.write("Kerja bakti")
    assert not Post.objects.exists()


def test_a_kim_that_is_suspended_with_a_draft_is_told_at_the_end(phone, mekar):
    phone.write("Kerja bakti\nPagi.", "kirim")
    Community.objects.filter(pk=mekar.pk).update(status=Community.Status.SUSPENDED)

    assert "belum dapat menerbitkan" in phone.write("1")
    assert Post.objects.get().status == Post.Status.DRAFT


@pytest.mark.parametrize("facts", [{"voice": {"file_id": "x"}}, {"location": {"latitude": 1}}, {}])
def test_what_no_draft_holds_is_said(phone, facts):
    assert "Hanya tulisan dan foto" in phone.send(phone.update(**facts))
    assert not Post.objects.exists()


def test_a_picture_sent_as_a_file_is_a_photo(phone):
    phone.service.files["berkas"] = jpeg()
    phone.send(phone.update(document={"file_id": "berkas", "mime_type": "image/png"}, caption="Parit"))

    assert Photo.objects.get().alt == "Parit"


def test_words_hide_nothing_and_break_nothing(phone):
    phone.write("Kerja\u202e bakti\x00\ud800", "<script>alert(1)</script>")

    post = Post.objects.get()
    assert post.title == "Kerja bakti"
    assert post.body == "<script>alert(1)</script>"


def test_a_text_too_long_is_refused_and_the_draft_stays(phone):
    said = phone.write("Kerja bakti", *("x" * 7900 for _time in range(3)))

    assert "tidak dapat disimpan" in said
    assert len(Post.objects.get().body) < 20_000


def test_a_long_paragraph_has_its_opening_as_title(phone):
    phone.write("Warga berkumpul sejak pagi. " * 12)

    post = Post.objects.get()
    assert post.title.startswith("Warga berkumpul")
    assert len(post.title) <= 90
    assert post.body.startswith("Warga berkumpul")


def test_who_sends_too_often_is_told(phone, monkeypatch):
    monkeypatch.setitem(limits.SENT, "saving", limits.Most(account=1, account_an_hour=9, ip=9))

    assert "terlalu sering" in phone.write("Satu", "Dua")
    assert Post.objects.get().body == ""


def test_groups_and_bots_are_not_listened_to():
    group = {"message_id": 1, "chat": {"id": -5, "type": "group"}, "from": {"id": 5}, "text": "Halo"}
    robot = {"message_id": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": True}, "text": "Halo"}

    assert [telegram.read({"update_id": 1, "message": message}) for message in (group, robot)] == [[], []]


@pytest.mark.parametrize(
    "update", [{}, {"update_id": None, "message": []}, {"message": {"chat": 5}}, {"update_id": 1, "message": None}]
)
def test_an_update_of_an_unknown_kind_is_taken_and_left(phone, update):
    assert [answer.status_code for answer in phone.bring(update)] == [200]
    assert not ChatUpdate.objects.exists()


def test_a_mistake_of_ours_stops_no_chat(phone, monkeypatch):
    monkeypatch.setattr(drafts, "add_text", lambda *args: 1 / 0)

    assert "gagal kami olah" in phone.write("Kerja bakti")
    assert "Portal" not in phone.write("bantuan")[:5]
    assert not Post.objects.exists()


def test_without_a_token_nothing_is_heard_or_done(phone, settings):
    phone.bring(phone.update(text="Kerja bakti"))
    settings.TELEGRAM_BOT_TOKEN = ""

    assert phone.work() == []
    answer_chats.func()
    assert [answer.status_code for answer in phone.bring(phone.update(text="Sore"))] == [404]
    assert not Post.objects.exists()


def test_only_telegram_is_heard(phone, client, settings):
    update = phone.update(text="Kerja bakti")

    assert [answer.status_code for answer in phone.bring(update, secret="salah")] == [403]
    assert client.post("/bot/telegram/", update, "application/json").status_code == 403
    assert client.get("/bot/telegram/").status_code == 405
    settings.TELEGRAM_WEBHOOK_SECRET = ""
    assert [answer.status_code for answer in phone.bring(update, secret="")] == [404]
    assert not ChatUpdate.objects.exists()


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[]", 400), ("[" * 100_000, 400), ("x" * 300_000, 413)])
def test_what_is_no_update_is_refused(client, bot_api, settings, body, status):
    headers = {"X-Telegram-Bot-Api-Secret-Token": settings.TELEGRAM_WEBHOOK_SECRET}

    assert client.post("/bot/telegram/", body, "application/json", headers=headers).status_code == status


def test_the_words_of_a_chat_are_forgotten_and_its_draft_stays(phone, time_machine):
    phone.write("Kerja bakti", "bantuan")
    time_machine.move_to(timezone.now() + timedelta(days=8))
    forget_what_is_over.func()
    forget_idle_chats.func()
    assert [update.text for update in ChatUpdate.objects.all()] == ["Kerja bakti"], "the draft still grows"

    time_machine.move_to(timezone.now() + timedelta(days=31))
    forget_what_is_over.func()
    forget_idle_chats.func()
    assert not Chat.objects.exists()
    assert Post.objects.get().title == "Kerja bakti"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_thing_once(phone):
    phone.bring(
        phone.update(text="Kerja bakti\nPagi."), phone.photo("satu", caption="Parit"), phone.update(text="Sore.")
    )
    pk = Chat.objects.get().pk

    at_once([lambda: receiving.work_on(pk)] * 3)

    post = Post.objects.get()
    assert (post.title, post.body, post.photos.count()) == ("Kerja bakti", "Pagi.\n\nSore.", 1)
    assert sum("Draf baru" in text for _chat, text, _quotes in phone.service.said) == 1
    assert Endpoint.objects.get().address == str(SITI_CHAT)
