"""Every list reads one range of its index, in order, and no rows but those of its page."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bench import tiers
from bench.lists import List, all_lists, index_of, is_sorted, running, running_into_a_month, scan_of
from bulletins.models import Bulletin
from communities.models import Community
from monitoring.dashboard import Dashboard
from pages.paging import AFTER, PAGE_SIZE, KeysetPage
from regions.models import Region

pytestmark = pytest.mark.owner

# Of lists with an order or a condition of their own.
OTHERS = ("_starts_at", "_over_at", "post_waiting", "post_waiting_all", "post_unreviewed")


def make_province(code, indonesia):
    """A province with one regency, one district and two villages."""
    ancestors, parent = {}, indonesia
    levels = [(code, "province"), (f"{code}.01", "regency"), (f"{code}.01.01", "district")]
    for level, (place_code, column) in enumerate(levels, 1):
        parent = Region.objects.create(
            code=place_code, level=level, kind=column[:10], name=place_code, slug=place_code, parent=parent, **ancestors
        )
        setattr(parent, column, parent)
        parent.save()
        ancestors[column] = parent
    for serial in (2001, 2002):
        place = f"{code}.01.01.{serial}"
        Region.objects.create(code=place, level=4, kind="desa", name=place, slug=place, parent=parent, **ancestors)


@pytest.fixture
def small_country(places, monkeypatch):
    for number in range(10):
        make_province(str(10 + number), places["0"])
    monkeypatch.setattr(tiers, "COMMUNITY_STATUSES", {Community.Status.VERIFIED: 1})
    tiers.fill(120, 900, seed=1, writers=1)
    with connection.cursor() as cursor:
        # In no order, as after years of editing: or else few rows lie so close that any index will do.
        cursor.execute("CLUSTER activities_post USING activities_post_client_uuid_key")
        cursor.execute("ANALYZE activities_post, communities_community, communities_decree, regions_region")
        # Few rows are quicker read whole and sorted; it is the plan for many that we want to see.
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")


def test_each_list_is_one_range_of_an_index(small_country):
    for each in all_lists():
        for key in {None, each.deep_key(depth=3)}:
            plan = each.plan(key)
            scan = scan_of(plan, each.table)

            assert scan["Node Type"] in ("Index Scan", "Index Only Scan"), each.name
            assert index_of(plan, each.table).endswith(("_newest", "_name", *OTHERS)), each.name
            assert not is_sorted(plan), each.name
            # One more than the page, to know of a next one; the row of the key itself is read and passed over.
            assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= PAGE_SIZE + 2, each.name


def test_what_runs_into_a_month_is_read_by_days_and_place_at_once(small_country):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = on")  # the few that are found
    for each in running_into_a_month():
        scan = scan_of(each.plan(), each.table)

        assert (scan["Node Type"], scan["Index Name"]) == ("Index Scan", "post_days"), each.name
        assert "Rows Removed by Filter" not in scan, each.name


def test_what_runs_is_read_by_days_or_in_the_order_in_which_it_ends(small_country):
    for each in running():
        scan = scan_of(each.plan(), each.table)

        assert scan["Node Type"] == "Index Scan", each.name
        assert scan["Index Name"].endswith(("_days", "_over_at")), each.name


class Warnings(List):
    """The warnings in force, as their page asks for them."""

    def page(self, key=None):
        params = QueryDict(mutable=True)
        if key:
            params[AFTER] = key
        return KeysetPage(self.rows.for_tops(), params, order=self.order)


@pytest.mark.parametrize("depth", [1, 2])
def test_the_warnings_in_force_are_one_range_of_an_index(small_country, make_warning, make_bulletin, depth):
    for number in range(2 * PAGE_SIZE):
        make_warning(f"Banjir {number}")
        make_bulletin(f"Imunisasi {number}", status="sent")
    each = Warnings("warnings in force", Bulletin.objects.warnings(), "-sent_at")

    plan = each.plan(each.deep_key(depth))

    scan = scan_of(plan, each.table)
    assert (scan["Node Type"], scan["Index Name"]) == ("Index Scan", "bulletin_in_force")
    assert not is_sorted(plan)
    assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= PAGE_SIZE + 2


def test_in_how_many_villages_a_kim_stands_is_read_from_an_index_alone(small_country):
    dashboard = Dashboard(Region.objects.get(code="0"), [])
    with CaptureQueriesContext(connection) as asked:
        assert dashboard.now[0]["dilayani"][dashboard.region.pk] > 0

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using community_standing_villages" in plan
    assert "using decree_ends_on" in plan
    assert "using region_with_an_office" in plan
