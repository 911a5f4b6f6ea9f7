"""Django's `{% url %}` works each URL out anew; the many of a public page are looked up once a language."""

from django import template

from pages import row_urls

register = template.Library()
register.simple_tag(row_urls.page_url)


@register.simple_tag
def row_url(name, part):
    """`{% url name part %}` of the key, the slug or the code of a row."""
    return row_urls.row_url(name, part, slot=row_urls.SOME_KEY if isinstance(part, int) else row_urls.SLOT)
