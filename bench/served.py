"""The site as gunicorn serves it for `throughput.py`: no names of `collectstatic` are needed."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
application = WSGIHandler()
