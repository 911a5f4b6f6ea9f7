"""A form that an address fills in, for pages and files alike: each field at most once."""

from django.utils.translation import gettext_lazy as _

REPEATED = _("“%(name)s” tertulis lebih dari sekali dengan isi yang berbeda. Tulis satu saja.")


def repeated(data, names):
    """A sentence by name for what a query string says more than once, and differently; none for a mere dictionary."""
    lists = {name: data.getlist(name) for name in names if name in data} if hasattr(data, "getlist") else {}
    return {name: str(REPEATED) % {"name": name} for name, values in lists.items() if len(set(values)) > 1}


class SaidOnce:
    """For a form of which no field offers the same name twice: nobody could tell which of two is meant.

    What is wrong with the one that would be read is then not said.
    """

    def clean(self):
        facts = super().clean()
        names = [name for name, field in self.fields.items() if not is_answered(field, self.data, name)]
        for name, sentence in repeated(self.data, names).items():
            self._errors.pop(name, None)
            self.add_error(name, sentence)
        return facts


def is_answered(field, data, name):
    """Whether the second is the answer to what its widget asked about the first, below it and under the same name."""
    asks = getattr(field.widget, "is_answered", None)
    return asks is not None and hasattr(data, "getlist") and asks(data.getlist(name))
