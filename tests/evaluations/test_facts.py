"""Each raw fact counts what it says, within the period and its caps, and shows the very rows that it counted."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from conftest import JUNE
from django.utils import timezone

from activities.models import Post, Redissemination
from bulletins.models import Delivery
from communities.models import CoachingEvent
from evaluations.facts import FACTS, Period, numbers_of

YEAR = Period(datetime(2024, 12, 31, 17, tzinfo=UTC), datetime(2025, 12, 31, 17, tzinfo=UTC), most_a_day=2)


def numbers(community):
    return numbers_of(YEAR, [community.pk])[community.pk]


def number(community, word):
    """What is counted, which is what is shown to be counted where the fact is a number of rows."""
    return int(numbers(community)[word])


def delivered(community, bulletin, at=JUNE, **facts):
    row = Delivery.objects.create(community=community, bulletin=bulletin, place=community.seat)
    Delivery.objects.filter(pk=row.pk).update(created_at=at, **facts)
    return Delivery.objects.get(pk=row.pk)


def test_a_kim_that_did_nothing_has_every_fact_as_zero(mekar):
    facts = numbers(mekar)

    assert facts.keys() == FACTS.keys()
    assert {word for word, number in facts.items() if number} == {"data_lengkap"}  # it has a chair


def test_a_thousand_posts_of_a_day_count_as_the_cap_says(mekar, make_post, sector):
    made = [make_post(published_at=JUNE) for _number in range(3)]
    Post.objects.bulk_create(
        Post(title=f"Ke-{n}", slug="ke", status="published", published_at=JUNE + timedelta(seconds=n), community=mekar,
             author=made[0].author, sector=sector, place=mekar.seat)
        for n in range(1000)
    )  # fmt: skip
    make_post(type="galeri", published_at=JUNE)

    facts = numbers(mekar)
    assert (facts["berita"], facts["galeri"], facts["kegiatan"]) == (2, 1, 3)
    assert FACTS["berita"].behind(YEAR, mekar).count() == 2


def test_a_day_is_one_by_the_clock_of_jakarta(mekar, make_post):
    late = datetime(2025, 6, 10, 16, 59, tzinfo=UTC)
    for minutes in (0, 0, 0, 1):  # 23.59 and midnight
        make_post(published_at=late + timedelta(minutes=minutes))

    assert number(mekar, "berita") == 3


def test_posts_outside_the_period_or_taken_back_do_not_count(mekar, make_post):
    make_post(published_at=YEAR.since - timedelta(seconds=1))
    make_post(published_at=YEAR.until)
    make_post(published_at=JUNE, is_hoax=True)
    make_post(published_at=JUNE, is_recalled=True)
    make_post(published_at=JUNE, status="hidden")
    inside = [make_post(published_at=YEAR.since), make_post(published_at=YEAR.until - timedelta(seconds=1))]

    facts = numbers(mekar)
    assert (facts["berita"], facts["disembunyikan"]) == (2, 1)
    assert set(FACTS["berita"].behind(YEAR, mekar)) == set(inside)


def test_months_and_duties_are_counted_once_each(mekar, make_post):
    make_post(published_at=JUNE, duties=["diskusi", "advokasi"])
    make_post(published_at=JUNE + timedelta(days=3), duties=["diskusi"])
    make_post(published_at=JUNE + timedelta(days=40), duties=[])

    facts = numbers(mekar)
    assert (facts["bulan_aktif"], facts["tugas_adinda"]) == (2, 2)


def test_what_other_kim_took_up_counts_once_for_each(mekar, make_community, make_post):
    post, others = make_post(published_at=JUNE), [make_community(f"KIM {name}") for name in ("Lain", "Ketiga")]
    for community in [*others, others[0], mekar]:
        make_post(published_at=JUNE, origin=post, community=community)

    assert number(mekar, "diambil_kim_lain") == 2
    assert FACTS["diambil_kim_lain"].behind(YEAR, mekar).count() == 2


def test_bulletins_passed_on_and_how_fast(mekar, make_bulletin):
    sent = [make_bulletin(status="sent") for _number in range(4)]
    hours = [1, 5, 40]
    for bulletin, late in zip(sent, hours, strict=False):
        delivered(mekar, bulletin, opened_at=JUNE, passed_on_at=JUNE + timedelta(hours=late))
    delivered(mekar, sent[3])
    delivered(mekar, make_bulletin(status="recalled"), opened_at=JUNE, passed_on_at=JUNE)

    facts = numbers(mekar)
    words = ["informasi_diterima", "informasi_disebarkan", "disebarkan_sehari", "jam_menyebarkan"]
    assert [facts[word] for word in words] == [4, 3, 2, Decimal("5.00")]
    assert FACTS["disebarkan_sehari"].behind(YEAR, mekar).count() == 2


def test_only_the_reach_that_an_officer_verified_counts(mekar, siti, made, make_bulletin):
    for day, verified in ((date(2025, 6, 11), 40), (date(2026, 1, 1), 10), (date(2025, 6, 12), None)):
        bulletin = make_bulletin(status="sent")
        delivered(mekar, bulletin)
        judged = {"judged_at": timezone.now(), "judged_by": made} if verified else {}
        Redissemination.objects.create(
            bulletin=bulletin, community=mekar, channel="tatap_muka", place=mekar.seat, people=50, by=siti,
            happened_on=day, verified_people=verified, **judged,
        )  # fmt: skip

    assert number(mekar, "jangkauan_terverifikasi") == 40


def test_aspirations_that_a_kim_handed_on_itself_are_told_from_those_it_left(mekar, siti, make_aspiration):
    for deed in ("forward", "forward", "pass_silent_kim"):
        step = make_aspiration(title=f"Usulan {deed} {timezone.now()}", community=mekar).steps.create(
            deed=deed, to="forwarded"
        )
        type(step).objects.filter(pk=step.pk).update(at=JUNE)

    facts = numbers(mekar)
    assert (facts["usulan_diteruskan"], facts["usulan_terlewat"]) == (2, 1)


def test_coaching_counts_for_those_who_were_there(mekar, make_community, places, made):
    for day in (date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        event = CoachingEvent.objects.create(
            kind="training", title="Menulis", held_on=day, region=places["64.02"], recorded_by=made
        )
        event.communities.add(mekar, make_community("KIM Lain"))

    assert number(mekar, "pembinaan") == 2


def test_administration_is_complete_fresh_and_decreed_at_the_end(mekar, make_decree, sector):
    before = numbers(mekar)
    mekar.sectors.add(sector)
    mekar.decree = make_decree(issued_on="2025-01-05", ends_on="2025-12-31")
    mekar.about, mekar.address, mekar.contact_phone = "Kami warga Jembayan.", "Balai desa", "+6281234567890"
    mekar.founded_on, mekar.confirmed_at = date(2020, 5, 20), JUNE
    mekar.save()

    words = ["data_lengkap", "data_segar", "sk_berlaku"]
    assert [before[word] for word in words] == [1, 0, 0]
    assert [numbers(mekar)[word] for word in words] == [6, 1, 1]
    assert list(FACTS["sk_berlaku"].behind(YEAR, mekar)) == [mekar]


def test_as_many_queries_for_many_kim_as_for_one(mekar, make_community, make_post, django_assert_num_queries):
    kims = [mekar, *(make_community(f"KIM {number}") for number in range(4))]
    for community in kims:
        make_post(published_at=JUNE, community=community)

    with django_assert_num_queries(8):
        numbers_of(YEAR, [mekar.pk])
    with django_assert_num_queries(8):
        found = numbers_of(YEAR, [community.pk for community in kims])
    assert {int(facts["berita"]) for facts in found.values()} == {1}


def test_every_fact_shows_the_rows_behind_it(mekar, make_community, make_post):
    make_post(published_at=JUNE, community=make_community("KIM Lain"))
    make_post(published_at=JUNE)
    counted = numbers(mekar)

    for word, fact in FACTS.items():
        behind = fact.behind(YEAR, mekar).count()
        assert bool(counted[word]) is bool(behind), word
        if fact.number.__name__ == "how_many":
            assert behind == counted[word]
