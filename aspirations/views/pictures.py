"""The photos of an aspiration as its pages show them; who asks decides from where they come."""


def pictures(photos, url):
    """Each photo with where its copies are: `url(photo, name)` gives the URL of one."""
    return [
        {
            "alt": photo.alt,
            "width": photo.width,
            "height": photo.height,
            "small": url(photo, "320.webp"),
            "middle": url(photo, "640.webp"),
            "large": url(photo, "1280.webp"),
        }
        for photo in photos
    ]
