"""Officers keep filters of the desk's lists under names of their own, and narrow lists by place, field and age."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import SavedFilter
from accounts.models.saved_filters import MOST_OF_A_LIST
from communities.models import Community

pytestmark = pytest.mark.django_db
LIST = "/petugas/communities/community/"


def keep(desk, **changes):
    facts = {"table": "communities.community", "name": "Menunggu", "query": "perlu=perbaikan&p=3"} | changes
    return desk.post(reverse("admin:filter_save"), facts, follow=True)


def test_a_filter_is_kept_without_its_page_and_stands_above_its_list(desk, made):
    answer = keep(desk)

    row = SavedFilter.objects.get()
    assert (row.user, row.query, row.url) == (made, "perlu=perbaikan", f"{LIST}?perlu=perbaikan")
    assert answer.redirect_chain[-1][0] == row.url
    assert f'href="{row.url}" aria-current="true"' in answer.text
    assert row.url not in desk.get("/petugas/communities/decree/").text


def test_it_is_its_officers_alone(desk, client, made, ratna, with_second_factor):
    keep(desk)
    row = SavedFilter.objects.get()
    client.force_login(with_second_factor(ratna))

    assert row.url not in client.get(LIST).text
    assert client.post(reverse("admin:filter_forget", args=[row.pk])).status_code == 404
    assert SavedFilter.objects.exists()


def test_it_is_let_go(desk):
    keep(desk)

    answer = desk.post(reverse("admin:filter_forget", args=[SavedFilter.objects.get().pk]), follow=True)

    assert not SavedFilter.objects.exists()
    assert "dihapus" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Beri saringan ini nama."),
        ({"name": "a" * 61}, "Paling banyak 60 huruf."),
        ({"name": "6402024108900001"}, ""),
        ({"query": "p=3"}, "Saring dahulu daftarnya"),
        ({"query": "q=" + "a" * 1000}, "terlalu panjang"),
    ],
)
def test_what_is_not_right_is_told_and_kept_nowhere(desk, changes, sentence):
    assert sentence in keep(desk, **changes).text
    assert not SavedFilter.objects.exists()


def test_a_name_stands_for_one_filter_and_a_list_has_not_too_many(desk, made):
    keep(desk)
    again = keep(desk, query="perlu=menunggu")
    SavedFilter.objects.bulk_create(
        SavedFilter(user=made, table="communities.community", name=str(number), query="q=a")
        for number in range(1, MOST_OF_A_LIST)
    )
    too_many = keep(desk, name="Lagi")

    assert "sudah ada" in again.text
    assert "paling banyak" in too_many.text
    assert SavedFilter.objects.count() == MOST_OF_A_LIST


def test_of_a_table_that_the_desk_does_not_show_nothing_is_kept(desk):
    assert (
        desk.post(reverse("admin:filter_save"), {"table": "auth.group", "name": "x", "query": "a=1"}).status_code == 404
    )


def test_kim_are_narrowed_by_district_by_field_and_by_age(desk, mekar, sector, make_community):
    make_community("KIM Lama", seat="64.02.06")
    Community.objects.filter(name="KIM Lama").update(created_at=timezone.now() - timedelta(days=500))
    mekar.sectors.add(sector)

    def names(query):
        return {kim.name for kim in desk.get(f"{LIST}?{query}", follow=True).context["cl"].result_list}

    page = desk.get(LIST).text
    assert "Kecamatan Tenggarong" in page
    assert names("wilayah=64.02.06") == names("umur=lama") == {"KIM Lama"}
    assert names(f"sectors__id__exact={sector.pk}") == names("umur=30") == {"KIM Mekar"}
    assert names("umur=entah") == {"KIM Mekar", "KIM Lama"}
