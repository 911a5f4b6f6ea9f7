"""What people type with real keyboards is taken; what hides, or makes one name look like another, is not."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms import BaseForm, Textarea
from django.urls import get_resolver

from accounts.fields import AnswerField, NameField, NoteField, SeenCharField
from accounts.typed import name_in_letters, only_seen, plain_name, plain_sentence, plain_text

FAMILY, FARMER, RAINBOW, FLAG = "👨\u200d👩\u200d👧", "👩🏽\u200d🌾", "🏳\ufe0f\u200d🌈", "🇮🇩"
HEART, KEYCAP, WORKER, THUMB = "❤\ufe0f\u200d🔥", "1\ufe0f\u20e3", "👷🏽\u200d♂\ufe0f", "👍🏾"
OF_PACKAGES = {"import_export"}
PICTURES = [FAMILY, FARMER, RAINBOW, FLAG, HEART, KEYCAP, WORKER, THUMB]


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_that_are_joined_stay_in_texts_and_lines(picture):
    text = f"Posyandu {picture} ramai"

    for field in (NoteField(), SeenCharField(validators=[plain_text]), SeenCharField(validators=[plain_sentence])):
        assert field.clean(text) == text


@pytest.mark.parametrize("mark", ["\u200b", "\u200c", "\u200e", "\u200f", "\u2060", "\u2068", "\u2069", "\ufeff"])
def test_marks_that_telephones_put_around_what_is_copied_are_taken_off(mark):
    typed = f"{mark}Siti{mark} Aminah{mark}"

    for field in (NoteField(), NameField(validators=[plain_name]), SeenCharField(validators=[plain_name])):
        assert field.clean(typed) == "Siti Aminah"


@pytest.mark.parametrize(
    "name", ["Siti\u202eitis", "Siti\u200dAminah", "Siti\x07", "Siti\nAminah", f"Siti {FAMILY}", "<b>"]
)
def test_a_name_with_what_makes_it_look_like_another_is_refused(name):
    with pytest.raises(ValidationError):
        NameField(validators=[plain_name]).clean(name)


@pytest.mark.parametrize("text", ["Si\u200dti", "Siti \u200d👩", "👩\u200d Siti", "\u202eitis", "a\u2066b", "\x00"])
@pytest.mark.parametrize("validate", [plain_sentence, plain_text])
def test_a_joiner_that_joins_no_pictures_is_refused_where_it_was_not_taken_off(validate, text):
    with pytest.raises(ValidationError):
        validate(text)


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_what_no_xml_may_hold_gets_into_no_text_and_no_name(sign):
    assert NoteField().clean(f"Jalan{sign} rusak") == "Jalan rusak"
    for validate in (plain_name, plain_sentence, plain_text):
        with pytest.raises(ValidationError):
            validate(f"Jalan{sign} rusak")


def test_a_note_keeps_its_lines():
    assert NoteField().clean("\u200eSatu\r\ndua\ufeff\n\n  tiga") == "Satu\ndua\n\n  tiga"


def forms_of(kind):
    for form in kind.__subclasses__():
        yield form
        yield from forms_of(form)


def test_every_field_of_several_lines_keeps_each_end_of_a_line_alike():
    get_resolver().url_patterns  # noqa: B018 imports every page with its forms, those of the desk too
    fields = {
        (form, name): field
        for form in forms_of(BaseForm)
        if form.__module__.partition(".")[0] in {config.name for config in apps.get_app_configs()} - OF_PACKAGES
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, Textarea)
    }

    assert len(fields) > 20
    assert {key for key, field in fields.items() if field.to_python("a\r\nb\rc\u2028d") != "a\nb\nc\nd"} == set()


@pytest.mark.parametrize("name", ["*", "-", "...", "_", "\u3164", "\uffa0 \u115f", "❤️"])
def test_nothing_is_called_by_signs_alone(name):
    with pytest.raises(ValidationError, match="huruf atau angka"):
        NameField(validators=[plain_name]).clean(name)


@pytest.mark.parametrize("name", ["-1", "9" * 40, "2026-13-45", "٣٣٣", "½", "Ⅻ", "5 \u3164", "(02)"])
def test_nobody_is_called_by_a_number_alone(name):
    with pytest.raises(ValidationError) as refusal:
        NameField(validators=[name_in_letters]).clean(name)

    assert len(refusal.value.messages) == 1


@pytest.mark.parametrize("name", ["RT 05", "3 Dara", "A", "17-an", "ꦱꦶꦠꦶ", "محمد", "D'Sari 2"])
def test_a_name_may_begin_and_end_with_digits_and_be_of_any_script(name):
    assert NameField(validators=[name_in_letters]).clean(name) == name


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_whatever_breaks_a_line_keeps_two_words_apart(mark):
    assert only_seen(f"Jembatan{mark}patah") == "Jembatan\npatah"
    assert SeenCharField(validators=[plain_sentence]).clean(f"Jembatan{mark}patah").split() == ["Jembatan", "patah"]


SIGNS = ["!!!", "...", "—", "? ! ?", "***", "\u200b\u2060", " \u00a0 ", "\u3164", "/", "“”", "_ _"]


@pytest.mark.parametrize("text", SIGNS)
@pytest.mark.parametrize("field", [NoteField(), SeenCharField(), AnswerField(), SeenCharField(widget=Textarea)])
def test_no_text_that_people_write_is_signs_alone(field, text):
    with pytest.raises(ValidationError) as refusal:
        field.clean(text)

    assert len(refusal.value.messages) == 1


@pytest.mark.parametrize("text", SIGNS)
def test_what_may_be_empty_may_not_be_signs_alone_but_blank(text):
    field = NoteField(required=False)
    if not only_seen(text).strip():
        assert field.clean(text) == ""
    else:
        with pytest.raises(ValidationError, match="huruf atau angka"):
            field.clean(text)


@pytest.mark.parametrize("text", ["Ya.", "5", "¿Qué?", "东", "(a)"])
def test_a_word_or_a_number_among_signs_is_enough(text):
    assert NoteField().clean(text) == text


@pytest.mark.parametrize("picture", [*PICTURES, "👍", "❤️"])
def test_a_picture_alone_answers_as_in_a_chat_and_is_no_text(picture):
    assert AnswerField().clean(picture) == picture
    if picture != KEYCAP:
        with pytest.raises(ValidationError, match="huruf atau angka"):
            NoteField().clean(picture)
