"""What each type of post needs is one table, and whoever reads texts reads all of them."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.suspicion import Suspicion
from activities import types
from activities.forms import PostForm
from activities.models import Photo, Post
from communities.models import StepRefused

# Columns of letters that nobody types as words: choices, what the portal works out, what an old blog left behind.
NOT_TYPED = {"slug", "original_url", "old_blog_note"}
NIK = "6402036708900001"


def columns_of_letters(model):
    return {
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not column.choices
    }


def test_every_column_of_letters_is_read_by_the_checks():
    assert columns_of_letters(Post) - NOT_TYPED == {*types.TEXTS, *types.CONTACTS}
    assert columns_of_letters(Photo) == {"alt", "caption"}


def test_each_type_has_its_rule_and_each_own_column_one_type():
    assert set(types.RULES) == set(types.Type)
    assert len(set(types.OWN_COLUMNS)) == len(types.OWN_COLUMNS)
    for type_, rule in types.RULES.items():
        assert set(rule.needed) <= {*types.COLUMNS, *rule.columns}, type_
        assert set(rule.always) <= set(rule.needed), type_


def test_the_form_asks_for_all_that_is_written():
    # The summary is the beginning of the body; when it is published is no part of it.
    assert {*PostForm._meta.fields} == {*types.WRITTEN} - {"summary"} | {"publish_at"}


@pytest.mark.parametrize("type_", [type_ for type_, rule in types.RULES.items() if rule.columns])
def test_the_page_shows_the_columns_of_a_type_together(type_):
    page = (settings.BASE_DIR / "templates/activities/_writing_form.html").read_text()
    part = page.partition(f'class="of-type of-{type_}"')[2].partition('class="of-type')[0]

    assert set(types.RULES[type_].columns) <= set(re.findall(r"form\.(\w+)", part))


@pytest.mark.parametrize("name", [*types.TEXTS, *types.CONTACTS])
def test_a_personal_number_in_any_text_holds_the_post(name, make_post):
    post = make_post(**{"status": "draft", name: f"https://a.id/{NIK}" if name == "source_url" else f"Data {NIK}"})

    assert Suspicion.PERSONAL_NUMBER in post.suspicions()
    assert post.personal_numbers_in == [str(Post._meta.get_field(name).verbose_name)]


@pytest.mark.parametrize("name", ["alt", "caption"])
def test_a_personal_number_in_the_words_of_a_photo_holds_the_post(name, make_post):
    post = make_post(status="draft")
    Photo.objects.create(post=post, width=640, height=400, **{"alt": "Balita", name: f"Data {NIK}"})

    assert Suspicion.PERSONAL_NUMBER in post.suspicions()


@pytest.mark.parametrize(
    ("type_", "name"), [(type_, name) for type_ in types.Type for name in types.needed_by(type_) if name != "place"]
)
def test_nothing_is_sent_without_what_its_type_needs(type_, name, make_post, siti):
    whole = {
        "body": "Isi.", "happened_on": "2026-01-01", "duties": ["diskusi"], "starts_at": "2026-01-01T08:00Z",
        "venue": "Balai", "claim": "Vaksin ditarik.", "verdict": "salah", "source_name": "Dinkes", "product": "Madu",
    }  # fmt: skip
    post = make_post(**{"title": "Judul", "status": "draft", "type": type_} | whole)
    Photo.objects.create(post=post, alt="Balai", width=640, height=400)
    setattr(post, name, None if Post._meta.get_field(name).null else [] if name == "duties" else "")

    with pytest.raises(StepRefused, match=re.escape(str(types.needed_by(type_)[name]))):
        post.send_in(by=siti)


def test_a_gallery_needs_a_photo_and_each_photo_its_words(make_post, siti):
    post = make_post(status="draft", type="galeri", happened_on="2026-01-01", duties=["diskusi"])
    assert post.lacking() == [types.NO_PHOTO]

    photo = Photo.objects.create(post=post, alt=" ", width=640, height=400)
    assert post.lacking() == [types.NO_ALT]

    Photo.objects.filter(pk=photo.pk).update(alt="Balita ditimbang")
    assert post.lacking() == []


def test_a_post_stays_in_the_province_of_its_kim(make_post, places):
    post = make_post(status="draft")
    post.clean()

    post.place = places["0"]
    with pytest.raises(ValidationError) as refused:
        post.clean()
    assert set(refused.value.message_dict) == {"place"}
