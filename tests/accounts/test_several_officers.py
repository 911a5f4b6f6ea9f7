"""Several officers at one queue: who reads a thing, notes that no KIM sees, and reasons that an office keeps ready."""

from datetime import timedelta

import pytest
from conftest import make_officer
from django.test import Client
from django.utils import timezone

from accounts.models import DeskNote, Notice, Reading, ReasonTemplate
from activities.models import FlaggedItem, Post
from aspirations.models import Aspiration
from communities.models import Community

pytestmark = pytest.mark.django_db

QUEUE = "/petugas/activities/post/antrean/"
WISHES = "/petugas/aspirations/aspiration/antrean/"
SECRET = "Ketuanya pernah ditegur camat"


@pytest.fixture
def nyoman(places, client_of):
    return client_of(make_officer("Nyoman", places["64.02"]))


@pytest.fixture
def client_of(with_second_factor):
    def sign_in(user):
        client = Client()
        client.force_login(with_second_factor(user))
        return client

    return sign_in


def decide(client, row, decision, list_="menunggu", **facts):
    return client.post(QUEUE, {"daftar": list_, "row": row.pk, "decision": decision, **facts})


class TestReading:
    def test_a_colleague_gets_the_next_one(self, desk, nyoman, make_post):
        make_post("Pertama", status="in_review")
        make_post("Kedua", status="in_review")

        assert desk.get(QUEUE).context["post"].title == "Pertama"
        assert nyoman.get(QUEUE).context["post"].title == "Kedua"

    def test_what_alone_is_left_says_who_reads_it(self, desk, nyoman, make_post, made):
        make_post("Pertama", status="in_review")
        desk.get(QUEUE)

        assert f"Sedang dibaca {made.name}." in nyoman.get(QUEUE).text
        assert "Sedang dibaca" not in desk.get(QUEUE).text

    def test_deciding_on_it_asks_first_and_keeps_what_was_typed(self, desk, nyoman, make_post):
        post = make_post("Pertama", status="in_review")
        desk.get(QUEUE)

        answer = decide(nyoman, post, "reject", reason="other", note="Sudah pernah dikirim.")

        assert answer.status_code == 409
        assert "Sudah pernah dikirim." in answer.text
        assert Post.objects.waiting().count() == 1

    def test_it_is_taken_over_knowingly(self, desk, nyoman, make_post):
        post = make_post("Pertama", status="in_review")
        desk.get(QUEUE)

        assert decide(nyoman, post, "take_over").status_code == 200
        decide(nyoman, post, "publish")

        post.refresh_from_db()
        assert post.status == "published"

    def test_it_ends_by_itself(self, desk, nyoman, make_post):
        post = make_post("Pertama", status="in_review")
        desk.get(QUEUE)
        Reading.objects.update(until=timezone.now() - timedelta(seconds=1))

        assert "Sedang dibaca" not in nyoman.get(QUEUE).text
        assert decide(nyoman, post, "publish").status_code == 200

    def test_a_report_is_read_by_one_too(self, desk, nyoman, make_post):
        FlaggedItem.objects.flag(make_post("Dilaporkan", reviewed_at=timezone.now()), reason="spam")
        desk.get(f"{QUEUE}?daftar=laporan")

        assert "Sedang dibaca" in nyoman.get(f"{QUEUE}?daftar=laporan").text

    def test_a_registration_and_a_proposal_too(self, desk, nyoman, make_community, make_aspiration):
        kim = make_community("KIM Baru", status="submitted", submitted_at=timezone.now())
        make_aspiration()

        for address in (f"/petugas/communities/community/{kim.pk}/periksa/", WISHES):
            assert "Sedang dibaca" not in desk.get(address).text
            assert "Sedang dibaca" in nyoman.get(address).text


class TestNotes:
    def test_a_colleague_reads_it_and_the_post_still_waits(self, desk, nyoman, make_post):
        post = make_post("Pertama", status="in_review")

        decide(desk, post, "keep_note", private_note=SECRET)

        assert SECRET in nyoman.get(QUEUE).text
        assert Post.objects.waiting().count() == 1

    def test_that_of_a_decision_stays_too(self, desk, make_post, made):
        post = make_post("Pertama", status="in_review")

        decide(desk, post, "publish", private_note=SECRET)

        assert DeskNote.objects.about(post).get().by == made

    def test_a_registration_and_a_proposal_have_theirs(self, desk, make_community, make_aspiration):
        kim = make_community("KIM Baru", status="submitted", submitted_at=timezone.now())
        wish, check = make_aspiration(), f"/petugas/communities/community/{kim.pk}/periksa/"

        desk.post(check, {"decision": "keep_note", "private_note": SECRET})
        desk.post(WISHES, {"daftar": "baru", "row": wish.pk, "decision": "keep_note", "private_note": SECRET})

        assert SECRET in desk.get(check).text
        assert SECRET in desk.get(f"{WISHES}?usulan={wish.pk}").text
        assert (Community.objects.get(pk=kim.pk).status, Aspiration.objects.get().status) == ("submitted", "forwarded")

    def test_the_kim_sees_it_nowhere(self, desk, client_of, client, mekar, siti, make_post):
        post = make_post("Pertama", status="in_review")
        decide(desk, post, "send_back", reason="other", note="Tambah foto.", private_note=SECRET)
        assert DeskNote.objects.exists()
        client.force_login(siti)

        pages = ["/ruang/", f"/ruang/{mekar.slug}/", "/akun/pemberitahuan/", "/akun/", post.get_absolute_url()]
        pages += [mekar.get_absolute_url(), "/api/v1/kegiatan/", f"/kegiatan/{post.pk}/ubah/"]
        answers = [client.get(page, follow=True) for page in pages]

        assert any("Tambah foto." in answer.text for answer in answers)
        assert not [page for page, answer in zip(pages, answers, strict=True) if SECRET in answer.text]
        assert not Notice.objects.filter(text__contains=SECRET).exists()

    def test_the_officer_next_door_cannot_write_one(self, client_of, ratna, make_post):
        post = make_post("Pertama", status="in_review")

        assert decide(client_of(ratna), post, "keep_note", private_note=SECRET).status_code == 404
        assert not DeskNote.objects.exists()


class TestReadyReasons:
    @pytest.fixture
    def ready(self, places):
        own = {"title": "Tanpa foto", "text": "Tambahkan satu foto kegiatan.", "deeds": ["post-send_back"]}
        ReasonTemplate.objects.create(
            region=places["64.71"], title="Kota", text="Balikpapan.", deeds=["post-send_back"]
        )
        return ReasonTemplate.objects.create(region=places["64.02"], **own)

    def test_those_of_the_own_office_are_offered(self, desk, make_post, ready):
        make_post("Pertama", status="in_review")

        assert list(desk.get(QUEUE).context["templates"]) == [ready]

    def test_it_fills_the_field_without_scripts(self, desk, make_post, ready):
        post = make_post("Pertama", status="in_review")

        answer = decide(desk, post, "use_template", template=ready.pk, reason="other")

        assert answer.context["form"]["note"].value() == ready.text
        assert answer.context["form"]["reason"].value() == "other"

    @pytest.mark.parametrize("key", ["", "abc", "999999", "99999999999999999999"])
    def test_one_that_is_not_there_changes_nothing(self, desk, make_post, key):
        post = make_post("Pertama", status="in_review")

        assert decide(desk, post, "use_template", template=key, note="Kata saya.").status_code == 200

    def test_an_office_writes_its_own_and_not_those_of_another(self, desk, places, ready):
        address = "/petugas/accounts/reasontemplate/add/"
        facts = {"title": "Iklan", "text": "Ini iklan.", "deeds": ["post-reject", "kim-reject"]}

        desk.post(address, {"region": places["64.02"].pk, **facts})
        desk.post(address, {"region": places["64.71"].pk, **facts})

        made = ReasonTemplate.objects.get(title="Iklan")
        assert (made.region, made.deeds) == (places["64.02"], ["post-reject", "kim-reject"])
        assert "Iklan" in desk.get("/petugas/accounts/reasontemplate/").text
