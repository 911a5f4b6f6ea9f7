"""Carrying a post elsewhere: share links without anybody's script, and what search engines read."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from pages.structured_data import breadcrumb_list, json_ld


def share_links(post):
    """(name, URL, icon) for each service; the text holds title and URL."""
    url = f"{settings.SITE_URL}{post.get_absolute_url()}"
    text = f"{post.title} — {post.place.full_name}"
    return [
        ("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{text}\n{url}'}, quote_via=quote)}", "message-circle"),
        ("Telegram", f"https://t.me/share/url?{urlencode({'url': url, 'text': text}, quote_via=quote)}", "send"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}", "thumbs-up"),
        ("X", f"https://x.com/intent/post?{urlencode({'url': url, 'text': text}, quote_via=quote)}", "at-sign"),
        (
            _("Surel"),
            f"mailto:?{urlencode({'subject': post.title, 'body': f'{text}\n{url}'}, quote_via=quote)}",
            "mail",
        ),
    ]


def news_article(post):
    site = settings.SITE_URL
    article = {
        "@type": "NewsArticle",
        "inLanguage": "id",
        "headline": post.title,
        "description": post.summary,
        "datePublished": post.published_at.isoformat(),
        "dateModified": post.updated_at.isoformat(),
        "mainEntityOfPage": f"{site}{post.get_absolute_url()}",
        "author": {
            "@type": "Organization",
            "name": post.community.name,
            "url": f"{site}{post.community.get_absolute_url()}",
        },
        "contentLocation": {"@type": "Place", "name": post.place.long_name},
    }
    if post.origin and post.origin.is_published:
        article["isBasedOn"] = f"{site}{post.origin.get_absolute_url()}"
    if post.shown_photo:
        article["image"] = [f"{site}{post.shown_photo.src1280}"]
    links = [(region.full_name, region.get_absolute_url()) for region in [*post.place.ancestors, post.place]]
    return json_ld(article, breadcrumb_list(*links, (post.title, post.get_absolute_url())))
