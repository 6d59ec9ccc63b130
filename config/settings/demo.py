"""The demonstration: one machine, no service beside it, http on loopback, invented data, mails shown on a page."""

import contextlib
import os
import secrets

from config.settings.base import *
from config.settings.base import INSTALLED_APPS, TAKWIN_PLUGINS, VAR
from config.settings.components.plugins import more_plugins

PORT = os.environ.get("PORT", "8000")


def _kept_secret() -> str:
    """A secret key made once and kept under var/, so that sessions outlive a restart."""
    path = VAR / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f".secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):  # web server and worker start at once: the first to link wins
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


SECRET_KEY = _kept_secret()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = []
TAKWIN_DEMONSTRATION = TAKWIN_DEVELOPMENT_SEAL = True
TAKWIN_PLUGINS = [*TAKWIN_PLUGINS, *more_plugins()]
INSTALLED_APPS = [*INSTALLED_APPS, *more_plugins()]
TAKWIN_PUBLIC_URL = os.environ.get("TAKWIN_PUBLIC_URL") or f"http://127.0.0.1:{PORT}"
WAGTAILADMIN_BASE_URL = TAKWIN_PUBLIC_URL
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # the page of sent messages reads Delivery rows
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
