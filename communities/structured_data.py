from django.conf import settings


def organization(community):
    """A KIM as schema.org knows it; contacts are not public and stay out."""
    facts = {
        "@type": "Organization",
        "name": community.name,
        "url": f"{settings.SITE_URL}{community.get_absolute_url()}",
        "areaServed": community.seat.long_name,
        "identifier": community.number,
    }
    if community.founded_on:
        facts["foundingDate"] = community.founded_on.isoformat()
    if community.website:
        facts["sameAs"] = [community.website]
    return facts
