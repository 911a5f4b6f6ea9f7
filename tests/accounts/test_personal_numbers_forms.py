"""The guard stands at every way in: no form of the portal takes a personal number, but that of posts, which wait."""

import importlib
import pkgutil

import pytest
from conftest import PASSWORD
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.personal_numbers import CODE
from activities.models import Comment, Flag, Photo
from regions.filters import RegionField

NIK = "6402024108900001"
WRITTEN = [
    f"Siti, {NIK}",
    "NIK 6402.0241.0890.0001",
    "KK 6402020101150002",
    "NPWP 01.234.567.8-901.000",
    "rek. BRI 1234-01-012345-50-1",
]
APPS = ("regions", "accounts", "communities", "bulletins", "activities", "kimportal")

OPEN = {
    # An officer reads a post and its photos before everyone else.
    "PostForm": {
        *["title", "body", "venue", "claim", "source_name", "source_url"],
        "product",
        "public_contact",
        "clarifies",
    },
    "PhotoForm": {"alt", "caption"},
    # Guarded when the form is made; tests/bulletins/test_desk.py tries it.
    "BulletinForm": {"title", "text", "short_text", "event", "instruction"},
    # What a browser says of itself.
    "PhoneForm": {"endpoint", "p256dh", "auth", "zone"},
    # Asked, and not kept as it is typed.
    **dict.fromkeys(["SeatForm", "RegisterForm", "ProfileForm"], frozenset({"seat"})),
    **dict.fromkeys(["SearchForm", "PlaceSearchForm"], frozenset({"q"})),
    **{"FlagCodeForm": frozenset({"code"}), "AnyCodeForm": frozenset({"kode"}), "ActivateAppForm": frozenset({"code"})},
    "InviteManyForm": {"lines"},  # each line is an InviteForm, which is guarded
    "DecisionForm": {"decision"},
    "AppointmentForm": {"user"},
    "BlogForm": {"site"},
    "SaveFilterForm": {"query"},  # what one officer looks for, read by nobody else
    "ContactForm": {"links"},  # looked at line by line, when they are read
    # By which address people are reached is theirs to choose.
    **dict.fromkeys(["SignupForm", "AddEmailForm", "ResetPasswordForm"], frozenset({"email"})),
}


def forms_of_ours():
    for app in APPS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    todo, found = [forms.BaseForm], set()
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if kind.__module__.split(".")[0] in APPS and hasattr(kind, "base_fields"):
            found.add(kind)
    return found


def is_guarded(field):
    """Whether a field refuses a number for what it is, and not only for its length or form."""
    for value in (NIK, f"https://contoh.id/{NIK}"):
        try:
            field.run_validators(value)
        except ValidationError as refusal:
            if any(error.code == CODE for error in refusal.error_list):
                return True
    return False


def is_text(field):
    """Whether people write in it: neither a password nor what a page brings along unseen."""
    is_written = not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    return isinstance(field, forms.CharField) and not isinstance(field, RegionField) and is_written


def test_no_field_takes_a_personal_number_but_those_that_are_named_here():
    open_fields = {
        kind.__name__: {name for name, field in kind.base_fields.items() if is_text(field) and not is_guarded(field)}
        for kind in forms_of_ours()
    }
    open_fields["SignupForm"].discard("username")  # of allauth, and not on the page

    assert {name: fields for name, fields in open_fields.items() if fields} == OPEN


def test_no_column_that_the_desk_writes_takes_one(rf, made):
    request = rf.get("/")
    request.user = made
    fields = {
        (model.__name__, column.name): desk.formfield_for_dbfield(column, request)
        for model, desk in admin.site._registry.items()
        for column in model._meta.fields
    }

    open_fields = [name for name, field in fields.items() if field and is_text(field) and not is_guarded(field)]
    assert open_fields == [("Community", "links")]  # looked at line by line, when they are read


@pytest.mark.parametrize("text", WRITTEN)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client, siti, mekar, text):
    client.force_login(siti)
    facts = {"address": text, "contact_phone": "0812-3456-7890", "links": f"https://contoh.id/\n{text}"}

    answer = client.post(reverse("communities:contact", args=[mekar.slug]), facts)

    errors = answer.context["form"].errors
    assert errors.keys() == {"address", "links"}
    assert all(sentence.startswith("Jangan menulis") for sentences in errors.values() for sentence in sentences)
    assert 'value="0812-3456-7890"' in answer.text
    mekar.refresh_from_db()
    assert (mekar.address, mekar.contact_phone, mekar.links) == ("", "", [])


@pytest.mark.parametrize(
    ("address", "field", "facts"),
    [
        ("communities:contact", "contact_phone", {"contact_phone": NIK}),
        ("communities:contact", "contact_email", {"contact_email": f"{NIK}@contoh.id"}),
        ("communities:contact", "website", {"website": f"https://contoh.id/{NIK}"}),
        ("communities:profile", "about", {"about": f"Donasi: {WRITTEN[-1]}"}),
        ("communities:member_add", "name", {"name": f"Siti {NIK}"}),
        ("communities:member_add", "occupation", {"name": "Siti", "occupation": WRITTEN[3]}),
        ("communities:member_invite", "email", {"name": "Siti", "email": f"{NIK}@contoh.id"}),
    ],
)
def test_every_form_of_a_kim_refuses_one(client, siti, mekar, address, field, facts):
    client.force_login(siti)

    answer = client.post(reverse(address, args=[mekar.slug]), facts)

    assert answer.context["form"].errors.keys() == {field}
    assert mekar.memberships.count() == 1


@pytest.mark.parametrize("text", WRITTEN)
def test_neither_a_comment_nor_a_report_takes_one(client, make_post, joko, text):
    post = make_post()
    client.force_login(joko)

    comment = client.post(reverse("activities:comment", args=[post.pk]), {"text": text})
    report = client.post(reverse("activities:flag_post", args=[post.pk]), {"reason": "personal", "text": text})

    for answer in (comment, report):
        assert answer.context["form"].errors["text"][0].startswith("Jangan menulis")
        assert text in answer.text
    assert not Comment.objects.exists()
    assert not Flag.objects.exists()


@pytest.mark.django_db
def test_nobody_signs_up_by_a_number(client):
    facts = {"name": f"Siti {NIK}", "email": "siti.baru@contoh.id", "password1": PASSWORD}

    answer = client.post(reverse("account_signup"), facts)

    assert answer.context["form"].errors.keys() == {"name"}
    assert not User.objects.exists()


CLAIM = {"type": "klarifikasi", "claim": "Vaksin", "verdict": "salah", "source_name": "Dinas", "body": "Tidak benar."}


@pytest.mark.parametrize(
    "facts",
    [
        {"body": WRITTEN[1]},
        {"title": f"Bantuan {NIK}"},
        {"type": "potensi", "product": "Kerupuk", "body": "Dibuat warga.", "public_contact": WRITTEN[-1]},
        CLAIM | {"source_url": f"https://a.id/{NIK}"},
    ],
)
def test_a_post_with_one_waits_for_an_officer_although_its_kim_is_trusted(make_post, mekar, siti, facts):
    mekar.is_trusted = True
    mekar.save()
    post = make_post(status="draft", **facts)

    post.send_in(by=siti)

    assert post.status == "in_review"
    assert "nik" in post.held_for
    assert any("nomor pribadi" in str(reason).lower() for reason in post.held_because)


@pytest.mark.parametrize("words", [{"alt": f"KTP {NIK}"}, {"alt": "Panen", "caption": "WA 0812-3456-7890"}])
def test_what_is_said_of_a_photo_makes_its_post_wait_too(make_post, mekar, siti, words):
    mekar.is_trusted = True
    mekar.save()
    post = make_post(status="draft")
    Photo.objects.create(post=post, width=640, height=400, **words)

    post.send_in(by=siti)

    assert post.status == "in_review"
