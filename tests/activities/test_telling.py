"""From an answered aspiration its KIM begins a post that tells what became of it, with photos of before and after."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from activities.models import Photo, Post


@pytest.fixture
def answered(make_aspiration, mekar, siti, made):
    row = make_aspiration(community=mekar)
    row.forward(by=siti)
    row.give_answer(by=made, text="Diaspal bulan depan.", outcome="planned")
    return row


def tell(client, row):
    return client.post(f"/ruang/usulan/{row.code}/tulis/")


def test_its_kim_begins_one_draft_with_a_title(client, answered, siti, mekar):
    client.force_login(siti)
    assert "Tulis apa yang terjadi" in client.get(answered.room_path).content.decode()

    first, second = tell(client, answered), tell(client, answered)

    draft = Post.objects.get()
    assert first.url == second.url
    assert (draft.aspiration, draft.community, draft.status) == (answered, mekar, "draft")
    assert draft.title == "Apa yang terjadi: Jalan di RT 03 berlubang"
    assert client.get(first.url).status_code == 200


def test_of_what_is_not_answered_nothing_is_told(client, make_aspiration, mekar, siti):
    row = make_aspiration(community=mekar)
    client.force_login(siti)

    assert tell(client, row).status_code == 403
    assert not Post.objects.exists()


def test_before_and_after_stand_side_by_side_and_each_page_leads_to_the_other(client, answered, make_post):
    before = answered.photos.create(alt="Jalan berlubang", width=640, height=480)
    post = make_post(aspiration=answered)
    after = Photo.objects.create(post=post, alt="Jalan rata", width=640, height=480)
    default_storage.save(after.path("640.webp"), ContentFile(b"RIFF"))

    page = client.get(post.get_absolute_url()).content.decode()

    assert answered.get_absolute_url() in page
    assert page.index(before.src640) < page.rindex(after.src640)
    assert post.get_absolute_url() in client.get(answered.get_absolute_url()).content.decode()


def test_a_hidden_aspiration_is_not_shown_by_its_post(client, answered, make_post, made):
    post = make_post(aspiration=answered)
    answered.hide(by=made, note="Memuat nama.")

    assert answered.title not in client.get(post.get_absolute_url()).content.decode()
