"""Second-factor codes of the demonstration's staff, worked out from the secrets that were enrolled for them."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.journey.servers import manage

PERIOD = 30  # seconds that a code lasts (RFC 6238)


class Codes:
    """Gives an account's code of the moment, never the same twice: the portal takes each one once.

    `environment` is that of the portal whose command `demo_code` tells the secrets; each is asked for once.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.secrets: dict[str, str] = {}
        self.spent: dict[str, int] = {}

    def __call__(self, account: str) -> str:
        secret = self._secret(account)  # may take longer than a code lasts
        while (period := int(time.time()) // PERIOD) == self.spent.get(account):
            time.sleep(0.5)
        self.spent[account] = period
        return str(format_hotp_value(hotp_value(secret, period)))

    def _secret(self, account: str) -> str:
        if account not in self.secrets:
            told = manage("demo_code", "--user", account, "--secret", environment=self.environment)
            self.secrets[account] = told.splitlines()[-1]
        return self.secrets[account]
