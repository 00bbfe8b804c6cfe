"""The door the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

from alongside.config.checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
refuse_unsafe_settings()
