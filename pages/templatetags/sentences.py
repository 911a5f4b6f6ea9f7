"""What rows keep of sentences of ours, in the language of the reader."""

from django import template
from django.utils.safestring import mark_safe

from pages.sentences import in_words_of_reader, lines_in_words_of_reader

register = template.Library()


@register.simple_tag
def said_again(words, sentence):
    """The words of a title, which was made of this sentence."""
    return in_words_of_reader(words, sentence)


@register.filter
def lines_said_again(text):
    """A text of several lines as HTML: those of ours in the language of the reader, the others marked as Indonesian."""
    return mark_safe(lines_in_words_of_reader(text).replace("\n", "<br>"))  # escaped
