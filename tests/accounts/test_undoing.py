"""What an officer decides may be taken back for half a minute; only then it is done, and told."""

from datetime import timedelta

import pytest
from conftest import at_once, make_officer
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Notice, PendingDecision
from accounts.tasks import carry_out_decisions
from activities.models import FlaggedItem, Post
from aspirations.models import Aspiration
from communities.models import Community

pytestmark = pytest.mark.django_db

QUEUE = "/petugas/activities/post/antrean/"
WISHES = "/petugas/aspirations/aspiration/antrean/"


@pytest.fixture(autouse=True)
def half_a_minute(decisions_hold_at_once, settings):
    settings.UNDO_SECONDS = 30


@pytest.fixture
def post(make_post):
    return make_post("Posyandu", status="in_review")


@pytest.fixture
def nyoman(places, with_second_factor):
    client = Client()
    client.force_login(with_second_factor(make_officer("Nyoman", places["64.02"])))
    return client


def decide(client, row, decision="publish", **facts):
    return client.post(QUEUE, {"daftar": "menunggu", "row": row.pk, "decision": decision, **facts})


def undo(client, decision=None):
    decision = decision or PendingDecision.objects.first()
    return client.post(f"/petugas/keputusan/{decision.pk}/batal/", follow=True)


def pass_the_time():
    PendingDecision.objects.pending().update(due_at=timezone.now() - timedelta(seconds=1))


def status_of(post):
    return Post.objects.get(pk=post.pk).status


class TestDeciding:
    def test_nothing_leaves_and_the_next_one_loads(self, desk, post, make_post, siti):
        make_post("Ronda", status="in_review")

        answer = decide(desk, post)

        assert status_of(post) == "in_review"
        assert not Notice.objects.filter(user=siti).exists()
        assert answer.context["post"].title == "Ronda"
        assert "Batalkan" in answer.text
        assert "Posyandu" in answer.text

    @pytest.mark.parametrize("listing", ["sesudah", "laporan"])
    def test_what_is_hidden_is_gone_from_the_next_page_on(self, desk, client, make_post, siti, joko, listing):
        post = make_post("Foto orang lain")
        row = FlaggedItem.objects.flag(post, reason="spam").item if listing == "laporan" else post
        pages = [post.get_absolute_url(), "/kegiatan/", "/cari/?q=foto", "/feed/", "/"]
        visitor = Client()
        assert all(
            "Foto orang lain" in visitor.get(page).text.replace("<mark>", "").replace("</mark>", "") for page in pages
        )

        answer = desk.post(QUEUE, {"daftar": listing, "row": row.pk, "decision": "hide", "reason": "not_own"})

        assert status_of(post) == "hidden"
        assert "orang lain" not in "".join(visitor.get(page).text for page in pages)
        assert not PendingDecision.objects.exists()
        assert Notice.objects.filter(user=siti).count() == 1
        assert f'<a href="{post.desk_path}">Keliru? Tampilkan lagi dari halamannya</a>' in answer.text

    def test_a_proposal_that_is_hidden_is_gone_from_the_next_page_on(self, desk, make_aspiration):
        row, visitor = make_aspiration("Jalan jasper berlubang"), Client()
        pages = [row.get_absolute_url(), "/usulan/", "/feed/usulan/"]
        assert all("jasper" in visitor.get(page).text for page in pages)

        facts = {"deed": "sembunyikan", "sembunyikan-note": "Memuat nama tetangga."}
        desk.post(WISHES, {"daftar": "baru", "row": row.pk, **facts})

        assert "jasper" not in "".join(visitor.get(page).text for page in pages)
        assert not PendingDecision.objects.exists()

    def test_what_another_officer_decided_just_now_is_not_hidden_past_them(self, desk, nyoman, make_post):
        post = make_post("Posyandu")
        nyoman.post(QUEUE, {"daftar": "sesudah", "row": post.pk, "decision": "keep"})

        answer = desk.post(QUEUE, {"daftar": "sesudah", "row": post.pk, "decision": "hide", "reason": "not_own"})

        assert (answer.status_code, status_of(post)) == (409, "published")

    def test_the_tick_does_it_once_the_time_is_over(self, desk, post, siti, made):
        decide(desk, post)
        carry_out_decisions.func()
        assert status_of(post) == "in_review"

        pass_the_time()
        carry_out_decisions.func()
        carry_out_decisions.func()

        assert status_of(post) == "published"
        assert post.reviews.get().by == made
        assert Notice.objects.filter(user=siti).count() == 1
        assert PendingDecision.objects.get().facts == {}

    def test_without_the_tick_the_next_page_of_the_desk_does_it(self, desk, post):
        decide(desk, post)
        pass_the_time()

        desk.get("/petugas/")

        assert status_of(post) == "published"

    def test_the_trail_knows_whose_it_was(self, desk, post, made):
        decide(desk, post)
        pass_the_time()
        carry_out_decisions.func()

        entry = AuditEntry.objects.about(post).first()
        assert (entry.by, entry.role) == (made, "officer")

    def test_what_is_refused_is_refused_at_once(self, desk, make_post):
        post = make_post("Terbit")

        answer = decide(desk, post)

        assert answer.status_code == 409
        assert not PendingDecision.objects.exists()

    def test_what_changed_meanwhile_is_not_done_and_the_officer_hears_of_it(self, desk, post, made):
        decide(desk, post)
        Post.objects.filter(pk=post.pk).update(status="draft")
        pass_the_time()

        carry_out_decisions.func()

        assert status_of(post) == "draft"
        assert PendingDecision.objects.get().status == "refused"
        assert "Keputusan tidak jadi" in Notice.objects.get(user=made).title

    def test_one_that_breaks_does_not_hold_up_the_others(self, desk, post, make_post, made):
        other = make_post("Ronda", status="in_review")
        decide(desk, post)
        decide(desk, other)
        PendingDecision.objects.filter(object_id=post.pk).update(facts={})
        pass_the_time()

        carry_out_decisions.func()

        assert (status_of(post), status_of(other)) == ("in_review", "published")
        assert Notice.objects.filter(user=made).count() == 1

    def test_who_is_no_officer_any_more_decides_nothing(self, desk, post, made):
        decide(desk, post)
        made.assignments.update(ends_on=timezone.now().date() - timedelta(days=1))
        pass_the_time()

        carry_out_decisions.func()

        assert status_of(post) == "in_review"


class TestTakingBack:
    def test_it_is_there_again_with_what_was_typed(self, desk, post, siti):
        decide(desk, post, "reject", reason="other", note="Salah tempat.")

        answer = undo(desk)

        assert "Dibatalkan, tidak ada yang terkirim" in answer.text
        assert answer.context["form"]["note"].value() == "Salah tempat."
        pass_the_time()
        carry_out_decisions.func()
        assert status_of(post) == "in_review"
        assert not Notice.objects.filter(user=siti).exists()

    def test_twice_says_so(self, desk, post):
        decide(desk, post)
        undo(desk)

        assert "sudah dibatalkan" in undo(desk).text

    def test_too_late_says_so_and_it_holds(self, desk, post):
        decide(desk, post)
        pass_the_time()

        assert "Waktu membatalkan sudah lewat" in undo(desk).text
        assert status_of(post) == "published"

    def test_a_colleague_cannot(self, desk, nyoman, post):
        decide(desk, post)

        assert undo(nyoman).status_code == 404
        assert PendingDecision.objects.get().status == "pending"

    def test_afterwards_it_is_decided_another_way(self, desk, post):
        decide(desk, post)
        undo(desk)

        decide(desk, post, "reject", reason="other")
        pass_the_time()
        carry_out_decisions.func()

        assert status_of(post) == "rejected"


class TestTwoOfficers:
    def test_the_second_hears_of_the_first(self, desk, nyoman, post, made):
        decide(desk, post)

        answer = decide(nyoman, post, "reject", reason="other")

        assert answer.status_code == 409
        assert "baru saja diputuskan" in answer.text
        assert PendingDecision.objects.get().by == made

    def test_a_colleague_sees_what_waits(self, desk, nyoman, post, made):
        decide(desk, post)

        queue = nyoman.get(f"{QUEUE}?baris={post.pk}").text
        assert f"Diputuskan {made.name}. Dapat dibatalkan" in queue
        assert f"{made.name} baru memutuskan" in queue
        assert "Tidak ada kegiatan yang menunggu." in queue
        assert "Batalkan" not in queue

    @pytest.mark.django_db(transaction=True)
    def test_of_two_ticks_at_once_one_does_it(self, desk, post, siti):
        decide(desk, post)
        pass_the_time()

        at_once([carry_out_decisions.func] * 3)

        assert status_of(post) == "published"
        assert Notice.objects.filter(user=siti).count() == 1


def test_it_is_told_when_it_holds(desk, nyoman, post):
    decide(desk, post)
    told = "Berlaku paling lambat semenit sesudahnya."

    assert told in desk.get(QUEUE).text
    assert told in nyoman.get(f"{QUEUE}?baris={post.pk}").text
    pass_the_time()
    assert PendingDecision.objects.get().when_it_holds == "Berlaku paling lambat semenit lagi."


class TestOtherQueues:
    def test_a_registration(self, desk, make_community, siti):
        kim = make_community("KIM Baru", status="submitted", submitted_at=timezone.now())
        check = f"/petugas/communities/community/{kim.pk}/periksa/"

        desk.post(check, {"decision": "reject", "note": "Bukan KIM."})
        assert Community.objects.get(pk=kim.pk).status == "submitted"
        assert "baru saja diputuskan" in desk.get(check).text
        assert undo(desk).context["form"]["note"].value() == "Bukan KIM."
        desk.post(check, {"decision": "reject", "note": "Bukan KIM sama sekali."})
        pass_the_time()
        carry_out_decisions.func()

        assert Community.objects.get(pk=kim.pk).status == "rejected"

    def test_a_proposal(self, desk, make_aspiration):
        wish = make_aspiration()

        desk.post(WISHES, {"daftar": "baru", "row": wish.pk, "deed": "terima"})
        assert Aspiration.objects.get().status == "forwarded"
        assert "Usulan ini baru saja diputuskan" in desk.get(f"{WISHES}?usulan={wish.pk}").text
        pass_the_time()
        carry_out_decisions.func()

        assert Aspiration.objects.get().status == "accepted"


class TestNotes:
    """What is only kept holds up no decision, of whoever kept it or of a colleague."""

    @pytest.mark.parametrize(
        "note",
        [
            {"deed": "lapor", "lapor-reference": "LPR-7007"},
            {"deed": "tanya", "tanya-text": "Tanya RT.", "tanya-is_public": ""},
        ],
    )
    def test_it_is_kept_at_once_and_a_decision_may_follow(self, desk, make_aspiration, note):
        row = make_aspiration()

        desk.post(WISHES, {"daftar": "baru", "row": row.pk, **note})

        assert row.steps.last().note in ("LPR-7007", "Tanya RT.")
        assert not PendingDecision.objects.exists()
        assert desk.get(WISHES).context["row"] == row
        desk.post(WISHES, {"daftar": "baru", "row": row.pk, "deed": "terima"})
        assert PendingDecision.objects.get().status == "pending"

    def test_a_question_to_the_sender_may_be_taken_back(self, desk, make_aspiration):
        row = make_aspiration()

        desk.post(
            WISHES, {"daftar": "baru", "row": row.pk, "deed": "tanya", "tanya-text": "Di mana?", "tanya-is_public": "1"}
        )

        assert PendingDecision.objects.get().object_id == row.pk
        assert not row.steps.filter(deed="ask").exists()

    def test_a_number_is_kept_while_a_decision_waits(self, desk, make_aspiration):
        row = make_aspiration()
        desk.post(WISHES, {"daftar": "baru", "row": row.pk, "deed": "terima"})

        desk.post(WISHES, {"daftar": "baru", "row": row.pk, "deed": "lapor", "lapor-reference": "LPR-7007"})
        pass_the_time()
        carry_out_decisions.call()

        row.refresh_from_db()
        assert (row.lapor_reference, row.status) == ("LPR-7007", "accepted")
