"""schema.org as JSON-LD: what search engines read of a page."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

# The letters that could end the script element or open another.
UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def json_ld(*things):
    """A script element of data; a browser never runs it, so the CSP needs no exception."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(graph, ensure_ascii=False).translate(UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # translated above


def breadcrumb_list(*links):
    """From (name, path) pairs, the outermost first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name), "item": f"{settings.SITE_URL}{path}"}
            for position, (name, path) in enumerate(links, start=1)
        ],
    }
