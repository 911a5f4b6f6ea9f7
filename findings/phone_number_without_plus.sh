#!/usr/bin/env bash
# phonenumbers 9.0.43: an Indonesian number written with its country code but without the plus, as WhatsApp writes it
# (62811123456), becomes another number when it is parsed for the region ID: +6262811123456, which is "valid" too.
# One digit more, and it is read as it is meant. So is_valid_number() does not tell; put the plus back before parsing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
from phonenumbers import PhoneNumberFormat, format_number, is_valid_number, parse

for written in ("62811123456", "628111234567", "62217654321", "622176543210"):
    for text in (written, f"+{written}"):
        number = parse(text, "ID")
        print(text, "->", format_number(number, PhoneNumberFormat.E164), is_valid_number(number))
PYTHON

diff "$folder/seen" - <<'EXPECTED'
62811123456 -> +6262811123456 True
+62811123456 -> +62811123456 True
628111234567 -> +628111234567 True
+628111234567 -> +628111234567 True
62217654321 -> +6262217654321 True
+62217654321 -> +62217654321 True
622176543210 -> +622176543210 True
+622176543210 -> +622176543210 True
EXPECTED
echo "phonenumbers 9.0.43 behaves as described."
