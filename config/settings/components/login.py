"""Accounts: allauth with e-mail or telephone and code, second factor, national identity where a site has one."""

import json
import os

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "portal.accounts.adapter.NationalIdentityAdapter"
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}

# National identity: a JSON object {"name", "server_url", "client_id", "secret"} switches it on.
TAKWIN_NATIONAL_IDENTITY = json.loads(os.environ.get("TAKWIN_NATIONAL_IDENTITY", "null"))
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "national-identity",
                "name": TAKWIN_NATIONAL_IDENTITY["name"],
                "client_id": TAKWIN_NATIONAL_IDENTITY["client_id"],
                "secret": TAKWIN_NATIONAL_IDENTITY["secret"],
                "settings": {"server_url": TAKWIN_NATIONAL_IDENTITY["server_url"], "uid_field": "sub"},
            }
        ]
        if TAKWIN_NATIONAL_IDENTITY
        else [],
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
