"""Tests: the demonstration's relaxations are not taken over; only what a test cannot run without is relaxed."""

import json
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TAKWIN_VAR", tempfile.mkdtemp(prefix="takwin-test-"))
if os.environ.get("TAKWIN_TEST_DATABASE") == "postgresql":
    # which one it is, tests/databases.py says
    os.environ.setdefault("TAKWIN_DATABASE_URL", "postgresql://postgres@localhost/none")

from config.settings.base import *
from config.settings.base import INSTALLED_APPS, STORAGES, TAKWIN_PLUGINS, VAR
from config.settings.components.plugins import more_plugins

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TAKWIN_PUBLIC_URL = "https://verif.example.tn"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TAKWIN_DEVELOPMENT_SEAL = True
TAKWIN_COUNT_SECONDS = float(os.environ.get("TAKWIN_COUNT_SECONDS", "0"))  # at once: a test reads what it did
TAKWIN_TESSERACT = ""  # tests that read say so
TAKWIN_PLUGINS = [*TAKWIN_PLUGINS, *more_plugins()]
INSTALLED_APPS = [*INSTALLED_APPS, *more_plugins()]
TAKWIN_KEYS = Path(VAR) / "keys"
TAKWIN_PEOPLE_KEYS = TAKWIN_KEYS / "people.json"
if not TAKWIN_PEOPLE_KEYS.exists():  # the same in every process of a run, and known to everybody
    TAKWIN_KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = {"id": "known-to-all", "sealing": "AA" * 21 + "A=", "indexing": "AQ" * 21 + "E="}
    TAKWIN_PEOPLE_KEYS.touch(mode=0o600)
    TAKWIN_PEOPLE_KEYS.write_text(json.dumps({"pairs": [known | {"made_at": "2026-01-01T00:00:00+00:00"}]}))
(VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
