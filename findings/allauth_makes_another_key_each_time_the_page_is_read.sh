#!/usr/bin/env bash
# django-allauth 65.21.1 keeps the key of an authenticator app in the session until it is activated, so one would guess
# that the page shows that key until then. Every GET of it makes another one. On the phone that has both the browser and
# the app, switching to the app to type the key often costs the browser its page: it is read again, the QR code and the
# key are others, and every code that the app shows from then on is refused, without a word why. A form that is bound
# keeps the key, so a child of ActivateTOTPForm that is handed `{}` by its constructor shows one key until it is used.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==6.1.3 "django-allauth[mfa]==65.21.1"

cat >"$folder/keeping.py" <<'PYTHON'
from allauth.mfa.totp.forms import ActivateTOTPForm


class KeepingForm(ActivateTOTPForm):
    def __init__(self, data=None, files=None, **kwargs):
        super().__init__({} if data is None else data, files, **kwargs)
        self.is_bound = data is not None
PYTHON

cd "$folder"
for forms in "" keeping.KeepingForm; do
    FORM=$forms venv/bin/python - <<'PYTHON'
import os
import time

import django
from django.conf import settings

form = os.environ["FORM"]
settings.configure(
    SECRET_KEY="x", ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], MFA_FORMS={"activate_totp": form} if form else {},
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        *["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"],
        *["allauth", "allauth.account", "allauth.mfa"],
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
        "context_processors": ["django.template.context_processors.request"]}}],
)
django.setup()

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
call_command("migrate", verbosity=0)
setup_test_environment()
phone = Client()
User.objects.create_user("siti", password="rahasia")
phone.login(username="siti", password="rahasia")
phone.post("/reauthenticate/", {"password": "rahasia"})

first = phone.get("/2fa/totp/activate/").context["form"].secret
again = phone.get("/2fa/totp/activate/").context["form"].secret
code = format_hotp_value(hotp_value(first, int(time.time()) // 30))
answer = phone.post("/2fa/totp/activate/", {"code": code})
taken = {302: "right", 200: "wrong"}[answer.status_code]
print(form or "as it comes", "-> same key:", first == again, "/ code of the first:", taken)
PYTHON
done | tee seen

diff seen - <<'EXPECTED'
as it comes -> same key: False / code of the first: wrong
keeping.KeepingForm -> same key: True / code of the first: right
EXPECTED
