"""What members wrote, where a page shows it in a line: without marks, or with what can be tapped."""

from django import template

from communities.markup import plain_words, render_line

register = template.Library()

register.filter("plain_words", plain_words)
register.filter("tappable", render_line)
