"""The numbers of regions as open data: those that the map and the statistics show."""

from ninja import Query, Router, Schema
from pydantic import Field, create_model

from communities.api import SECTOR, sector_named
from monitoring.measures import MEASURES
from monitoring.measures import SECTOR as BY_SECTOR
from monitoring.models import RegionCount, Subject
from pages.open_data.answers import FORMAT, answer_whole, refuse_unknown
from pages.open_data.pages_of import page_of
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from regions import atlas
from regions.api import REGION, Place, degrees, follow, region_named
from regions.models import INDONESIA


class StatisticsQuery(Schema):
    region: str | None = REGION
    sector: str | None = SECTOR
    format: str = FORMAT


def field_of(measure):
    is_asked_for = f"Ukuran `{measure.word}` di peta dan statistik. " + str(measure.explanation)
    return (float if measure.decimals else int) | None, Field(ge=0, description=is_asked_for)


# {field: measure}
FIELDS = {word.replace("-", "_"): measure for word, measure in MEASURES.items()}
Numbers = create_model(
    "Numbers",
    __base__=Schema,
    __doc__="Angka satu wilayah; null bila tidak dihitung per bidang.",
    posts=(int, Field(ge=0, description="Kegiatan yang terbit, sejak awal.")),
    **{name: field_of(measure) for name, measure in FIELDS.items()},
)


class StatisticsRecord(Schema):
    """Angka satu wilayah beserta semua di bawahnya, saat ini juga."""

    region: Place
    numbers: Numbers


STATISTICS = Resource("statistics", StatisticsRecord, [], lambda row: row, order="code")


def counted(regions, sector=None):
    """The numbers of each of these regions as records."""
    posts = RegionCount.objects.totals(regions, [Subject.POST], sector=sector)
    columns = {name: numbers_of(measure, regions, sector) for name, measure in FIELDS.items()}
    for region in regions:
        numbers = {name: values.get(region.pk) for name, values in columns.items()}
        yield {"region": place(region), "numbers": {"posts": posts[region.pk, Subject.POST]} | numbers}


def numbers_of(measure, regions, sector):
    if sector and BY_SECTOR not in measure.narrowed_by:
        return {}
    return measure.of(regions, sector=sector)


def place(region):
    return {"code": region.code, "name": region.long_name, "lat": degrees(region.lat), "lng": degrees(region.lng)}


router = Router(tags=["Angka"])


@router.get("", response={200: page_of(StatisticsRecord), **REFUSALS}, url_name="statistics", summary="Angka wilayah")
def statistics(request, query: Query[StatisticsQuery]):
    """Wilayah itu sendiri (tanpa `region`: Indonesia), lalu setiap wilayah tepat di bawahnya."""
    refuse_unknown(request, StatisticsQuery)
    asked, sector = region_named(query.region), sector_named(query.sector)
    follow(request, asked)
    region, children, _beside = atlas.surroundings(asked.code if asked else INDONESIA)
    regions = [region, *children] if region else []
    return answer_whole(STATISTICS, counted(regions, sector), query.format)
