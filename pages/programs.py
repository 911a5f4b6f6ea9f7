"""Telling programs from people, as far as a program says what it is."""

import re

# Also those that follow a link to show what it leads to, as WhatsApp does for whoever types one.
PROGRAMS = re.compile(
    r"bot|crawl|spider|preview|whatsapp|facebookexternalhit|curl|wget|python|lighthouse", re.IGNORECASE
)


def is_program(request):
    """Whether who asks says that it is no person's browser, or nothing at all."""
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(PROGRAMS.search(agent))
