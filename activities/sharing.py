"""Carrying a post elsewhere: its share links, and what search engines read."""

from django.conf import settings

from pages.sharing import share_links
from pages.structured_data import breadcrumb_list, json_ld
from regions.clocks import at


def post_links(post):
    """Its share links; the text is its title and where it was."""
    return share_links(post.get_absolute_url(), post.title, f"{post.title} — {post.place.full_name}")


def news_article(post):
    site = settings.SITE_URL
    community = {
        "@type": "Organization",
        "name": post.community.name,
        "url": f"{site}{post.community.get_absolute_url()}",
    }
    picture = post.shown_photo.src1280 if post.shown_photo else post.og_image_url
    article = {
        "@type": "NewsArticle",
        "inLanguage": "id",
        "headline": post.title,
        "description": post.summary,
        "image": [f"{site}{picture}"],
        "datePublished": post.published_at.isoformat(),
        "dateModified": post.updated_at.isoformat(),
        "mainEntityOfPage": f"{site}{post.get_absolute_url()}",
        "author": community,
        "contentLocation": {"@type": "Place", "name": post.place.long_name},
    }
    if post.origin and post.origin.is_published:
        article["isBasedOn"] = f"{site}{post.origin.get_absolute_url()}"
    links = [(region.full_name, region.get_absolute_url()) for region in [*post.place.ancestors, post.place]]
    breadcrumbs = breadcrumb_list(*links, (post.title, post.get_absolute_url()))
    events = [event(post, community, article["image"])] if post.starts_at else []
    return json_ld(article, *events, breadcrumbs)


def event(post, community, image):
    """An agenda as an Event; an end that nobody gave is not made up."""
    place = {"@type": "Place", "name": post.venue or post.place.full_name, "address": post.place.long_name}
    facts = {
        "@type": "Event",
        "name": post.title,
        "description": post.summary,
        "image": image,
        "startDate": at(post.starts_at, post.place).isoformat(timespec="minutes"),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": place,
        "organizer": community,
        "url": f"{settings.SITE_URL}{post.get_absolute_url()}",
    }
    if post.ends_at:
        facts["endDate"] = at(post.ends_at, post.place).isoformat(timespec="minutes")
    return facts
