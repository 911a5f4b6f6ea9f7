"""Members come and go: invited, asking, leaving, appointed, and the chair handed over."""

from datetime import date, timedelta

import pytest
from conftest import PASSWORD, make_user
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Dispatch, Notice
from communities.models import Community, Membership, Position, StepRefused
from regions.clocks import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def andi(mekar):
    """A member of KIM Mekar with an account."""
    return Membership.objects.create(community=mekar, user=make_user("Andi"), name="Andi")


@pytest.fixture
def by_hand(mekar):
    """A member without an account."""
    return Membership.objects.create(community=mekar, name="Bu Wati", occupation="petani")


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def chairs(community):
    return [position.membership.name for position in community.positions.current().filter(role="ketua")]


def test_an_invitation_to_an_unknown_address_leaves_as_one_email(mekar, siti):
    Membership.objects.invite(mekar, name="Wayan", email="Wayan@Contoh.id", by=siti)

    assert (outbox.send_waiting(), outbox.send_waiting()) == (1, 0)
    assert mail.outbox[0].to == ["wayan@contoh.id"]
    assert "KIM Mekar" in mail.outbox[0].subject
    assert "Siti, ketua KIM Mekar" in mail.outbox[0].body


def test_an_address_that_is_no_users_reads_no_name_that_no_office_has_seen(siti, places):
    draft = Community.objects.found(by=siti, name="KIM Menang Undian", seat=places["64.02.02.2003"])

    Membership.objects.invite(draft, name="Wayan", email="wayan@contoh.id", by=siti)

    outbox.send_waiting()
    (letter,) = mail.outbox
    assert letter.subject == "Portal KIM: Undangan menjadi anggota sebuah KIM"
    assert "Ketua sebuah KIM di Desa Jembayan" in letter.body
    assert "Undian" not in letter.body
    assert "Siti" not in letter.body


def test_who_has_an_account_is_told_in_the_inbox_too_and_the_chair_learns_nothing(mekar, siti, joko):
    known = Membership.objects.invite(mekar, name="Joko", email="JOKO@contoh.id", by=siti)
    unknown = Membership.objects.invite(mekar, name="Wayan", email="wayan@contoh.id", by=siti)

    assert told(joko) == ["Undangan menjadi anggota KIM Mekar"]
    assert (known.user, known.status) == (unknown.user, unknown.status) == (None, "invited")


def test_only_the_owner_of_the_address_takes_an_invitation_up(mekar, siti, joko):
    invited = Membership.objects.invite(mekar, name="Pak Joko", email=joko.email, by=siti)

    with pytest.raises(StepRefused):
        invited.accept(by=make_user("Wayan"))
    invited.accept(by=joko)
    invited.accept(by=joko)

    invited.refresh_from_db()
    assert (invited.user, invited.status, invited.name, invited.email) == (joko, "current", "Joko", "")
    assert told(siti) == ["Joko menerima undangan KIM Mekar"]


def test_a_member_without_an_account_takes_one_up_and_keeps_name_and_office(mekar, siti, joko, by_hand):
    by_hand.appoint("bendahara", by=siti)

    by_hand.invite_by(joko.email, by=siti)
    Membership.objects.waits_for(joko).get().accept(by=joko)

    assert (by_hand.pk, "Bu Wati") == (joko.memberships.get().pk, joko.memberships.get().name)
    assert joko.memberships.get().positions.current().get().role == "bendahara"


def test_who_asked_and_was_invited_meanwhile_is_a_member_once(mekar, siti, joko):
    invited = Membership.objects.create(community=mekar, name="Joko", email=joko.email, status="invited")
    Membership.objects.create(community=mekar, user=joko, name="Joko", status="requested")

    invited.accept(by=joko)

    assert joko.memberships.current().count() == 1
    assert not joko.memberships.waiting().exists()


def test_who_is_invited_need_not_ask(mekar, siti, joko):
    Membership.objects.invite(mekar, name="Joko", email=joko.email, by=siti)

    Membership.objects.ask_to_join(mekar, by=joko)

    assert joko.memberships.get().status == "current"


def test_who_leaves_and_joins_again_has_two_lines(mekar, siti, andi):
    andi.leave()
    Membership.objects.ask_to_join(mekar, by=andi.user).approve(by=siti)

    assert [line.status for line in andi.user.memberships.order_by("pk")] == ["left", "current"]
    assert told(andi.user) == ["Anda kini anggota KIM Mekar"]


def test_who_leaves_holds_no_office_any_more(mekar, siti, andi):
    andi.appoint("sekretaris", by=siti)

    andi.leave()

    assert not mekar.positions.current().filter(membership=andi).exists()
    assert andi.left_on == today(mekar.seat)


def test_the_chair_goes_over_at_once_for_the_rest_of_the_term(mekar, siti, andi):
    term = timezone.localdate() + timedelta(days=400)
    mekar.positions.update(term_until=term)
    andi.appoint("wakil", by=siti)

    andi.receive_chair(by=siti)
    andi.receive_chair(by=siti)

    assert chairs(mekar) == ["Andi"]
    assert mekar.positions.current().get().term_until == term
    assert told(siti) == ["Jabatan ketua KIM Mekar diserahkan kepada Andi"]
    assert told(andi.user)[-1] == "Anda kini ketua KIM Mekar"
    with pytest.raises(StepRefused):
        Membership.objects.add(mekar, name="Wayan", by=siti)


def test_the_chair_goes_to_nobody_without_an_account_and_from_nobody_else(mekar, siti, andi, by_hand):
    with pytest.raises(StepRefused):
        by_hand.receive_chair(by=siti)
    with pytest.raises(StepRefused):
        andi.receive_chair(by=andi.user)

    assert chairs(mekar) == ["Siti"]


def test_a_chair_neither_leaves_nor_is_removed_nor_ended(mekar, siti):
    own = siti.memberships.get()
    for deed in (own.leave, lambda: own.remove(by=siti), lambda: own.positions.get().end(by=siti)):
        with pytest.raises(StepRefused):
            deed()

    assert chairs(mekar) == ["Siti"]


def test_an_office_has_one_line_and_its_newest_term(mekar, siti, by_hand):
    by_hand.appoint("bendahara", by=siti)
    by_hand.appoint("bendahara", term_until=date(2030, 1, 5), by=siti)
    by_hand.appoint("bendahara", term_until=date(2030, 1, 5), by=siti)
    with pytest.raises(StepRefused):
        by_hand.appoint("ketua", by=siti)

    assert by_hand.positions.get().term_until == date(2030, 1, 5)
    by_hand.positions.get().end(by=siti)
    by_hand.positions.get().end(by=siti)
    assert not Position.objects.current().filter(membership=by_hand).exists()


def test_a_kim_that_is_over_takes_nobody_in(mekar, siti, joko):
    type(mekar).objects.filter(pk=mekar.pk).update(status="dissolved")
    for deed in (
        lambda: Membership.objects.add(mekar, name="Wayan", by=siti),
        lambda: Membership.objects.invite(mekar, name="Joko", email=joko.email, by=siti),
        lambda: Membership.objects.ask_to_join(mekar, by=joko),
    ):
        with pytest.raises(StepRefused):
            deed()

    assert mekar.memberships.count() == 1


# Over HTTP


def page(name, *parts):
    return reverse(f"communities:{name}", args=parts)


def browser(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def chair(mekar, siti):
    """The browser of Siti, who said her password a moment ago."""
    siti.confirm_email()
    chair = browser(siti)
    chair.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return chair


def test_every_member_reads_the_list_and_only_the_chair_reads_addresses(chair, mekar, andi, by_hand, joko):
    by_hand.appoint("bendahara", term_until=date(2030, 1, 5), by=mekar.chairs[0])
    Membership.objects.create(community=mekar, user=joko, name="Joko", status="requested")
    Membership.objects.create(community=mekar, name="Wayan", email="wayan@contoh.id", status="invited")

    for reader in (chair, browser(andi.user)):
        text = reader.get(page("members", mekar.slug)).text
        assert text.index("Siti") < text.index("Bu Wati") < text.rindex("Andi")
        assert "Bendahara · sampai 5 Januari 2030" in text
        assert "Joko" in text
        assert "Wayan" in text
        is_chair = reader is chair
        assert [address in text for address in ("joko@contoh.id", "wayan@contoh.id", "andi@contoh.id")] == [
            is_chair
        ] * 3
        assert ("Terima" in text, "Undang anggota" in text) == (is_chair, is_chair)


def test_a_list_costs_the_same_with_one_member_as_with_many(chair, mekar, django_assert_max_num_queries):
    for number in range(12):
        member = Membership.objects.create(community=mekar, name=f"Warga {number}", user=make_user(f"W{number}"))
        Position.objects.create(community=mekar, membership=member, role="koordinator")

    with django_assert_max_num_queries(14):
        assert "Warga 11" in chair.get(page("members", mekar.slug)).text


def test_two_clicks_record_one_member_and_a_namesake_later_is_another(chair, mekar):
    facts = {"name": "Bu Wati", "occupation": "petani"}
    seen = chair.get(page("member_add", mekar.slug)).context["form"].initial["seen"]
    for _click in (1, 2):
        chair.post(page("member_add", mekar.slug), facts | {"seen": seen})
    assert mekar.memberships.filter(name="Bu Wati").count() == 1

    seen = chair.get(page("member_add", mekar.slug)).context["form"].initial["seen"]
    chair.post(page("member_add", mekar.slug), facts | {"seen": seen})
    assert mekar.memberships.filter(name="Bu Wati").count() == 2


@pytest.mark.parametrize("name", ["3273012501900001", "Wati 32.7301.250190.0001", "3273 0125 0190 0001"])
def test_a_nik_is_refused_beside_its_field_and_what_was_typed_stays(chair, mekar, name):
    answer = chair.post(page("member_add", mekar.slug), {"name": name, "occupation": "petani"})

    assert "Jangan menulis NIK" in answer.text
    assert 'value="petani"' in answer.text
    assert mekar.memberships.count() == 1


@pytest.mark.parametrize(
    "email", ["wayan", "wayan@", "a b@contoh.id", "wayan@contoh.id\nBcc: x@y.id", "x" * 300 + "@y.id", ""]
)
def test_an_odd_address_is_refused_beside_its_field_and_what_was_typed_stays(chair, mekar, email):
    answer = chair.post(page("member_invite", mekar.slug), {"name": "Wayan", "email": email})

    assert answer.context["form"].errors.keys() == {"email"}
    assert 'value="Wayan"' in answer.text
    assert not Dispatch.objects.exists()


def test_an_address_is_invited_once(chair, mekar):
    seen = chair.get(page("member_invite", mekar.slug)).context["form"].initial["seen"]
    facts = {"name": "Wayan", "email": "wayan@contoh.id", "seen": seen}
    for _click in (1, 2):
        assert chair.post(page("member_invite", mekar.slug), facts).url == page("members", mekar.slug)
    assert (mekar.memberships.invited().count(), Dispatch.objects.count()) == (1, 1)

    later = chair.post(page("member_invite", mekar.slug), facts | {"email": "WAYAN@contoh.id", "seen": seen + 1})

    assert later.context["form"].errors == {"email": ["Alamat ini sudah diundang dan belum menjawab."]}
    assert 'value="WAYAN@contoh.id"' in later.text
    assert Dispatch.objects.count() == 1


def test_nobody_is_written_to_again_and_again_by_inviting(chair, mekar):
    answers = []
    for _time in range(7):
        answers.append(chair.post(page("member_invite", mekar.slug), {"name": "Wayan", "email": "wayan@contoh.id"}))
        mekar.memberships.invited().delete()

    assert "sudah banyak surel" in answers[-1].text
    assert "wayan@contoh.id" in answers[-1].text
    assert Dispatch.objects.count() == 5


def test_who_belongs_or_asks_already_is_not_invited(chair, mekar, andi, joko):
    Membership.objects.create(community=mekar, user=joko, name="Joko", status="requested")

    for person in (andi.user, joko):
        answer = chair.post(page("member_invite", mekar.slug), {"name": person.name, "email": person.email})
        assert "email" in answer.context["form"].errors

    assert not Dispatch.objects.exists()


def test_an_invitation_is_answered_in_the_workspace_by_its_owner_alone(chair, mekar, joko):
    chair.post(page("member_invite", mekar.slug), {"name": "Joko", "email": joko.email})
    invited = mekar.memberships.invited().get()
    wayan, invitee = browser(make_user("Wayan")), browser(joko)

    assert "Undangan menjadi anggota KIM Mekar" in invitee.get(reverse("workspace")).text
    assert "KIM Mekar" not in wayan.get(reverse("workspace")).text
    assert wayan.post(page("invitation_answer", invited.pk), {"answer": "accept"}).status_code == 404
    for _click in (1, 2):
        answer = invitee.post(page("invitation_answer", invited.pk), {"answer": "accept"}, follow=True)
        assert "Anda kini anggota KIM Mekar." in answer.text

    assert page("room", mekar.slug) in answer.text
    assert joko.memberships.get().status == "current"


def test_who_declines_is_asked_no_more(chair, mekar, joko):
    chair.post(page("member_invite", mekar.slug), {"name": "Joko", "email": joko.email})
    invited = mekar.memberships.invited().get()

    for _click in (1, 2):
        assert browser(joko).post(page("invitation_answer", invited.pk), {"answer": "decline"}).status_code == 302

    assert "Undangan menjadi" not in browser(joko).get(reverse("workspace")).text
    assert not mekar.memberships.filter(user=joko).exists()


def test_a_withdrawn_invitation_does_not_hold(chair, mekar, joko):
    chair.post(page("member_invite", mekar.slug), {"name": "Joko", "email": joko.email})
    invited = mekar.memberships.invited().get()
    for _click in (1, 2):
        chair.post(page("member_answer", mekar.slug, invited.pk), {"answer": "withdraw"})

    browser(joko).post(page("invitation_answer", invited.pk), {"answer": "accept"})

    assert mekar.memberships.get(pk=invited.pk).status == "declined"
    assert not joko.memberships.exists()


def test_the_invitation_of_a_listed_member_is_withdrawn_and_the_member_stays(chair, mekar, by_hand, joko):
    chair.post(page("member_account", mekar.slug, by_hand.pk), {"email": joko.email})
    assert Membership.objects.waits_for(joko).exists()

    chair.post(page("member_answer", mekar.slug, by_hand.pk), {"answer": "withdraw"})

    by_hand.refresh_from_db()
    assert (by_hand.status, by_hand.email) == ("current", "")
    assert not Membership.objects.waits_for(joko).exists()


def test_a_resident_asks_once_and_the_chair_takes_in_once(chair, mekar, joko):
    resident = browser(joko)
    for _click in (1, 2):
        resident.post(page("join", mekar.slug), {"deed": "ask"})
    asked = joko.memberships.get()
    assert "menunggu jawaban ketua" in resident.get(reverse("workspace")).text
    assert "Joko ingin bergabung dengan KIM Mekar" in chair.get(reverse("workspace")).text
    assert resident.get(page("room", mekar.slug)).status_code == 404

    for _click in (1, 2):
        answer = chair.post(page("member_answer", mekar.slug, asked.pk), {"answer": "approve"}, follow=True)
        assert "Joko kini anggota." in answer.text

    assert joko.memberships.get().status == "current"
    assert told(joko) == ["Anda kini anggota KIM Mekar"]
    assert resident.get(page("room", mekar.slug)).status_code == 200


def test_a_request_is_taken_back_and_then_cannot_be_approved(chair, mekar, joko):
    browser(joko).post(page("join", mekar.slug))
    asked = joko.memberships.get()
    browser(joko).post(page("join", mekar.slug), {"deed": "withdraw"})

    answer = chair.post(page("member_answer", mekar.slug, asked.pk), {"answer": "approve"}, follow=True)

    assert "sudah berubah" in answer.text
    assert joko.memberships.get().status == "declined"


def test_a_refused_resident_may_ask_again(chair, mekar, joko):
    browser(joko).post(page("join", mekar.slug))
    chair.post(page("member_answer", mekar.slug, joko.memberships.get().pk), {"answer": "refuse"})
    browser(joko).post(page("join", mekar.slug))

    assert [line.status for line in joko.memberships.order_by("pk")] == ["declined", "requested"]


def test_the_public_page_leads_to_joining_and_is_the_same_for_everyone(client, joko, mekar):
    link = page("join", mekar.slug)

    assert link in client.get(mekar.get_absolute_url()).text
    assert browser(joko).get(mekar.get_absolute_url()).content == client.get(mekar.get_absolute_url()).content
    assert client.get(link).url.startswith(reverse("account_login"))


def test_who_is_removed_is_out_at_once_and_told(chair, mekar, andi):
    assert andi.name in chair.get(page("member_remove", mekar.slug, andi.pk)).text
    for _click in (1, 2):
        assert chair.post(page("member_remove", mekar.slug, andi.pk)).url == page("members", mekar.slug)

    assert browser(andi.user).get(page("room", mekar.slug)).status_code == 404
    assert told(andi.user) == ["Anda tidak lagi anggota KIM Mekar"]


def test_who_leaves_twice_is_out_once(mekar, siti, andi):
    for _click in (1, 2):
        assert browser(andi.user).post(page("leave", mekar.slug)).url == reverse("workspace")

    assert andi.user.memberships.get().status == "left"
    assert told(siti) == ["Andi keluar dari KIM Mekar"]


def test_the_chair_is_shown_the_way_out_and_stays(chair, mekar, siti):
    assert "Serahkan dahulu" in chair.get(page("leave", mekar.slug)).text

    answer = chair.post(page("leave", mekar.slug), follow=True)

    assert "Serahkan dahulu" in answer.text
    assert chairs(mekar) == ["Siti"]


def test_an_office_is_given_with_its_term_and_ended(chair, mekar, by_hand):
    term = today(mekar.seat) + timedelta(days=700)
    for _click in (1, 2):
        chair.post(page("member", mekar.slug, by_hand.pk), {"role": "bendahara", "term_until": term.isoformat()})
    office = by_hand.positions.get()
    assert (office.role, office.term_until) == ("bendahara", term)

    for _click in (1, 2):
        chair.post(page("position_end", mekar.slug, office.pk))
    office.refresh_from_db()
    assert office.ends_on == today(mekar.seat)


@pytest.mark.parametrize(
    "facts", [{"role": "ketua"}, {"role": "raja"}, {"role": "wakil", "term_until": "2020-01-01"}, {"role": ""}]
)
def test_no_office_comes_from_an_odd_form(chair, mekar, by_hand, facts):
    answer = chair.post(page("member", mekar.slug, by_hand.pk), facts)

    assert answer.context["form"].errors
    assert not by_hand.positions.exists()


def test_after_the_handover_the_old_chair_is_refused_on_the_next_request(chair, mekar, siti, andi):
    new = browser(andi.user)
    assert new.get(page("member_add", mekar.slug)).status_code == 403

    for _click in (1, 2):
        assert chair.post(page("member_chair", mekar.slug, andi.pk)).url == page("members", mekar.slug)

    assert chair.post(page("member_add", mekar.slug), {"name": "Wayan"}).status_code == 403
    assert chair.post(page("member_chair", mekar.slug, siti.memberships.get().pk)).status_code == 403
    assert new.post(page("member_add", mekar.slug), {"name": "Wayan"}).status_code == 302
    assert chairs(mekar) == ["Andi"]
    assert mekar.memberships.filter(name="Wayan").count() == 1


def test_handing_over_asks_for_the_password_first(mekar, siti, andi):
    siti.confirm_email()
    answer = browser(siti).post(page("member_chair", mekar.slug, andi.pk))

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert chairs(mekar) == ["Siti"]


def test_a_chair_of_one_kim_changes_nothing_in_another(chair, siti, make_community, joko):
    other = make_community("KIM Melati")
    own = Membership.objects.create(community=other, user=siti, name="Siti")
    asked = Membership.objects.create(community=other, user=joko, name="Joko", status="requested")
    listed = Membership.objects.create(community=other, name="Bu Wati")
    for name in ("member_answer", "member", "member_remove", "member_account"):
        for member in (asked, listed):
            answer = chair.post(page(name, other.slug, member.pk), {"answer": "approve", "role": "wakil"})
            assert answer.status_code == 403
    own.delete()
    mekar = siti.memberships.get().community
    for name in ("member_answer", "member", "member_remove", "member_account", "member_chair"):
        for kim in (other, mekar):
            assert chair.post(page(name, kim.slug, asked.pk), {"answer": "approve"}).status_code == 404

    asked.refresh_from_db()
    assert asked.status == "requested"


def test_who_is_in_several_kims_goes_from_one_to_the_other(chair, mekar, siti, make_community):
    melati = make_community("KIM Melati")
    Membership.objects.create(community=melati, user=siti, name="Siti")

    assert page("members", melati.slug) in chair.get(page("members", mekar.slug)).text
    assert "Undang anggota" not in chair.get(page("members", melati.slug)).text


def test_whoever_has_no_kim_is_led_to_finding_or_founding_one(joko):
    text = browser(joko).get(reverse("workspace")).text

    assert "Anda belum menjadi anggota KIM." in text
    assert reverse("communities:list") in text
    assert reverse("communities:register") in text
    assert "Dibaca ketua" not in text


def test_only_a_chair_is_led_to_what_a_chair_reads(chair, andi):
    assert "Dibaca ketua" in chair.get(reverse("workspace")).text
    assert "Dibaca ketua" not in browser(andi.user).get(reverse("workspace")).text


@pytest.mark.parametrize(
    ("status", "is_seen"), [("invited", False), ("requested", False), ("declined", False), ("left", True)]
)
def test_an_officer_sees_who_belongs_or_belonged_and_no_stranger(desk, mekar, joko, status, is_seen):
    left_on = timezone.localdate() if status == "left" else None
    Membership.objects.create(community=mekar, user=joko, name="Joko", status=status, left_on=left_on)

    for listing in (
        reverse("admin:accounts_user_changelist"),
        reverse("admin:communities_community_change", args=[mekar.pk]),
    ):
        assert (joko.email in desk.get(listing).text) is is_seen
    answer = desk.get(reverse("admin:accounts_user_change", args=[joko.pk]))
    assert (answer.status_code == 200) is is_seen


def test_while_an_officer_looks_at_the_registration_the_people_stay(chair, mekar, siti, andi):
    mekar.status = "submitted"
    mekar.save()

    shown = chair.get(page("members", mekar.slug)).text
    answers = [
        chair.post(page("member_remove", mekar.slug, andi.pk), follow=True),
        chair.post(page("member_add", mekar.slug), {"name": "Bu Wati", "seen": 10**6}),
    ]

    sentence = "Pendaftaran sedang diperiksa petugas."
    assert sentence in shown
    assert "Undang anggota" not in shown
    assert all(sentence in answer.text for answer in answers)
    with pytest.raises(StepRefused, match="sedang diperiksa"):
        andi.receive_chair(by=siti)
    assert [person.name for person in mekar.memberships.current().order_by("pk")] == ["Siti", "Andi"]

    mekar.status = "needs_revision"
    mekar.save()
    chair.post(page("member_remove", mekar.slug, andi.pk))
    assert [person.name for person in mekar.memberships.current()] == ["Siti"]
