"""A KIM from an office's list, whose chair has no account yet: the officer invites, the chair takes it over."""

import pytest
from conftest import make_officer, make_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import outbox
from communities.models import Membership, Position, StepRefused

pytestmark = pytest.mark.django_db

WORD = "undang-ketua"


@pytest.fixture
def old(make_community):
    """KIM Lama as the roster had it: a name, a chair without an account, nothing confirmed."""
    community = make_community("KIM Lama", is_imported=True)
    chair = Membership.objects.create(community=community, name="Pak Wayan")
    Position.objects.create(community=community, membership=chair, role=Position.Role.KETUA)
    return community


def deed(community, word=WORD):
    return reverse("admin:communities_community_deed", args=[community.pk, word])


def test_the_chair_is_invited_takes_over_and_says_that_the_data_are_true(desk, old):
    assert deed(old) in desk.get(old.desk_path).text
    assert "Pak Wayan" in desk.get(deed(old)).text
    desk.post(deed(old), {"email": "Wayan@contoh.id"})
    outbox.send_waiting()

    (message,) = mail.outbox
    assert message.to == ["wayan@contoh.id"]
    assert "Made dari Diskominfo mencatat Anda sebagai ketua KIM Lama" in message.body

    wayan = make_user("Wayan")
    wayan.confirm_email()
    phone = Client()
    phone.force_login(wayan)
    (invited,) = Membership.objects.waits_for(wayan)
    phone.post(reverse("communities:invitation_answer", args=[invited.pk]), {"answer": "accept"})
    phone.post(reverse("communities:confirm", args=[old.slug]))

    old.refresh_from_db()
    assert old.chairs == [wayan]
    assert not old.is_old_data
    assert deed(old) not in desk.get(old.desk_path).text
    assert desk.post(deed(old), {"email": "lain@contoh.id"}).status_code == 403


def test_where_no_chair_is_known_the_officer_writes_one_down(desk, make_community):
    nobody = make_community("KIM Sepi")

    refused = desk.post(deed(nobody), {"name": "", "email": "bukan alamat"})
    assert "Tulis alamat surel yang lengkap" in refused.text
    assert 'value="bukan alamat"' in refused.text

    desk.post(deed(nobody), {"name": "Bu Wati", "email": "wati@contoh.id"})
    assert nobody.listed_chair.name == "Bu Wati"
    assert nobody.listed_chair.is_invited


def test_a_mistyped_address_is_replaced_and_no_longer_holds(desk, old):
    desk.post(deed(old), {"email": "wayn@contoh.id"})
    desk.post(deed(old), {"email": "wayan@contoh.id"})

    assert not Membership.objects.waits_for(make_user("Wayn")).exists()
    assert Membership.objects.waits_for(make_user("Wayan")).exists()


def test_only_the_officer_of_its_regency_invites(client, old, ratna, places, with_second_factor):
    client.force_login(with_second_factor(ratna))
    assert client.get(deed(old)).status_code == 404
    assert client.post(deed(old), {"email": "wayan@contoh.id"}).status_code == 404
    with pytest.raises(StepRefused):
        Membership.objects.invite_chair(old, email="wayan@contoh.id", by=ratna)
    assert not old.memberships.invited().exists()


def test_an_officer_among_its_people_leaves_it_to_another(client, old, places, with_second_factor):
    nyoman = make_officer("Nyoman", places["64.02"])
    Membership.objects.create(community=old, user=nyoman, name="Nyoman")
    client.force_login(with_second_factor(nyoman))

    assert client.post(deed(old), {"email": "nyoman@contoh.id"}).status_code == 403
    assert not old.memberships.invited().exists()


def test_a_kim_whose_chair_has_an_account_keeps_it(desk, mekar, made):
    assert deed(mekar) not in desk.get(mekar.desk_path).text
    with pytest.raises(StepRefused):
        Membership.objects.invite_chair(mekar, email="lain@contoh.id", by=made)
