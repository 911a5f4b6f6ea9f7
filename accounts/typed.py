"""What people may type into a line or a text: letters that show, nothing that hides, and nobody's personal number."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.personal_numbers import no_personal_number
from pages.line_ends import in_plain_lines

# The last two are no letters at all: a feed, or whatever else is XML, that holds one is read by nobody.
UNSEEN = r"\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff"

# What joins several pictures into one, as in 👨‍👩‍👧: it hides nothing there.
PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
JOINED = f"(?<=[{PICTURE}])\u200d(?=[{PICTURE}])"

# What keyboards and chats put around what somebody copies; without it the text reads the same.
MARKS = re.compile(r"[\u200b\u200c\u200e\u200f\u2060\u2066-\u2069\ufeff]")


def letters(refused):
    return RegexValidator(refused, _("Tulis dengan huruf biasa."), inverse_match=True)


# Control and bidirectional characters make one name look like another; a line break would reach a mail header.
letters_of_a_name = letters(rf"[\x00-\x1f{UNSEEN}<>]")
letters_of_a_line = letters(rf"(?!{JOINED})[\x00-\x1f{UNSEEN}<>]")
letters_of_a_text = letters(rf"(?!{JOINED})[\x00-\x08\x0b\x0c\x0e-\x1f{UNSEEN}]")

# What Unicode has among the letters and shows nothing.
FILLERS = r"\u115f\u1160\u3164\uffa0"
SIGNS_ALONE = _("Tulis dengan huruf atau angka, bukan tanda saja.")
says_something = RegexValidator(rf"[^\W_{FILLERS}]", SIGNS_ALONE)
# In a chat a picture alone is an answer, such as 👍 or ❤.
says_or_shows_something = RegexValidator(rf"[^\W_{FILLERS}]|[\u2600-\u27bf\U0001f000-\U0001faff]", SIGNS_ALONE)

WITHOUT_LETTERS = _("Tulis namanya dengan huruf, bukan angka saja.")


def as_words(said, flags=0):
    """A pattern that finds each of these where it is no part of a longer word: a name such as Adi is not in tradisi."""
    each = "|".join(re.escape(text) for text in said if text)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)" if each else r"(?!)", flags)


def plain_name(text):
    """A validator for what somebody or something is called."""
    letters_of_a_name(text)
    if text:
        says_something(text)
    no_personal_number(text)


def name_in_letters(text):
    """A validator for the name of a person, a KIM, an office or a place: plain, with at least a letter as in RT 05."""
    plain_name(text)
    if text and not has_letters(text):
        raise ValidationError(WITHOUT_LETTERS)


def plain_sentence(text):
    """A validator for a sentence, such as a title, in which several pictures may be joined into one."""
    letters_of_a_line(text)
    no_personal_number(text)


def plain_text(text):
    """A validator for a text of several lines."""
    letters_of_a_text(text)
    no_personal_number(text)


def only_seen(text, *, one_line=False):
    """The text without what hides in it, such as marks that WhatsApp copies along; each break of a line is a "\\n"."""
    text = re.sub(rf"(?!{JOINED})[\x00-\x08\x0e-\x1f{UNSEEN}]", "", in_plain_lines(text))
    return " ".join(text.split()) if one_line else text


def has_words(text):
    """Whether there is a letter or a number among the signs."""
    return bool(says_something.regex.search(text))


def has_letters(text):
    return any(sign.isalpha() for sign in re.sub(rf"[{FILLERS}]", "", text))


def is_key(text):
    """Whether a text from outside can be a primary key."""
    return text.isdecimal() and text.isascii() and len(text) < 19
