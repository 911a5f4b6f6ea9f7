"""What a field says of what it does not take, wherever it stands: in our words instead of Django's.

Each sentence says what to write, in the language of the page, and none repeats what was typed. A field says more where
it knows more (`error_messages`). What Django says within a method, its catalogue here says: locale/id.
"""

from django import forms
from django.contrib.postgres import forms as postgres_forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms.ranges import BaseRangeField
from django.core import validators
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.forms.formsets import BaseFormSet
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext_lazy as _

REQUIRED = _("Bagian ini harus diisi.")
NOT_SO = _("Isian ini belum benar. Periksa lagi.")
FROM_THE_LIST = _("Pilih dari daftar ini.")
NUMBER = _("Tulis angka saja, misalnya 25.")
FRACTION = _("Tulis angka, misalnya 2,5.")
DAY = _("Tulis tanggal yang ada di kalender, misalnya 17-08-2026.")
HOUR = _("Tulis jamnya, misalnya 09.30.")
MOMENT = _("Tulis tanggal dan jamnya, misalnya 17-08-2026 09.30.")
EMAIL = _("Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")
URL = _("Tulis alamat yang lengkap, misalnya https://kimmekar.id.")
FILE = _("Pilih berkasnya.")
FILE_NAME = _("Nama berkas ini terlalu panjang. Ganti namanya, lalu pilih lagi.")
PAGE = _("Halaman ini tidak lengkap terkirim. Muat ulang, lalu coba lagi.")
ITEM = _("Nomor %(nth)s:")
ENDS_FIRST = _("Akhirnya mendahului awalnya.")
LETTERS = _("Ada tanda yang tidak dapat disimpan. Tulis lagi dengan huruf biasa.")

# By field of a form, `{code: sentence}`.
OF_FIELDS = {
    forms.Field: {"required": REQUIRED},
    forms.IntegerField: {"invalid": NUMBER},
    forms.FloatField: {"invalid": FRACTION},
    forms.DecimalField: {"invalid": FRACTION},
    forms.DateField: {"invalid": DAY},
    forms.TimeField: {"invalid": HOUR},
    forms.DateTimeField: {"invalid": MOMENT},
    forms.DurationField: {"invalid": NOT_SO, "overflow": NOT_SO},
    forms.URLField: {"invalid": URL},
    forms.UUIDField: {"invalid": PAGE},
    forms.JSONField: {"invalid": NOT_SO},
    forms.FileField: {
        **dict.fromkeys(["required", "invalid", "missing"], FILE),
        "empty": _("Berkas ini kosong. Pilih berkas lain."),
        "max_length": FILE_NAME,
        "contradiction": _("Pilih salah satu: berkas baru, atau hapus yang sekarang."),
    },
    forms.ImageField: {"invalid_image": _("Berkas ini bukan gambar, atau rusak. Pilih gambar lain.")},
    forms.ChoiceField: {"invalid_choice": FROM_THE_LIST},
    forms.MultipleChoiceField: {"invalid_choice": FROM_THE_LIST, "invalid_list": FROM_THE_LIST},
    forms.ModelChoiceField: {"invalid_choice": FROM_THE_LIST},
    forms.ModelMultipleChoiceField: dict.fromkeys(
        ["invalid_list", "invalid_choice", "invalid_pk_value"], FROM_THE_LIST
    ),
    forms.MultiValueField: {"invalid": NOT_SO, "incomplete": _("Lengkapi isian ini.")},
    forms.SplitDateTimeField: {"invalid_date": DAY, "invalid_time": HOUR},
    InlineForeignKeyField: {"invalid_choice": PAGE},
    postgres_forms.SimpleArrayField: {"item_invalid": ITEM},
    postgres_forms.SplitArrayField: {"item_invalid": ITEM},
    BaseRangeField: {"invalid": NOT_SO, "bound_ordering": ENDS_FIRST},
    postgres_forms.IntegerRangeField: {"invalid": NUMBER},
    postgres_forms.DecimalRangeField: {"invalid": FRACTION},
    postgres_forms.DateTimeRangeField: {"invalid": MOMENT},
    postgres_forms.DateRangeField: {"invalid": DAY},
}
OF_COLUMNS = {
    models.Field: {
        "invalid_choice": FROM_THE_LIST,
        "null": REQUIRED,
        "blank": REQUIRED,
        "unique": _("%(model_name)s dengan %(field_label)s ini sudah ada."),
        "unique_for_date": NOT_SO,
    },
    models.BooleanField: {"invalid": FROM_THE_LIST, "invalid_nullable": FROM_THE_LIST},
    models.IntegerField: {"invalid": NUMBER},
    models.FloatField: {"invalid": FRACTION},
    models.DecimalField: {"invalid": FRACTION},
    models.DateField: {"invalid": DAY, "invalid_date": DAY},
    models.DateTimeField: {"invalid": MOMENT, "invalid_date": DAY, "invalid_datetime": MOMENT},
    models.TimeField: {"invalid": HOUR, "invalid_time": HOUR},
    models.DurationField: {"invalid": NOT_SO},
    models.UUIDField: {"invalid": PAGE},
    models.JSONField: {"invalid": NOT_SO},
    models.ForeignKey: {"invalid": FROM_THE_LIST},
    ArrayField: {"item_invalid": ITEM, "nested_array_mismatch": NOT_SO},
}
OF_VALIDATORS = {
    validators.RegexValidator: NOT_SO,
    validators.URLValidator: URL,
    validators.EmailValidator: EMAIL,
    validators.BaseValidator: NOT_SO,
    validators.MaxValueValidator: _("Angka ini terlalu besar: paling banyak %(limit_value)s."),
    validators.MinValueValidator: _("Angka ini terlalu kecil: paling sedikit %(limit_value)s."),
    validators.StepValueValidator: NOT_SO,
    validators.MinLengthValidator: _("Terlalu pendek: paling sedikit %(limit_value)d huruf, sekarang %(show_value)d."),
    validators.MaxLengthValidator: _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."),
    validators.FileExtensionValidator: _("Pilih berkas yang berakhiran %(allowed_extensions)s."),
    validators.ProhibitNullCharactersValidator: LETTERS,
}
OF_DECIMALS = {
    "invalid": FRACTION,
    "max_digits": _("Angka ini terlalu panjang: paling banyak %(max)s angka."),
    "max_decimal_places": _("Paling banyak %(max)s angka di belakang koma."),
    "max_whole_digits": _("Angka ini terlalu besar: paling banyak %(max)s angka di depan koma."),
}


def say_in_our_words():
    """Before any form or model is made: a field takes its sentences along when it is made."""
    for field, sentences in (OF_FIELDS | OF_COLUMNS).items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **sentences}
    for validator, sentence in OF_VALIDATORS.items():
        validator.message = sentence
    validators.DecimalValidator.messages = OF_DECIMALS
    for ready_made in (validators.validate_slug, validators.validate_unicode_slug, validators.integer_validator):
        ready_made.message = NOT_SO
    BaseConstraint.default_violation_error_message = NOT_SO
    BaseFormSet.default_error_messages = {
        "missing_management_form": PAGE,
        "too_many_forms": _("Barisnya terlalu banyak: paling banyak %(num)d."),
        "too_few_forms": _("Barisnya terlalu sedikit: paling sedikit %(num)d."),
    }
