from django.conf import settings


def organization(community, pictures):
    """A KIM as schema.org knows it, with its `{kind: picture}`; contacts are not public and stay out."""
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
    for kind, word in (("picture", "image"), ("logo", "logo")):
        if kind in pictures:
            facts[word] = f"{settings.SITE_URL}{pictures[kind].src1280}"
    return facts
