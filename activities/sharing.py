"""Carrying a post elsewhere: its share links, and what search engines read."""

from django.conf import settings

from pages.sharing import share_links
from pages.structured_data import breadcrumb_list, json_ld


def post_links(post):
    """Its share links; the text is its title and where it was."""
    return share_links(post.get_absolute_url(), post.title, f"{post.title} — {post.place.full_name}")


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
