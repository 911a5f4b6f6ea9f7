"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from regions import generations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")

application = get_wsgi_application()
generations.prepare()
