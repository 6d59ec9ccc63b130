"""What allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass


class NationalIdentityAdapter(DefaultSocialAccountAdapter):
    pass


class SecondFactorAdapter(DefaultMFAAdapter):
    pass
