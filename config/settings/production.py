"""A real site: refuses to start with a setting that would make it unsafe."""

import sys

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.base import ALLOWED_HOSTS, SECRET_KEY, TAKWIN_PEOPLE_KEYS, TAKWIN_PUBLIC_URL
from config.settings.components.plugins import more_plugins

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("TAKWIN_SECRET_KEY is missing or shorter than 50 characters.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("TAKWIN_HOSTS must name the hosts of the site, separated by commas, without a star.")
if not TAKWIN_PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("TAKWIN_PUBLIC_URL must be the https:// address that is printed beside every QR code.")
if more_plugins():
    raise ImproperlyConfigured("TAKWIN_MORE_PLUGINS is for demonstrations and tests. Install the plugin as a package.")
if not TAKWIN_PEOPLE_KEYS.exists() and not {"migrate", "collectstatic", "make_keys", "prepare_practice"} & set(
    sys.argv[1:2]
):
    raise ImproperlyConfigured(
        f"TAKWIN_PEOPLE_KEYS: {TAKWIN_PEOPLE_KEYS} is not there. Run manage.py make_keys, or bring the file back."
    )
