"""A jury gives its marks apart, and blind: no page of a juror at work knows what was computed."""

import pytest
from conftest import JUNE, make_officer
from django.urls import reverse

from accounts.lifecycle import StepRefused
from evaluations.models import Criterion, Cycle, Juror, JuryScore, Score

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(mekar, make_community, make_post, make_cycle, make_scores):
    """Computed: Mekar has 14.75 points and is second, the other 27.25 and is first."""
    other = make_community("KIM Bahari")
    for community, number in ((mekar, 2), (other, 4)):
        for day in range(1, number + 1):
            make_post(community=community, published_at=JUNE.replace(day=day, month=day))
    cycle = make_scores(make_cycle())
    for position, label in enumerate(("Manfaat bagi warga", "Gotong royong")):
        Criterion.objects.create(cycle=cycle, position=position, label=label)
    return cycle


@pytest.fixture
def juror(cycle, joko):
    return Juror.objects.create(cycle=cycle, user=joko)


@pytest.fixture
def phone(client, joko):
    client.force_login(joko)
    return client


def marks(cycle, *numbers):
    return {f"kriteria-{row.pk}": number for row, number in zip(cycle.criteria.all(), numbers, strict=True)}


def test_a_juror_judges_and_mends_until_closing(phone, cycle, juror, mekar):
    url = reverse("evaluations:judge", args=[cycle.pk, mekar.slug])

    assert phone.post(url, marks(cycle, 70, 80)).url == juror.path
    phone.post(url, marks(cycle, 75, 85))
    assert "sudah dinilai" in phone.get(juror.path).text
    assert JuryScore.objects.means(cycle, [mekar.pk]) == {}  # not closed yet
    phone.post(reverse("evaluations:jury_close", args=[cycle.pk]))

    assert JuryScore.objects.means(cycle, [mekar.pk]) == {mekar.pk: 80}
    assert phone.post(url, marks(cycle, 1, 1)).status_code == 409
    assert JuryScore.objects.means(cycle, [mekar.pk]) == {mekar.pk: 80}


@pytest.mark.parametrize("number", ["", "101", "-1", "banyak"])
def test_marks_that_are_none_are_refused_beside_their_field(phone, cycle, juror, mekar, number):
    answer = phone.post(reverse("evaluations:judge", args=[cycle.pk, mekar.slug]), marks(cycle, number, 80))

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.text
    assert not JuryScore.objects.exists()


def test_a_juror_reads_that_names_are_only_alike(phone, juror):
    assert "Tidak ada KIM bernama “mekr”. Ini yang namanya mirip." in phone.get(juror.path, {"q": "mekr"}).text
    assert "namanya mirip" not in phone.get(juror.path, {"q": "mekar"}).text


def test_no_page_of_a_juror_at_work_shows_a_trace_of_what_was_computed(phone, cycle, juror, mekar):
    scores = list(Score.objects.all())
    pages = [juror.path, f"{juror.path}?q=mekar", reverse("evaluations:jury_close", args=[cycle.pk])]
    pages += [reverse("evaluations:judge", args=[cycle.pk, score.community.slug]) for score in scores]

    texts = [phone.get(page).text.lower() for page in pages]

    assert {str(score.total) for score in scores} == {"15.00", "30.00"}
    for score in scores:
        for trace in (
            str(score.total),
            str(score.total).replace(".", ","),
            score.digest,
            score.get_class_name_display(),
        ):
            assert not any(trace in text for text in texts), trace
    assert not any("peringkat" in text for text in texts)
    # By name, whichever has more.
    assert texts[0].index("kim bahari") < texts[0].index("kim mekar")


def test_the_desk_hides_the_scores_from_an_officer_who_judges(desk, cycle, made):
    juror = Juror.objects.create(cycle=cycle, user=made)
    listed = f"{reverse('admin:evaluations_score_changelist')}?cycle={cycle.pk}"
    page, tried = cycle.scores.first().desk_path, reverse("admin:evaluations_cycle_try", args=[cycle.pk])

    assert "KIM Bahari" not in desk.get(listed).text
    assert desk.get(page).status_code == 404
    assert "Coba bobot ini" not in desk.get(tried).text
    juror.close()

    assert "KIM Bahari" in desk.get(listed).text
    assert desk.get(page).status_code == 200
    assert "Coba bobot ini" in desk.get(tried).text


def test_nothing_an_officer_who_judges_may_open_tells_a_score(desk, cycle, made, mekar, make_cycle):
    Juror.objects.create(cycle=cycle, user=made)
    plan = make_cycle(status="planned", year=2026)  # its weights would be tried on the facts of the cycle
    score = cycle.scores.get(community=mekar)
    listed = reverse("admin:evaluations_score_changelist")
    weights = {"publikasi": 50, "keteraturan": 30, "pembinaan": 20}
    tried = desk.get(reverse("admin:evaluations_cycle_try", args=[plan.pk]), weights)
    exported = desk.post(reverse("admin:evaluations_score_export_csv")).getvalue()
    answers = [
        desk.get(listed),
        desk.get(listed, {"q": "mekar"}),
        desk.get(listed, {"cycle": cycle.pk, "class_name": score.class_name}),
        desk.get(reverse("admin:evaluations_score_fact", args=[score.pk, "berita"])),
        desk.get(reverse("admin:evaluations_score_history", args=[score.pk]), follow=True),
        desk.get(reverse("admin:evaluations_cycle_history", args=[cycle.pk]), follow=True),
        desk.get(cycle.desk_path),
        desk.get(reverse("admin:index")),
        tried,
        desk.get(cycle.get_absolute_url()),
        desk.get(reverse("evaluations:list")),
        desk.get(score.community.get_absolute_url()),
        desk.post(reverse("admin:evaluations_cycle_export_csv")),
    ]

    bodies = [exported, *(answer.getvalue() for answer in answers)]

    for trace in (str(score.total).replace(".", ","), score.digest):
        assert not any(trace.encode() in body for body in bodies), trace
    assert "Yang berubah" not in tried.text
    assert mekar.name.encode() not in exported


def test_an_officer_who_could_read_the_scores_is_named_no_juror(desk, cycle, made):
    made.confirm_email()
    page = reverse("admin:evaluations_cycle_change", args=[cycle.pk])

    refused = desk.post(page, naming(cycle, made.email))

    assert "sudah dapat membaca nilai" in refused.text
    assert not cycle.jurors.exists()


def test_a_juror_who_is_withdrawn_takes_the_marks_along(desk, cycle, juror, joko, mekar):
    juror.judge(mekar, dict.fromkeys(cycle.criteria.all(), 91))
    form = naming(cycle, juror.user.email) | {
        "jurors-INITIAL_FORMS": 1, "jurors-0-id": juror.pk, "jurors-0-cycle": cycle.pk, "jurors-0-DELETE": "on",
        "reason": "Berhalangan.",
    }  # fmt: skip

    answer = desk.post(reverse("admin:evaluations_cycle_change", args=[cycle.pk]), form)

    assert answer.status_code == 302
    assert not cycle.jurors.exists()
    assert not JuryScore.objects.exists()
    desk.force_login(joko)
    assert desk.get(reverse("evaluations:jury", args=[cycle.pk])).status_code == 404


def test_the_combined_list_shows_both_apart(desk, cycle, juror, mekar):
    juror.judge(mekar, dict.fromkeys(cycle.criteria.all(), 91))
    juror.close()

    text = desk.get(f"{reverse('admin:evaluations_score_changelist')}?cycle={cycle.pk}").text

    assert "91" in text
    assert "15,00" in text


def test_nobody_judges_the_own_kim_or_that_of_a_cycle_that_is_no_ones_jury(client, cycle, siti, mekar):
    url = reverse("evaluations:judge", args=[cycle.pk, mekar.slug])
    client.force_login(siti)
    assert client.get(url).status_code == 404

    Juror.objects.create(cycle=cycle, user=siti)

    assert client.get(url).status_code == 404
    assert client.get(reverse("evaluations:jury", args=[cycle.pk])).status_code == 200


def test_opening_objections_closes_what_jurors_left_open(cycle, juror, made, mekar):
    cycle.open_objections(by=made)
    juror.refresh_from_db()

    assert juror.closed_at
    with pytest.raises(StepRefused):
        juror.judge(mekar, {})


def test_who_only_reads_a_cycle_sees_its_jurors_by_name(client, made, cycle, juror, places, with_second_factor):
    client.force_login(with_second_factor(make_officer("Dewi", places["64"])))

    page = client.get(reverse("admin:evaluations_cycle_change", args=[cycle.pk]))

    assert "Joko" in page.text
    assert ">None<" not in page.text
    assert "Email" not in page.text
    assert juror.user.email not in page.text


def test_a_juror_is_named_by_address_and_told(desk, cycle, joko):
    joko.confirm_email()
    page = reverse("admin:evaluations_cycle_change", args=[cycle.pk])

    refused = desk.post(page, naming(cycle, "tidak@ada.id"))
    done = desk.post(page, naming(cycle, "JOKO@contoh.id"))

    assert "Belum ada akun dengan surel ini" in refused.text
    assert done.status_code == 302
    assert cycle.jurors.get().user == joko
    assert joko.notices.get().path == cycle.jurors.get().path


def naming(cycle, email):
    fresh = Cycle.objects.get(pk=cycle.pk)
    rows = {"criteria-TOTAL_FORMS": 0, "criteria-INITIAL_FORMS": 0}
    jurors = {"jurors-TOTAL_FORMS": 1, "jurors-INITIAL_FORMS": 0, "jurors-0-email": email}
    return {"_version": fresh.updated_at.isoformat(), **rows, **jurors, "reason": ""}
