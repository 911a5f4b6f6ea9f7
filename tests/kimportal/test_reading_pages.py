"""The page of a KIM says who they are before what they did; a post offers its deeds before its picture."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_kim_says_who_they_are_and_how_to_reach_them_before_its_posts(client, mekar, siti, make_post):
    post = make_post()

    page = client.get(mekar.get_absolute_url()).text

    order = ["<h1>", "Hubungi", "Ikuti", "Gabung", "Pengurus", siti.name, post.title]
    found = [page.index(words, page.index("<h1>")) for words in order]
    assert found == sorted(found)
    assert f"{reverse('aspirations:send')}?kim={mekar.slug}&amp;jenis=permintaan" in page
    assert '<span class="monogram" aria-hidden="true">M</span>' in page


def test_a_dissolved_kim_is_neither_followed_nor_joined(client, make_community):
    page = client.get(make_community("KIM Lama", status="dissolved").get_absolute_url()).text

    main = page[page.index("<main") : page.index("</main>")]
    assert "Hubungi" not in main
    assert "Gabung" not in main


def test_the_deeds_of_a_reader_come_before_the_picture(client, make_post):
    page = client.get(make_post(title="Posyandu").get_absolute_url()).text

    assert (
        page.index("data-share=")
        < page.index("data-save-post=")
        < page.index("data-thank=")
        < page.index('class="cover"')
    )
    assert 'id="bagikan"' in page


def test_what_is_a_hoax_is_neither_shared_nor_thanked_for(client, make_post):
    page = client.get(make_post(is_hoax=True).get_absolute_url()).text

    assert "data-share=" not in page
    assert "data-thank=" not in page


def test_a_post_leads_on_to_others_of_its_kim(client, make_post):
    newer, middle, older = (make_post(title=f"Kabar {number}") for number in range(3))

    page = client.get(middle.get_absolute_url()).text

    part = page[page.index("Lainnya dari KIM Mekar") :]
    assert (
        part.index("Yang lebih baru")
        < part.index(newer.title)
        < part.index("Yang sebelumnya")
        < part.index(older.title)
    )


def test_the_list_of_saved_posts_is_the_phones_alone(client):
    assert "Belum ada yang tersimpan" in client.get(reverse("saved")).text
