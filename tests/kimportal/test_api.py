"""Open data over HTTP: what is public, a page at a time, and a sentence for what cannot be had."""

import csv
import io

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Sector
from pages import limits

pytestmark = pytest.mark.django_db

PLACED = ["kim", "posts", "aspirations", "bulletins"]
LISTS = ["regions", *PLACED]
NO_MOMENTS = ["20260313", "1773360000", "2026-13-01", "kemarin", "", "0001-01-01", "9999-12-31", "2026-W10"]


@pytest.fixture
def get(client):
    def ask(path, **headers):
        return client.get(f"/api/v1/{path}", headers=headers)

    return ask


def items(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def cells(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def rows_of(answer, format):
    if format == "csv":
        return cells(answer)
    told = answer.json()
    return told["items"] if format == "json" else [one["properties"] for one in told["features"]]


# What is there


def test_a_kim_is_told_with_its_place_and_its_decree(get, mekar, make_decree, sector):
    mekar.decree = make_decree(ends_on="2029-01-05")
    mekar.save()
    mekar.sectors.add(sector)

    (kim,) = items(get("kim"))

    assert kim["name"] == "KIM Mekar"
    assert kim["region"]["name"] == "Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
    assert kim["decree"] == {"number": "012/SK-KIM/2026", "issued_on": "2026-01-05", "ends_on": "2029-01-05"}
    assert kim["sectors"] == ["kesehatan"]
    assert kim["url"] == f"{settings.SITE_URL}{mekar.get_absolute_url()}"
    assert get(f"kim/{mekar.slug}").json() == kim


def test_one_post_is_told_as_written_as_words_and_as_safe_html(get, make_post):
    post = make_post(body="*Ramai* <script>alert(1)</script>")

    told = get(f"posts/{post.pk}").json()

    assert told["text"] == "*Ramai* <script>alert(1)</script>"
    assert told["html"].startswith("<p><strong>Ramai</strong>")
    assert "<script" not in told["html"]
    assert told["words"].startswith("Ramai")
    assert [row["text"] for row in items(get("posts"))] == [told["text"]]


def test_what_was_hidden_is_gone(get, make_post, made):
    post = make_post()
    post.hide(by=made, reason="other", note="Keliru")

    assert items(get("posts")) == []
    assert get(f"posts/{post.pk}").status_code == 404


def test_a_suspended_kim_says_so(get, mekar, made):
    mekar.suspend(by=made, note="Vakum")

    assert items(get("kim")) == []
    assert get(f"kim/{mekar.slug}").json()["status"] == "suspended"


def test_a_former_code_answers_with_the_region_of_today(get, places):
    places["64.02"].predecessors.create(former_code="64.99", former_name="Kutai")

    assert get("regions/64.99").json()["code"] == "64.02"


def test_an_aspiration_is_told_without_its_sender(get, make_aspiration, public_works, made):
    row = make_aspiration(is_name_public=True)
    row.assign(public_works, by=made)
    row.give_answer(by=made, text="Diaspal bulan depan.", outcome="planned")

    (told,) = items(get("aspirations"))

    assert (told["status"], told["office"], told["agency"]) == ("answered", "64.02", "Dinas Pekerjaan Umum")
    assert told["answer"] == "Diaspal bulan depan."
    assert "Rini" not in get(f"aspirations/{row.code}").text


@pytest.mark.parametrize("verb", ["hide", "withdraw"])
def test_an_aspiration_taken_off_is_gone(get, make_aspiration, made, verb):
    row = make_aspiration()
    row.hide(by=made, note="Memuat nama") if verb == "hide" else row.withdraw()

    assert items(get("aspirations")) == []
    assert get(f"aspirations/{row.code}").status_code == 404


def test_a_bulletin_reaches_the_villages_of_its_audience(get, make_bulletin, sector):
    make_bulletin(status="sent", regions=["64.02.02"], sectors=[sector])
    make_bulletin("Konsep")

    (told,) = items(get("bulletins?region=64.02.02.2003&sector=kesehatan"))

    assert (told["title"], told["audience"], told["sectors"]) == ("Imunisasi polio", ["64.02.02"], ["kesehatan"])
    assert items(get("bulletins?region=64.71")) == []


def test_a_recalled_bulletin_says_why(get, make_bulletin):
    make_bulletin(status="recalled")

    assert [(row["status"], row["recall_reason"]) for row in items(get("bulletins"))] == [
        ("recalled", "Tanggalnya keliru.")
    ]


def test_numbers_of_a_region_come_with_those_of_its_parts(get, make_post, places):
    make_post()

    told = {row["region"]["code"]: row["numbers"] for row in items(get("statistics?region=64"))}

    assert {code: (row["kim"], row["posts"]) for code, row in told.items()} == {
        **{"64": (1, 1), "64.02": (1, 1), "64.71": (0, 0)}
    }
    assert told["64"]["desa_tanpa_kim"] == sum(row["desa_tanpa_kim"] for row in list(told.values())[1:])
    assert items(get("statistics?region=64&sector=pariwisata"))[0]["numbers"]["posts"] == 0
    assert [row["region_code"] for row in cells(get("statistics?region=64&format=csv"))] == list(told)


# Which


@pytest.mark.parametrize("name", ["kim", "posts"])
def test_a_list_is_of_one_region_or_one_sector(get, name, make_post, make_community, sector):
    here, there = make_community("KIM Sini"), make_community("KIM Sana", seat="64.71.01.1001")
    here.sectors.add(sector)
    for kim in (here, there):
        make_post(kim.name, community=kim)

    def names(query):
        told = [row.get("title") or row["name"] for row in items(get(f"{name}?{query}"))]
        return [name for name in told if name != "KIM Mekar"]

    assert names("region=64.02") == ["KIM Sini"]
    assert names("region=64.71.01.1001") == ["KIM Sana"]
    assert "KIM Sini" in names("sector=kesehatan")
    assert names("sector=pariwisata") == []
    assert names("since=2100-01-01") == []
    assert set(names("since=2020-01-01T00:00:00%2B08:00")) == {"KIM Sini", "KIM Sana"}
    assert names("since=2020-01-01T00:00:00+08:00") == names("since=2020-01-01")
    assert names("since=2020-01-01T00:00:00-16:00") == names("since=2020-01-01"), "an offset that no clock has"


def test_regions_are_of_a_level_and_within_one(get, places):
    assert [row["code"] for row in items(get("regions?region=64.02&level=3"))] == ["64.02.02", "64.02.06"]


@pytest.mark.parametrize("format", ["json", "csv", "geojson"])
def test_each_row_comes_once_however_small_the_pages(client, get, make_post, format):
    titles = [make_post(f"Kegiatan {number}").title for number in range(5)]
    seen, path = [], f"/api/v1/posts?limit=2&format={format}&region=64"

    while path:
        answer = client.get(path)
        seen += [row["title"] for row in rows_of(answer, format)]
        following = answer.headers.get("Link", "").partition(">")[0]
        path = following.removeprefix(f"<{settings.SITE_URL}")

    assert seen == titles


# As what


def test_csv_has_its_headings_even_without_a_row_and_no_formula(get, mekar, make_post):
    assert get("posts?format=csv").text.startswith(
        '"id","type","title","summary","text","warning","kim_slug","kim_name","sector","region_code"'
    )
    make_post('=HYPERLINK("x")', body='Baris satu\nbaris "dua", tiga')

    (row,) = cells(get("posts?format=csv"))

    assert row["title"] == '\'=HYPERLINK("x")'
    assert row["text"] == 'Baris satu\nbaris "dua", tiga'
    assert float(row["region_lat"]) < 0


def test_csv_quotes_all_text_so_that_no_other_way_to_split_it_makes_a_formula(get, make_post):
    make_post("satu;=1+1;dua", body="＝1+1", participants=12)

    line = get("posts?format=csv").text.splitlines()[1]

    assert '"satu;=1+1;dua"' in line
    assert '"\'＝1+1"' in line
    assert ",12," in line


@pytest.mark.parametrize("name", LISTS)
def test_geojson_has_a_point_where_one_is_known(get, name, make_post, make_aspiration, make_bulletin, places):
    make_post()
    make_aspiration()
    bulletin = make_bulletin(status="sent")

    told = get(f"{name}?format=geojson&region=64.02.02.2003").json()

    assert told["type"] == "FeatureCollection"
    place = bulletin.issuer if name == "bulletins" else places["64.02.02.2003"]
    assert [one["geometry"] for one in told["features"]] == [
        {"type": "Point", "coordinates": [float(place.lng), float(place.lat)]}
    ]


# What cannot be had


# {path: (status, parameter)}
REFUSED = {
    **{f"{name}?after={key}": (400, "after") for name in LISTS for key in ("ngawur", "%00", "MTJ-", "x" * 401)},
    **{f"{name}?{parameter}=6%004": (400, parameter) for name in LISTS for parameter in ("region", "limit", "format")},
    **{f"{name}?{parameter}=%00": (400, parameter) for name in PLACED for parameter in ("sector", "since")},
    **{f"{name}?wi%00layah=64": (400, "wilayah") for name in LISTS},
    **{f"regions?level={number}": (400, "level") for number in ("1_", "+1", "1.0", "%D9%A1", "")},
    "kim/mek%00ar": (404, None),
    **{f"{name}?format=xml": (400, "format") for name in LISTS},
    **{
        f"{name}?limit={number}": (400, "limit")
        for name in LISTS
        for number in ("0", "501", "1.5", "1_0", "2_026", "+5", "%D9%A1%D9%A0", "")
    },
    **{f"{name}?wilayah=64": (400, "wilayah") for name in LISTS},
    **{f"{name}?region={code}": (400, "region") for name in LISTS for code in ("Kukar", "64.2", "", "%00", "６４")},
    **{f"{name}?region=99": (404, "region") for name in LISTS},
    **{f"{name}?sector=nuklir": (404, "sector") for name in PLACED},
    **{f"{name}?since={moment}": (400, "since") for name in PLACED for moment in NO_MOMENTS},
    **{f"{name}?region={code}&region=64": (400, "region") for name in LISTS for code in ("64", "64.02")},
    **{f"{name}?limit=2&limit=3": (400, "limit") for name in LISTS},
    "statistics?sector=kesehatan&sector=pariwisata": (400, "sector"),
    "kim/kim-mekar?x=1&x=2": (400, "x"),
    "statistics?region=99": (404, "region"),
    "statistics?format=xlsx": (400, "format"),
    "statistics?limit=2": (400, "limit"),
    "aspirations/ASP-1": (404, None),
    "bulletins/99999999999999999999": (404, None),
    "regions?level=5": (400, "level"),
    "regions/64.99": (404, "region"),
    "regions/Kukar": (400, "region"),
    "kim/tidak-ada": (404, None),
    "posts/999999999999999999999999": (404, None),
    "posts/1?format=csv": (400, "format"),
    **{f"deleted/kim?{parameter}=x": (400, parameter) for parameter in ("after", "format", "limit", "region", "since")},
    "deleted/regions": (404, None),
    "tidak-ada": (404, None),
    "posts/": (404, None),
}


def test_what_is_not_understood_is_told_in_both_languages(get, places, subtests):
    for path, (status, parameter) in REFUSED.items():
        with subtests.test(path):
            answer = get(path)

            assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
            told = answer.json()
            assert (told["status"], told["parameter"]) == (status, parameter)
            assert told["detail"]
            assert told["detail"] != told["en"]["detail"]
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "Set-Cookie" not in answer.headers


def test_a_refusal_says_why(get, places):
    assert "lebih dari sekali" in get("posts?region=64&region=64.02").json()["detail"]
    for moment in ("9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01"):
        assert "dari tahun 1945 sampai 2100" in get(f"posts?since={moment}").json()["detail"]
    assert "ISO 8601" in get("posts?since=kemarin").json()["detail"]


def test_no_refusal_lists_nothing(get, places):
    Sector.objects.all().delete()

    for path in ("regions/64?format=csv", "statistics?sector=kesehatan"):
        assert ": ." not in get(path).json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["kim/kim-mekar", "kim", "openapi.json", "docs", "", "tidak-ada"])
def test_nothing_can_be_changed(client, db, method, path):
    answer = getattr(client, method)(f"/api/v1/{path}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["status"] == 405


def test_the_document_keeps_to_openapi_where_django_ninja_does_not(get, db):
    operations = [one for path in get("openapi.json").json()["paths"].values() for one in path.values()]
    parameters = [parameter for one in operations for parameter in one.get("parameters", [])]

    assert any("examples" in parameter["schema"] for parameter in parameters)
    assert not any("examples" in parameter for parameter in parameters)


# By whom


def test_any_site_reads_it_and_nothing_else(client, mekar):
    api, page = client.get("/api/v1/kim", headers={"Origin": "https://desa.contoh.id"}), client.get("/")

    assert api.headers["Access-Control-Allow-Origin"] == "*"
    assert api.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in api.headers
    assert "Access-Control-Allow-Origin" not in page.headers
    assert client.options("/api/v1/kim").status_code == 204


def test_who_is_signed_in_is_told_the_same(client, mekar, siti):
    before = client.get("/api/v1/kim")
    client.force_login(siti)
    after = client.get("/api/v1/kim")

    assert after.content == before.content
    assert not after.cookies
    assert "cookie" not in after.get("Vary", "").lower()
    assert "public" in after.headers["Cache-Control"]


def test_head_is_get_without_its_body(client, mekar):
    get, head = client.get("/api/v1/kim"), client.head("/api/v1/kim")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_who_has_it_already_is_sent_nothing(get, mekar):
    tag = get("kim").headers["ETag"]

    answer = get("kim", if_none_match=tag)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_address_that_never_stops_is_asked_to_wait(get, mekar, settings, monkeypatch):
    settings.SEARCHES_PER_MINUTE = 4
    monkeypatch.setattr(limits, "MINUTE", 10**10)

    answers = [get(f"kim?limit={number}").status_code for number in range(1, 40)]

    assert answers[:20] == [200] * 20
    assert answers[-1] == 429
    refused = get("kim")
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.json()["status"] == 429


@pytest.mark.parametrize("path", ["regions", "kim", "posts", "kim?format=csv&region=64", "posts?sector=kesehatan"])
def test_a_list_costs_the_same_with_one_row_as_with_three(
    get, make_community, make_post, make_aspiration, make_bulletin, path, places, sector
):
    numbers = []
    for _round in range(2):
        for _number in range(1 + _round):
            kim = make_community(f"KIM {_round} {_number}")
            kim.sectors.add(sector)
            make_post(community=kim)
            make_aspiration(f"Jalan {kim.name}", community=kim, sector=sector)
            make_bulletin(status="sent", regions=["64", "64.02"], sectors=[sector])
        with CaptureQueriesContext(connection) as queries:
            get(path)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
