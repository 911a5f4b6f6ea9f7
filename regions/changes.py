"""What a difference between the regions as they stand and an edition is made of, told change by change."""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from regions.loading import successor_code
from regions.models import INDONESIA, Region, full_name
from regions.placed import LEVELS, Placed

# The lists of a Difference, those first that people have to look at.
KINDS = {
    "retired": _("tidak berlaku lagi"),
    "recoded": _("berganti kode"),
    "reparented": _("berpindah induk"),
    "renamed": _("berganti nama"),
    "kind_changed": _("berganti jenis"),
    "added": _("baru"),
    "revived": _("berlaku kembali"),
    "located": _("berganti titik atau kode pos"),
}


class Change(NamedTuple):
    """One region and one thing that becomes of it."""

    kind: str
    code: str
    level: int
    # With its term, "Desa Jembayan"; and what it lies in, "Loa Kulu, Kutai Kartanegara, Kalimantan Timur".
    name: str
    place: str
    # What changes, as it was; where a region ends, who answers for it. Empty where there is nothing to tell.
    before: str = ""
    successor: str = ""

    def __str__(self):
        told = _("%(code)s %(name)s (sebelumnya %(before)s)") if self.before else "%(code)s %(name)s"
        return str(told) % self._asdict()


def changes_of(kind, difference, standing, edition):
    """The changes of one kind, in the order of their codes; of a region that moved, the code that it gets."""
    entries = getattr(difference, kind)
    if kind == "added":
        found = (told(kind, row, edition.rows) for row in entries)
    elif kind == "retired":
        found = (told(kind, was, standing, successor=answering(was, edition)) for was in entries)
    else:
        found = (told(kind, row, edition.rows, before=before(kind, was, standing)) for was, row in entries)
    yield from sorted(found, key=lambda change: change.code)


def told(kind, row, others, **facts):
    return Change(kind, row.code, row.level, named(row), path_of(row.code, others), **facts)


def named(row):
    return full_name(row.name, row.local_term, row.kind, "id")


def path_of(code, rows):
    """The names above a code, the nearest first."""
    above = []
    while (code := code.rpartition(".")[0]) in rows and code != INDONESIA:
        above.append(rows[code].name)
    return ", ".join(above)


def before(kind, was, standing):
    match kind:
        case "recoded":
            return was.code
        case "renamed":
            return was.name
        case "kind_changed":
            return str(Region.Kind(was.kind).label)
        case "reparented":
            return with_code(standing[was.parent_code])
    return ""


def answering(was, edition):
    code = successor_code(was, edition)
    return with_code(edition.rows[code]) if code else ""


def with_code(row):
    return f"{named(row)} ({row.code})"


# What depends on regions


def rows_at(models, pks):
    """`{region's key: Counter of what names it}` in these tables, `("KIM", 2)`; the columns by level repeat a place."""
    found = defaultdict(Counter)
    for model in models:
        columns = naming_a_region(model)
        for column in columns:
            words = str(model._meta.verbose_name)
            if len(columns) > 1:
                words = f"{words} ({column.verbose_name})"
            rows = model._base_manager.filter(**{f"{column.name}__in": pks}).order_by().values_list(column.attname)
            for pk, number in rows.annotate(Count("pk")):
                found[pk][words] += number
    return found


def naming_a_region(model):
    repeated = LEVELS if issubclass(model, Placed) else ()
    return [
        field
        for field in model._meta.concrete_fields
        if field.related_model is Region and field.db_constraint and field.name not in repeated
    ]
