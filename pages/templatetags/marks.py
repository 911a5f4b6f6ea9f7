"""What members wrote as a template shows it: with its marks, without them, or with what can be tapped."""

from django import template

from pages.markup import plain_words, render_line, render_markup
from pages.web_urls import readable_host

register = template.Library()

register.filter("marked_up", render_markup)
register.filter("plain_words", plain_words)
register.filter("tappable", render_line)
register.filter("host", readable_host)
