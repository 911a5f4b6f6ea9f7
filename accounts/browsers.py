"""What somebody signed in with, in words; of what a browser says of itself nothing more is kept."""

from django.utils.translation import gettext as _

# Whoever builds on another names it too, so the first that is found counts.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "MiuiBrowser": "Mi Browser",
    "HuaweiBrowser": "Huawei Browser",
    "VivoBrowser": "Vivo Browser",
    "HeyTapBrowser": "HeyTap Browser",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def named(user_agent):
    """`(browser, system)`, each empty where it is none of those that we know."""
    return tuple(
        next((name for part, name in known.items() if part in user_agent), "") for known in (BROWSERS, SYSTEMS)
    )


def in_words(browser, system):
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("peramban yang tidak kami kenal")
