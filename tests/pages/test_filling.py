"""What is filled a hundred times a page says what `format_html` says."""

import pytest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pages.filling import fill, fill_each


@pytest.mark.parametrize(
    "value", ['Ma\'u & "Sons"', "<script>", mark_safe("<b>tebal</b>"), 7, 1.5, None, True, gettext_lazy("Cari"), ["<"]]
)
def test_it_is_what_format_html_makes(value):
    assert fill("<p class='{}'>{name}</p>", value, name=value) == format_html(
        "<p class='{}'>{name}</p>", value, name=value
    )
    assert fill_each("<i>{}</i>", [[value], ["&"]]) == format_html_join("", "<i>{}</i>", [[value], ["&"]])
    assert hasattr(fill("{}", value), "__html__")
