"""Two pages on which the same is changed: what tells that the other was saved first, and how the two differ."""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Compared:
    """For a form of what is stored: in what its page differs from that."""

    @property
    def differences(self):
        """What is typed here and what is stored, for each field in which they differ: dicts of label, here, there."""
        return [
            {
                "label": str(field.label),
                "here": in_words(field, self[name].value()),
                "there": in_words(field, self.get_initial_for_field(field, name)),
            }
            for name, field in self.compared()
            if self[name]._has_changed()
        ]

    def compared(self):
        """Neither files, which are never replaced by an empty field, nor what only helps to choose."""
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField) and not field.widget.is_hidden:
                yield name, field


class ShownVersion(Compared):
    """For a form of what is stored: its page carries `version`, what was stored when it was opened.

    A page without a version is taken for one of what is stored now.
    """

    @property
    def version_name(self):
        return self.add_prefix("version")

    @property
    def version(self):
        stored = {name: texts_of(field, self.get_initial_for_field(field, name)) for name, field in self.compared()}
        stored |= self.stored_beside()
        return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:16]

    def stored_beside(self):
        """What else is stored than what its fields say, by any name; a form that replaces a file says which it was."""
        return {}

    @property
    def is_written_over(self):
        """Whether another page saved since this one was opened, and something else."""
        known = self.data.get(self.version_name)
        return known not in (None, self.version) and bool(self.differences)


def is_one_of(field, text):
    """Whether a text from outside can tell a row."""
    columns = field.queryset.model._meta
    key = columns.get_field(field.to_field_name) if field.to_field_name else columns.pk
    try:
        key.to_python(text)
    except ValidationError:
        return False
    return "\x00" not in text


def texts_of(field, value):
    """What stands in a field of a page, as its form would send it: a list of texts."""
    widget = getattr(field.widget, "widget", field.widget)  # the desk wraps those of related rows
    value = field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        value = [part.format_value(text) for part, text in zip(widget.widgets, parts, strict=False)]
        return [str(text) for text in value if text]
    value = widget.format_value(value)
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)] if value else []


def in_words(field, value):
    """The same, with the words of its choices."""
    if isinstance(field, forms.BooleanField):
        return _("ya") if field.to_python(value) else _("tidak")
    texts = texts_of(field, value)
    labels = labels_of(field, texts)
    return ", ".join(labels.get(text, text) for text in texts)


def labels_of(field, texts):
    """What a field calls its choices; of rows only these, for there may be every village of the country."""
    if not isinstance(field, forms.ModelChoiceField):
        return {str(value): str(label) for value, label in getattr(field, "choices", ())}
    column = field.to_field_name or "pk"
    rows = field.queryset.filter(**{f"{column}__in": [text for text in texts if is_one_of(field, text)]})
    return {str(field.prepare_value(row)): str(field.label_from_instance(row)) for row in rows}
