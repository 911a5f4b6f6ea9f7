"""The officers' desk: whoever answers for one regency cannot see, name or change anything of the next."""

import csv
import io
import json
import re
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import AuditEntry, EditionUpload, OfficerAssignment, RetentionTerm, User
from accounts.place_filter import ITSELF, PlaceFilter
from accounts.scoped_admin import Scoped, ScopedAdmin, ScopedInline
from activities.models import Post
from bulletins.models import Bulletin
from communities.models import Community, Decree, Membership, Position
from regions import atlas
from regions.models import Region

pytestmark = pytest.mark.django_db

BREADCRUMBS = re.compile(r'<ol class="breadcrumbs">(.*?)</ol>', re.S)


@pytest.fixture
def manggar(make_community, places):
    """A KIM of the next city, with a member, a decree and a post: what must not leak."""
    decree = Decree.objects.create(
        number="RAHASIA/SK/2026", issued_on="2026-01-05", issuer="lurah", region=places["64.71.01.1001"]
    )
    community = make_community("KIM Rahasia Manggar", seat="64.71.01.1001", decree=decree, contact_phone="0811-RAHASIA")
    person = User.objects.create_user("rahasia@contoh.id", name="Rahasia Budi")
    member = Membership.objects.create(community=community, user=person, name="Rahasia Budi")
    Position.objects.create(community=community, membership=member, role=Position.Role.KETUA)
    return community


@pytest.fixture
def foreign_post(manggar, make_post):
    return make_post("Rahasia panen Manggar", community=manggar, author=User.objects.get(email="rahasia@contoh.id"))


@pytest.fixture
def everything(mekar, manggar, foreign_post, make_post, make_decree):
    make_post()
    make_decree()


def changelist(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_every_class_of_the_desk_is_scoped():
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, ScopedAdmin), model
        assert all(issubclass(inline, ScopedInline) for inline in model_admin.inlines), model
        for scoped in [type(model_admin), *model_admin.inlines]:
            assert scoped.scope is not NotImplemented or scoped.rows_for is not Scoped.rows_for, scoped


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=str)
def test_a_list_shows_nothing_from_elsewhere_and_costs_few_queries(
    desk, everything, django_assert_max_num_queries, model
):
    atlas.surroundings("64.02")  # as a process knows it after its first list
    # One for the queues beside the list, one for the officer's kept filters; the trail asks each kind for names.
    with django_assert_max_num_queries(18 if model is AuditEntry else 14):
        answer = desk.get(changelist(model))

    assert answer.status_code == (403 if model in (EditionUpload, RetentionTerm) else 200), "the ministry's alone"
    assert "ahasia" not in answer.text
    assert "Manggar" not in answer.text


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=str)
def test_every_choice_of_every_filter_leads_to_a_list(desk, everything, model):
    answer = desk.get(changelist(model))
    listed = answer.context["cl"] if answer.status_code == 200 else None  # some are the ministry's alone
    filters = listed.filter_specs if listed else []
    queries = {choice["query_string"] for spec in filters for choice in spec.choices(listed)}
    if any(isinstance(spec, PlaceFilter) for spec in filters):
        codes = ["0", "64", "64.02", "64.02.02", "64.02.02.2003"]
        queries |= {f"?wilayah={code}{end}" for code in codes for end in ("", ITSELF)}

    for query in queries:
        assert desk.get(changelist(model) + query).status_code == 200, query


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=str)
def test_an_add_form_names_nothing_from_elsewhere(desk, everything, model):
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    allowed = admin.site.get_model_admin(model).has_add_permission(desk.get("/petugas/").wsgi_request)

    answer = desk.get(add)

    assert answer.status_code == (200 if allowed else 403)
    assert "ahasia" not in answer.text
    assert "Manggar" not in answer.text


def test_the_filters_offer_only_what_own_rows_refer_to(desk, everything, places):
    answer = desk.get(changelist(Community))

    offered = [
        str(choice) for spec in answer.context["cl"].filter_specs for choice in getattr(spec, "lookup_choices", [])
    ]
    assert not any("Balikpapan" in choice for choice in offered)


def test_a_row_from_elsewhere_does_not_exist(desk, everything, manggar, foreign_post):
    rows = [manggar, manggar.decree, foreign_post, manggar.memberships.get().user, manggar.seat]

    for row in rows:
        for address in (change(row), change(row).replace("change", "history"), change(row).replace("change", "delete")):
            answer = desk.get(address)
            assert answer.status_code in (403, 404)
            assert "ahasia" not in answer.text


def test_an_own_row_is_there_with_a_few_queries(desk, mekar, make_post, siti, made, django_assert_max_num_queries):
    rows = [mekar, make_post(), siti, mekar.seat, made.assignments.get(), AuditEntry.objects.about(mekar).get()]
    ContentType.objects.get_for_models(*map(type, rows))  # which a process asks for once
    for row in rows:
        with django_assert_max_num_queries(21):
            answer = desk.get(change(row))
        assert answer.status_code == 200, row


def test_an_officer_searches_only_the_own_regions(desk, places):
    query = {"app_label": "communities", "model_name": "community", "field_name": "seat"}

    own = desk.get(reverse("admin:autocomplete"), query | {"term": "Jembayan"}).json()
    foreign = desk.get(reverse("admin:autocomplete"), query | {"term": "Manggar"}).json()

    assert "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur" in [row["text"] for row in own["results"]]
    assert foreign["results"] == []


def community_form(community, **changes):
    facts = {
        "name": community.name,
        "seat": community.seat_id,
        "partner_kind": community.partner_kind_id,
        "sectors": [],
        "founded_on": "",
        "address": community.address,
        "website": "",
        "contact_phone": "",
        "contact_email": "",
    }
    for inline in ("memberships", "positions", "steps"):
        facts |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return facts | changes


def test_an_officer_corrects_an_own_kim(desk, mekar, made):
    answer = desk.post(change(mekar), community_form(mekar, address="Balai desa", reason="Pindah."))

    mekar.refresh_from_db()
    assert answer.status_code == 302
    assert mekar.address == "Balai desa"
    entry = AuditEntry.objects.about(mekar).first()
    assert (entry.by, entry.role, entry.by_region) == (made, "officer", made.assignments.get().region)
    assert (entry.after, entry.reason) == ({"address": "Balai desa"}, "Pindah.")


def test_an_own_kim_cannot_be_moved_elsewhere(desk, mekar, places):
    answer = desk.post(change(mekar), community_form(mekar, seat=places["64.71.01.1001"].pk))

    mekar.refresh_from_db()
    assert "Manggar" not in answer.text
    assert mekar.seat == places["64.02.02.2003"]


def test_what_a_form_lets_through_is_looked_at_once_more(rf, made, mekar, places):
    desk_class = admin.site.get_model_admin(Community)
    request = rf.post("/")
    request.user = made
    mekar.place_at(places["64.71.01.1001"])

    form = SimpleNamespace(cleaned_data={"reason": ""}, changed_fields=["seat"])
    with pytest.raises(PermissionDenied):
        desk_class.save_model(request, mekar, form=form, change=True)


def test_a_kim_from_elsewhere_cannot_be_changed(desk, manggar):
    answer = desk.post(change(manggar), community_form(manggar, address="Direbut", seat=manggar.seat_id))

    manggar.refresh_from_db()
    assert answer.status_code == 404
    assert manggar.address == ""


def test_status_number_and_words_are_not_for_forms(desk, mekar):
    desk.post(change(mekar), community_form(mekar, status="suspended", number="1", about="Ditulis petugas", slug="x"))

    before = mekar.status, mekar.number, mekar.about, mekar.slug
    mekar.refresh_from_db()
    assert (mekar.status, mekar.number, mekar.about, mekar.slug) == before


def test_a_decree_cannot_be_made_for_elsewhere(desk, places):
    facts = {"number": "1/2026", "issued_on": "2026-01-05", "issuer": "regent", "issuer_name": "", "starts_on": ""}
    facts |= {"ends_on": ""}
    add = reverse("admin:communities_decree_add")

    foreign = desk.post(add, facts | {"region": places["64.71"].pk})
    assert foreign.status_code == 200
    assert not Decree.objects.exists()

    own = desk.post(add, facts | {"region": places["64.02"].pk})
    assert own.status_code == 302
    assert Decree.objects.get().region == places["64.02"]


def test_officers_read_posts_and_never_rewrite_them(desk, make_post):
    post = make_post(status="submitted")

    assert post.title in desk.get(change(post)).text
    answer = desk.post(change(post), {"title": "Ditulis ulang", "body": "x"})

    post.refresh_from_db()
    assert answer.status_code == 403
    assert post.title == "Posyandu ramai di Jembayan"


def test_drafts_are_not_for_officers(desk, make_post, make_community, joko):
    post = make_post("Rahasia dapur", status="draft")
    community = make_community("KIM Rahasia", status="draft")
    Membership.objects.create(community=community, user=joko, name="Joko")

    for row in (post, community):
        assert desk.get(change(row)).status_code == 404
        assert "ahasia" not in desk.get(changelist(row)).text
    assert "KIM Rahasia" not in desk.get(changelist(AuditEntry)).text
    assert "joko@" not in desk.get(changelist(User)).text


def test_nobody_deletes_at_the_desk(desk, mekar, make_post):
    for row in (mekar, make_post(), mekar.seat):
        assert desk.post(change(row).replace("change", "delete"), {"post": "yes"}).status_code == 403
    answer = desk.post(
        changelist(Community), {"action": "delete_selected", "_selected_action": [mekar.pk], "post": "yes"}
    )

    assert answer.status_code in (200, 302)
    assert Community.objects.filter(pk=mekar.pk).exists()


def test_the_shortcut_to_any_object_is_gone(desk, manggar):
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])

    answer = desk.get(f"/petugas/r/1/{manggar.pk}/")
    assert answer.status_code == 404


def test_history_is_the_audit_trail_of_the_row(desk, mekar, manggar):
    answer = desk.get(change(mekar).replace("change", "history"), follow=True)

    assert answer.status_code == 200
    assert [entry.object_id for entry in answer.context["cl"].result_list] == [mekar.pk]


def test_an_officer_reads_what_happened_in_the_own_region_only(desk, everything, made):
    entries = desk.get(changelist(AuditEntry)).context["cl"].queryset

    own = set(made.jurisdiction())
    assert entries.exists()
    assert {entry.region for entry in entries if entry.region} <= own


def test_the_ministry_reads_what_happened_anywhere(client, everything, places, with_second_factor):
    dewi = User.objects.create_user("dewi@contoh.id", name="Dewi")
    OfficerAssignment.objects.create(user=dewi, region=places["0"], letter_number="1")
    client.force_login(with_second_factor(dewi))

    shown = client.get(changelist(AuditEntry)).context["cl"].queryset

    assert set(shown) == set(AuditEntry.objects.all())


@pytest.mark.parametrize("model", [AuditEntry, Region, Post, User], ids=str)
def test_what_is_only_read_has_no_form(desk, model, everything):
    row = admin.site.get_model_admin(model).get_queryset(desk.get("/petugas/").wsgi_request).first()

    answer = desk.get(change(row))

    assert 'name="_save"' not in answer.text
    assert desk.post(change(row), {}).status_code == 403


class TestAppointing:
    @pytest.fixture
    def wati(self, places, with_second_factor):
        """The officer of the province, above Made and Ratna."""
        user = User.objects.create_user("wati@contoh.id", name="Wati")
        OfficerAssignment.objects.create(user=user, region=places["64"], letter_number="1")
        return with_second_factor(user)

    def facts(self, email, region):
        return {
            "user": email,
            "region": region.pk,
            "duties": ["moderation"],
            "letter_number": "800/7/2026",
            "starts_on": timezone.localdate(),
            "ends_on": "",
        }

    def appoint(self, client, by, email, region):
        client.force_login(by)
        return client.post(reverse("admin:accounts_officerassignment_add"), self.facts(email, region))

    def test_an_officer_appoints_one_level_below(self, client, wati, joko, places):
        joko.confirm_email()

        self.appoint(client, wati, "joko@contoh.id", places["64.02"])

        assignment = joko.assignments.get()
        assert (assignment.region, assignment.appointed_by) == (places["64.02"], wati)
        assert AuditEntry.objects.about(assignment).get().by == wati

    @pytest.mark.parametrize("code", ["64", "0", "64.02.02"])
    def test_not_at_the_own_level_nor_above_nor_two_below(self, client, wati, joko, places, code):
        joko.confirm_email()

        answer = self.appoint(client, wati, "joko@contoh.id", places[code])

        assert not joko.assignments.exists()
        assert answer.context["adminform"].form.errors.keys() == {"region"}

    def test_not_elsewhere(self, client, made, with_second_factor, joko, places):
        joko.confirm_email()

        answer = self.appoint(client, with_second_factor(made), "joko@contoh.id", places["64.71.01"])

        assert not joko.assignments.exists()
        assert "region" in answer.context["adminform"].form.errors

    def test_not_oneself(self, client, wati, places):
        wati.confirm_email()

        self.appoint(client, wati, "wati@contoh.id", places["64.02"])

        assert wati.assignments.count() == 1

    def test_an_address_without_a_confirmed_account_is_answered_the_same(self, client, wati, joko, places):
        unconfirmed = self.appoint(client, wati, "joko@contoh.id", places["64.02"])
        unknown = self.appoint(client, wati, "siapa@contoh.id", places["64.02"])

        errors = [answer.context["adminform"].form.errors for answer in (unconfirmed, unknown)]
        assert errors[0] == errors[1] != {}
        assert OfficerAssignment.objects.filter(user=joko).count() == 0

    def test_the_duty_ends_at_once(self, client, wati, made, places):
        client.force_login(wati)
        address = changelist(OfficerAssignment)
        assignment = made.assignments.get()
        OfficerAssignment.objects.update(starts_on=timezone.localdate() - timedelta(days=30))

        client.post(address, {"action": "end", "_selected_action": [assignment.pk]})

        assert not User.objects.get(pk=made.pk).is_officer

    def test_only_whoever_may_appoint_may_end(self, client, made, ratna, with_second_factor):
        client.force_login(with_second_factor(made))
        own, foreign = made.assignments.get(), ratna.assignments.get()

        client.post(changelist(OfficerAssignment), {"action": "end", "_selected_action": [own.pk, foreign.pk]})

        assert User.objects.get(pk=made.pk).is_officer
        assert User.objects.get(pk=ratna.pk).is_officer


def test_an_officer_without_a_second_factor_is_led_to_get_one(client, made, mekar):
    client.force_login(made)
    addresses = [reverse("admin:index"), change(mekar), reverse("workspace"), reverse("account_change_password")]

    for address in addresses:
        assert client.get(address).url == reverse("mfa_activate_totp"), address
    client.post(change(mekar), community_form(mekar, address="Tanpa faktor kedua"))
    mekar.refresh_from_db()
    assert mekar.address == ""


def test_an_officer_without_a_second_factor_reaches_enrolment_and_the_way_out(client, made):
    client.force_login(made)

    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    client.post(reverse("admin:logout"))
    assert "_auth_user_id" not in client.session


def test_a_resident_without_a_second_factor_goes_on(client, siti):
    client.force_login(siti)

    assert client.get(reverse("workspace")).status_code == 200


def test_public_pages_do_not_ask_who_is_there(client, made, django_assert_num_queries):
    client.force_login(made)

    answer = client.get(reverse("privacy"))

    assert answer.status_code == 200
    assert "cookie" not in answer.get("Vary", "").lower()


def test_the_desk_is_closed_to_residents_and_sends_guests_to_our_sign_in(client, siti):
    guest = client.get("/petugas/")
    assert client.get(guest.url).url == f"{reverse('account_login')}?next=/petugas/"

    client.force_login(siti)
    assert client.get("/petugas/", follow=True).status_code == 403


def test_a_former_officer_is_a_resident(client, made, with_second_factor):
    client.force_login(with_second_factor(made))
    made.assignments.update(starts_on="2020-01-01", ends_on=timezone.localdate())

    assert client.get("/petugas/", follow=True).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "status__exact=%00",
        "q=%00",
        "q=" + "a" * 10_000,
        "o=zz",
        "p=-1",
        "p=x",
        "id__exact=9" * 30,
        "seat__name=x",
        "e=1",
    ],
)
def test_no_address_breaks_the_desk(desk, mekar, query):
    assert desk.get(f"{changelist(Community)}?{query}").status_code in (200, 302, 400, 404)


@pytest.mark.parametrize(
    "query",
    [
        *["wilayah=zzz", "last_post_at__gte=zz", "last_post_at__gte=2025-02-30"],
        *["last_post_at__gte=2025-12-01T00:00:00%2B16:00", "last_post_at__lt=0001-01-01T00:00:00%2B23:59"],
        "last_post_at__gte=9999-12-31T23:59:59-23:00",
        *["status__exact=zzz", "perlu=zzz", "berdiri=tidak", "keaktifan=zzz", "umur=31", "umur=lama&status__exact="],
    ],
)
def test_a_filter_that_cannot_be_read_shows_all_and_says_so(desk, mekar, query):
    answer = desk.get(f"{changelist(Community)}?{query}", follow=True)

    assert "Saringan tadi tidak terbaca, jadi semua ditampilkan." in answer.text
    assert mekar.name in answer.text


def test_no_search_breaks_the_autocomplete(desk):
    query = {"app_label": "communities", "model_name": "community", "field_name": "seat"}

    for term in ("\x00", "a" * 10_000, "'\"%_\\"):
        answer = desk.get(reverse("admin:autocomplete"), query | {"term": term})
        assert answer.status_code in (200, 400)
        assert answer.status_code == 400 or json.loads(answer.text)["results"] == []


def test_each_page_of_the_desk_says_where_it_is_in_the_same_words_with_capitals(desk, everything):
    for model, shown in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        own = shown.get_queryset(SimpleNamespace(user=User.objects.get(name="Made"), GET={})).first()
        pages = [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        pages += [reverse(f"{name}_change", args=[own.pk])] if own else []
        for answer in map(desk.get, pages):
            if answer.status_code != 200:
                continue
            crumbs = re.findall(r"<li[^>]*>\s*(?:<a[^>]*>)?([^<]+)", BREADCRUMBS.search(answer.text)[1])
            labels = re.findall(r"<label[^>]*>\s*([^<\s][^<]*)", answer.text)
            assert crumbs[0] == "Meja petugas"
            assert not [text for text, after in pairwise(crumbs[:-1]) if text.lower() == after.lower()]
            assert [text for text in crumbs + labels if text.strip()[0].islower()] == []


def test_a_plain_no_is_a_word_and_no_red_cross(desk, make_bulletin):
    make_bulletin("Imunisasi")
    make_bulletin("Banjir", is_urgent=True)

    page = desk.get(changelist(Bulletin)).text
    rows = csv.reader(io.StringIO(desk.post(f"{changelist(Bulletin)}ekspor/csv/").getvalue().decode()), delimiter=";")

    cells = re.findall(r'<td class="field-is_urgent">(.*?)</td>', page)
    assert cells == ["ya", "tidak"]
    assert "icon-no" not in page
    assert [row[6] for row in rows] == ["peringatan darurat", "ya", "tidak"]
