"""The door the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

from alongside.config.checks import begin_safely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
begin_safely()
