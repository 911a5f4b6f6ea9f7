"""Who changed what, when and why: PostgreSQL itself appends an AuditEntry for every change to a watched table.

    class Meta:
        triggers = [Audited(region="community__seat", personal=["name"])]

A trigger sees a form, `QuerySet.update()`, a bulk load and SQL typed by hand alike. Who and why come from
`pghistory.context`: the middleware gives the person, `with_reason()` the reason. All entries are rows of one table,
so that "what happened in this regency" is one question.
"""

from contextlib import contextmanager

import pghistory
import pgtrigger


class Audited(pgtrigger.Trigger):
    """Append an AuditEntry for each row of this table that is inserted, changed or deleted.

    `region` is the path to the region concerned; of `personal` columns the trail keeps that they changed, never what
    they said, so that a person can be erased without touching it; `ignored` columns tell nothing. A row in the
    `unseen` status is nobody's business yet: for the trail it begins to exist when it leaves that status.
    """

    name = "audit"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    # pgtrigger's triggers look away when a session asks them to; this one forgets that it was asked.
    declare = [("asked", "text := set_config('pgtrigger.ignore', '{}', true)")]

    def __init__(self, *, region=None, personal=(), ignored=(), unseen=None):
        self.region, self.personal, self.ignored, self.unseen = region, personal, ignored, unseen
        super().__init__()

    def get_func(self, model):
        arguments = [
            f"'{model._meta.label_lower}'",
            self.seen("OLD"),
            self.seen("NEW"),
            self.region_of(model),
            f"'{{{','.join(self.personal)}}}'",
            f"'{{{','.join(self.ignored)}}}'",
        ]
        return f"PERFORM accounts_append_audit_entry({', '.join(arguments)}); RETURN NULL;"

    def seen(self, row):
        """The SQL for the row as JSON; NULL where there is none, or none that anyone should know of."""
        return (
            f"CASE WHEN {row}.status <> '{self.unseen}' THEN to_jsonb({row}) END" if self.unseen else f"to_jsonb({row})"
        )

    def region_of(self, model):
        """The SQL that follows the path to a region, from the row as it is now, or as it was before it was deleted."""
        if self.region is None:
            return "NULL"
        first, *others = self.region.split("__")
        field = model._meta.get_field(first)
        sql = f'COALESCE(NEW."{field.column}", OLD."{field.column}")'
        for name in others:
            table = field.related_model._meta
            field = table.get_field(name)
            sql = f'(SELECT "{field.column}" FROM "{table.db_table}" WHERE "{table.pk.column}" = {sql})'  # noqa: S608
        return sql


def who(user):
    """What an entry keeps of the person: the key, the role and the wilayah tugas of that moment, never the name."""
    if not user.is_authenticated:
        return {"user": None, "role": "visitor", "region": None}
    duty = next(iter(user.current_assignments), None)
    role = "officer" if duty else "superuser" if user.is_superuser else "resident"
    return {"user": user.pk, "role": role, "region": duty and duty.region_id}


@contextmanager
def with_reason(note):
    """Whatever is changed inside is explained by this note."""
    with pghistory.context() as context:
        outer = context.metadata.get("reason", "")
        context.metadata["reason"] = note
        try:
            yield
        finally:
            context.metadata["reason"] = outer
