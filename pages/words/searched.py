"""Rows that are found by the words of their texts: made whenever a text is saved, and anew with another edition."""

import pgtrigger
from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models, transaction

from pages.words.asking import Question
from pages.words.known import EDITION
from pages.words.terms import terms_of

COLUMNS = ["search", "words_edition"]
AT_ONCE = 500

# Who writes past the model, by SQL or with an older version of the portal, leaves PostgreSQL's own words, which are
# looked for as well until `manage.py make_words` was there.
FALLBACK = """
IF TG_OP = 'INSERT' AND NEW.search IS NOT NULL THEN RETURN NEW; END IF;
IF TG_OP = 'UPDATE' AND ({same} OR NEW.search IS DISTINCT FROM OLD.search) THEN RETURN NEW; END IF;
NEW.search := to_tsvector('indonesian', concat_ws(E'\\n', {texts}));
NEW.words_edition := 0;
RETURN NEW;
"""
MAKE = """
UPDATE {table} AS row SET search = made.terms::tsvector, words_edition = %s
FROM unnest(%s::bigint[], %s::text[]) AS made (id, terms) WHERE row.id = made.id
"""


class SearchedQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for row in objs:
            row.make_words()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, fields, *args, **kwargs):
        if {*fields} & {*self.model.SEARCHED}:
            for row in objs:
                row.make_words()
            fields = [*fields, *COLUMNS]
        return super().bulk_update(objs, fields, *args, **kwargs)

    bulk_create.alters_data = bulk_update.alters_data = True

    def saying(self, text):
        """Those with these words in their texts, in any form; none where no word says what to find.

        What is refused there, a child of it that lies at a place refuses as the name of that as well.
        """
        question = Question(text)
        oldest = self.model.objects.oldest_edition()
        if not question:
            return self.none()
        return self.filter(search=question.expression(oldest=oldest)).without_refused(question)

    def oldest_edition(self):
        """Of the words of all rows; None where they are all of ours."""
        oldest = self.aggregate(oldest=models.Min("words_edition"))["oldest"]
        return oldest if oldest is not None and oldest < EDITION else None

    def make_words(self, *, after=0):
        """Make the words of some rows beyond this key that have older ones; `(how many, the last key)`."""
        older = self.filter(words_edition__lt=EDITION, pk__gt=after).order_by("pk")
        with transaction.atomic(), connection.cursor() as cursor:
            rows = older.select_for_update(skip_locked=True, of=("self",)).values_list("pk", *self.model.SEARCHED)
            made = {pk: terms_of(*texts) for pk, *texts in rows[:AT_ONCE]}
            if made:
                sql = MAKE.format(table=connection.ops.quote_name(self.model._meta.db_table))
                cursor.execute(sql, [EDITION, [*made], [*made.values()]])
        return len(made), max(made, default=after)

    make_words.alters_data = True


class Searched(models.Model):
    """A row with texts that are searched: the names of their columns in `SEARCHED`."""

    SEARCHED = ()

    search = SearchVectorField(null=True, editable=False)
    words_edition = models.SmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None and not self.get_deferred_fields().issuperset(self.SEARCHED):
            self.make_words()
        elif update_fields is not None and {*update_fields} & {*self.SEARCHED}:
            self.make_words()
            update_fields = {*update_fields, *COLUMNS}
        super().save(*args, update_fields=update_fields, **kwargs)

    def make_words(self):
        """Work out by which words it is found."""
        self.search = terms_of(*(getattr(self, name) or "" for name in self.SEARCHED))
        self.words_edition = EDITION


def searched_models():
    return [model for model in apps.get_models() if issubclass(model, Searched)]


def fallback(*columns):
    """The trigger of a table whose texts are in these columns."""
    news, olds = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return pgtrigger.Trigger(
        name="words",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=FALLBACK.format(same=f"({news}) IS NOT DISTINCT FROM ({olds})", texts=news),
    )
