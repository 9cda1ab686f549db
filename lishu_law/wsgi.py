"""WSGI entry point for gunicorn (sync workers)."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from lishu_law.front import behind_proxy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishu_law.settings")
application = behind_proxy(get_wsgi_application(), settings.PREFIX, settings.PROXIES)
