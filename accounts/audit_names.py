"""What the trail is about, in the words of the desk: "KIM Mekar" instead of "KIM 8", for those who may know it.

A row is named by the class that shows its table at the desk, so only within the own wilayah tugas; what hangs on such
a row, an office of a KIM, is told by it. What is gone, or is not this officer's to see, keeps its number.
"""

from collections import defaultdict
from itertools import batched

from django.apps import apps
from django.contrib.admin.utils import get_fields_from_path
from django.utils.text import capfirst

from accounts.audit import Audited
from regions.models import Region

MOST_FOUND = 50
BATCH = 500


def give_names(desk, request, entries):
    """Each entry learns the `name` of what it is about: a query or two for each kind of data among them."""
    keys = defaultdict(set)
    for entry in entries:
        entry.name = entry.row_name
        keys[entry.model].add(entry.object_id)
    names = {model: names_of(desk, request, apps.get_model(model), pks) for model, pks in keys.items()}
    for entry in entries:
        if (known := names[entry.model].get(entry.object_id)) and entry.deed != entry.Deed.EXPORT:
            entry.name = with_kind(known, str(apps.get_model(entry.model)._meta.verbose_name))
    return entries


def with_kind(name, kind):
    """Such as "Anggota: Siti"; a name that says what it is, "KIM Mekar", stands by itself."""
    return name if name.casefold().startswith(kind.casefold()) else f"{capfirst(kind)}: {name}"


def names_of(desk, request, model, pks):
    """`{key: name}` of the rows of a table that the desk would show this officer."""
    if model is Region:  # where a place lies is no secret
        return {region.pk: region.full_name for region in Region.objects.filter(pk__in=pks)}
    if desk.is_registered(model):
        shown = desk.get_model_admin(model)
        rows = shown.get_queryset(request).filter(pk__in=pks)
        related = shown.get_list_select_related(request)
        return {row.pk: str(row) for row in (rows.select_related(*related) if related else rows)}
    if parent := parent_of(model):
        belongs = dict(model._base_manager.filter(pk__in=pks).values_list("pk", parent.attname))
        names = names_of(desk, request, parent.related_model, set(belongs.values()))
        return {pk: names[key] for pk, key in belongs.items() if key in names}
    return {}


def parent_of(model):
    """The column by which a row that has no page of its own belongs to its region, or None."""
    region = next((trigger.region for trigger in model._meta.triggers if isinstance(trigger, Audited)), None)
    return get_fields_from_path(model, region)[0] if region and "__" in region else None


def named_values(desk, request, entry):
    """`{column: {key: name}}` of what the entry's columns that name other rows said before and after."""
    names = {}
    for field in apps.get_model(entry.model)._meta.concrete_fields:
        said = [(facts or {}).get(field.column) for facts in (entry.before, entry.after)]
        if field.is_relation and (keys := {key for key in said if isinstance(key, int)}):
            names[field.column] = names_of(desk, request, field.related_model, keys)
    return names


def in_batches(entries, desk, request):
    """Entries of an iterator with their names, however many there are."""
    for batch in batched(entries, BATCH, strict=False):
        yield from give_names(desk, request, batch)


def found(desk, request, term):
    """`{model: keys}` of the rows that a name leads to, for tables whose class says that people ask the trail so."""
    keys = {}
    for model, shown in desk._registry.items():
        if shown.is_sought_in_trail:
            rows, _may_repeat = shown.get_search_results(request, shown.get_queryset(request), term)
            keys[model] = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_FOUND])
    return keys
