"""The days of foundings and decrees, as offices, Excel and other programs write them."""

from datetime import date

import pytest

from communities.rosters.dates import DateRefused, MonthFirstRefused, read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/9/19", date(2019, 9, 11)), ("12 Agustus 2014", date(2014, 8, 12)), ("12-08-2014", date(2014, 8, 12)),
        ("2014-08-12", date(2014, 8, 12)), ("2014-08-12 00:00:00", date(2014, 8, 12)), ("27/9/2018", date(2018, 9, 27)),
        ("Senin, 3 Oktober 2016", date(2016, 10, 3)), ("12 Agt 2014", date(2014, 8, 12)), ("1.2.98", date(1998, 2, 1)),
        ("5 Nopember 2010", date(2010, 11, 5)), ("7 Pebruari 2011", date(2011, 2, 7)), ("41863", date(2014, 8, 12)),
        ("12 DES 2023", date(2023, 12, 12)), ("tgl. 12 Mei 2020", date(2020, 5, 12)),
        ("Aug 12, 2014", date(2014, 8, 12)),
        ("29 Februari 2024", date(2024, 2, 29)), ("12-Agu-14", date(2014, 8, 12)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text, day):
    assert read_date(text).exact == day


@pytest.mark.parametrize(
    ("text", "month"),
    [("2014", None), ("Tahun 2014", None), ("Agustus 2014", 8), ("08/2014", 8)],
)
def test_a_year_is_no_day(text, month):
    written = read_date(text)

    assert (written.year, written.month, written.day) == (2014, month, None)
    assert written.exact is None


@pytest.mark.parametrize("text", ["", "-", " ", "tidak ada", "Belum SK", "dalam proses", "0000-00-00", "00/00/0000"])
def test_nothing_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    ["31/2/2014", "12/25/2014", "0/0/2014", "2014-13-01", "99", "lusa", "1 Januari 2199", "3 Jan 1908", "12", "1/2"],
)
def test_impossible_and_future_days_are_refused(text):
    with pytest.raises(DateRefused):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jum’at, 17 Mei 2019", date(2019, 5, 17)), ("Jum'at 17 Mei 2019", date(2019, 5, 17)),
        ("Jum`at, 17 Mei 2019", date(2019, 5, 17)), ("Jumat Kliwon, 17 Mei 2019", date(2019, 5, 17)),
        ("17-05-2019", date(2019, 5, 17)), ("17 - 5 - 2019", date(2019, 5, 17)), ("17.05.2019", date(2019, 5, 17)),
        ("17 Mei '19", date(2019, 5, 17)), ("17 Agust 2019", date(2019, 8, 17)), ("17mei2019", date(2019, 5, 17)),
        ("17-V-2019", date(2019, 5, 17)), ("17 Mei 2O19", date(2019, 5, 17)), ("l7 Mei 20l9", date(2019, 5, 17)),
        ("Rabu, 17-05-2019 jam 9", date(2019, 5, 17)), ("17 Mei 2019 pkl. 9 WITA", date(2019, 5, 17)),
        ("20190517", date(2019, 5, 17)), ("17052019", date(2019, 5, 17)),
        ("43602", date(2019, 5, 17)), ("43602.0", date(2019, 5, 17)), ("43602,5", date(2019, 5, 17)),
        ("Tenggarong, 17 Mei 2019", date(2019, 5, 17)), ("17 Mei 2019 M / 12 Ramadhan 1440 H", date(2019, 5, 17)),
        ("17 Mei 2019 (perpanjangan)", date(2019, 5, 17)), ("17/05/2019 0:00", date(2019, 5, 17)),
        ("2019-05-17T00:00:00.000Z", date(2019, 5, 17)), ("Sabtu, 1 Juni 2019 pukul 10.00 WIB", date(2019, 6, 1)),
        ("17th May 2019", date(2019, 5, 17)), ("May 17, 2019", date(2019, 5, 17)), ("2019-Mei-17", date(2019, 5, 17)),
    ],
)  # fmt: skip
def test_days_are_read_as_offices_and_spreadsheets_write_them(text, day):
    assert read_date(text).exact == day


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("2019.0", 2019, None), ("2019,0", 2019, None), ("2019.00", 2019, None), ("2.019", 2019, None),
        ("± 2019", 2019, None), ("th. 2019", 2019, None), ("Mei 2019", 2019, 5), ("05-2019", 2019, 5),
        ("Mei, 2019", 2019, 5), ("Mei '19", 2019, 5), ("Minggu ke-2 Mei 2019", 2019, 5),
    ],
)  # fmt: skip
def test_years_and_months_are_no_more_exact_than_they_were_written(text, year, month):
    written = read_date(text)

    assert (written.year, written.month, written.exact) == (year, month, None)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tgl. 5 s/d 7 Mei 2019", date(2019, 5, 5)), ("5 s.d. 7 Mei 2019", date(2019, 5, 5)),
        ("5-7 Mei 2019", date(2019, 5, 5)), ("5 – 7 Mei 2019", date(2019, 5, 5)),
        ("5, 6 dan 7 Mei 2019", date(2019, 5, 5)), ("28 Februari sampai 2 Maret 2019", date(2019, 2, 28)),
        ("5/5 s/d 7/5/2019", date(2019, 5, 5)), ("17 Mei 2019 s/d 17 Mei 2022", date(2019, 5, 17)),
        ("1 Juni 2019 s/d sekarang", date(2019, 6, 1)),
    ],
)  # fmt: skip
def test_of_several_days_the_first_is_taken_and_that_is_known(text, first):
    written = read_date(text)

    assert (written.exact, written.is_first) == (first, True)


@pytest.mark.parametrize("text", ["2015-2020", "2015/2016", "2015 s/d 2018"])
def test_of_several_years_the_first_is_taken(text):
    assert (read_date(text).year, read_date(text).is_first) == (2015, True)


@pytest.mark.parametrize(("text", "mended"), [("12/25/2014", "25/12/2014"), ("05/17/2019", "17/5/2019")])
def test_a_month_in_the_first_place_is_told_and_not_turned_round(text, mended):
    with pytest.raises(MonthFirstRefused, match=mended):
        read_date(text)


def test_where_months_come_first_all_of_them_do():
    assert read_date("05/06/2019", month_first=True).exact == date(2019, 5, 6)
    assert read_date("05/17/2019", month_first=True).exact == date(2019, 5, 17)
    # Text that the spreadsheet could not turn into a day.
    assert read_date("25/12/2014", month_first=True).exact == date(2014, 12, 25)
    assert read_date("17 Mei 2019", month_first=True).exact == date(2019, 5, 17)


@pytest.mark.parametrize("text", ["12 Ramadhan 1440 H", "17 Ramadan 1440 Hijriah"])
def test_another_calendar_is_told(text):
    with pytest.raises(DateRefused, match="Hijriah"):
        read_date(text)


@pytest.mark.parametrize("text", ["Perdes 5 tahun 2019", "17 Mei 209", "17 Mei 20199", "17 Mei s/d", "2 0 1 9", "٢٠١٩"])
def test_what_only_resembles_a_day_is_refused(text):
    with pytest.raises(DateRefused):
        read_date(text)
