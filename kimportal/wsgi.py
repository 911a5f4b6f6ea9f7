"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from environs import EnvError

from pages import generations

# With this gunicorn ends instead of trying again for ever.
DO_NOT_TRY_AGAIN = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")

try:
    application = get_wsgi_application()
    generations.prepare()
    reverse("home")  # loads every view, for which the first visitor would wait
except (EnvError, ImproperlyConfigured) as refusal:  # one sentence that names the variable
    print(refusal, file=sys.stderr, flush=True)
    sys.exit(DO_NOT_TRY_AGAIN)
