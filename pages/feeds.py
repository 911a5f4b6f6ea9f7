"""Atom feeds that answer whoever has them already with nothing, and are kept until what they tell has changed."""

import hashlib

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.xmlutils import SimplerXMLGenerator

from pages import freshness
from pages.paging import first_of
from pages.printable import printable

ENTRIES = 30


class PrintableXML(SimplerXMLGenerator):
    """Leaves out what XML cannot hold; Django raises an error for some of it and writes the rest."""

    def characters(self, content):
        super().characters(printable(content))

    def startElement(self, name, attrs):
        super().startElement(name, {key: printable(value) for key, value in attrs.items()})


class PrintableAtom(Atom1Feed):
    """Readable whatever people wrote: a feed hands over their words as they are."""

    def write(self, outfile, encoding):
        """As Django's own, which takes no other generator."""
        handler = PrintableXML(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")


class AtomWithPhotos(PrintableAtom):
    """Django's own enclosure would have to know how large the file is."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["photo"]:
            handler.addQuickElement("link", "", {"rel": "enclosure", "type": "image/webp", "href": item["photo"]})


class KeptFeed(Feed):
    """The first ENTRIES rows of `parts(subject)`. Whoever has them already costs one small query and is sent nothing.

    A child says the `topic(subject)` of freshness, the `feed_url(subject)`, which `COLUMNS` make an entry another, and
    of an entry the view (PAGE) and what names the row in its URL (KEY).
    No Last-Modified: the newest row may be hidden, and what is left would seem to have been there all along.
    """

    feed_type = AtomWithPhotos
    # What @require_safe and @login_not_required would set on a function.
    only_reads, login_required = True, False
    COLUMNS = ("pk", "updated_at", "published_at")
    PAGE, KEY = "", "pk"

    def __call__(self, request, **kwargs):
        subject = self.get_object(request, **kwargs)
        if other := self.instead(subject):
            return other
        freshness.follow(request, self.topic(subject))
        tag = self.tag(subject)
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = HttpResponse(content_type=AtomWithPhotos.content_type)
            self.get_feed(subject, request).write(response, "utf-8")
        response.headers["ETag"] = tag
        return response

    def instead(self, subject):
        """The answer instead of a feed: what is not understood, or where it went; None where there is a feed."""

    def tag(self, subject):
        versions = first_of([part.values_list(*self.COLUMNS) for part in self.parts(subject)], ENTRIES)
        return quote_etag(hashlib.sha256(repr((str(self.title(subject)), versions)).encode()).hexdigest()[:32])

    def feed_guid(self, subject):
        return f"{settings.SITE_URL}{self.feed_url(subject)}"

    def items(self, subject):
        return first_of([self.told(part) for part in self.parts(subject)], ENTRIES)

    def told(self, rows):
        """The rows with all that an entry says of other tables."""
        return rows

    def item_guid(self, row):
        """Stays when the title changes, and with it the URL."""
        return f"{settings.SITE_URL}{reverse(self.PAGE, args=[getattr(row, self.KEY)])}"

    def item_pubdate(self, row):
        return row.published_at

    def item_updateddate(self, row):
        return row.updated_at
