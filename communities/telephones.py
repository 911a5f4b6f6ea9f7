"""Telephone numbers that a tap calls: of a person, of an office, or a short one such as 112."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# 112, 14045, and call centres such as 150 0567.
SHORT = re.compile(r"[1-9]\d{2,5}|1\d{6,7}")


def dialled(written):
    """What a telephone dials, in E.164, or a short number as it is; "" for what is no number."""
    import phonenumbers  # not by every process: 1 MB

    digits = re.sub(r"[ ()./-]", "", written)
    if SHORT.fullmatch(digits):
        return digits
    try:
        number = phonenumbers.parse(f"+{digits}" if digits.startswith("62") else digits, "ID")
    except phonenumbers.NumberParseException:
        return ""
    is_real = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if is_real else ""


def callable_number(written):
    """A validator for what a tap on it can call."""
    if not dialled(written):
        raise ValidationError(
            _("Tulis nomor telepon yang dapat dihubungi, misalnya (0541) 661234, 0812-3456-7890, atau 112.")
        )


def whatsapp_number(written):
    """A validator for a number that WhatsApp may have."""
    if not dialled(written).startswith("+"):
        raise ValidationError(_("Tulis nomor WhatsApp dengan lengkap, misalnya 0812-3456-7890."))
