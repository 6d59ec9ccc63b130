"""Text messages leave through the gateway that a plugin of the site brings (hook `sms_backend`)."""

from django.conf import settings

from procedures.registry import plugin_manager


class NoGateway(Exception):
    """No plugin of this site sends text messages."""


def send_sms(*, number: str, text: str) -> None:
    """Hands the text to the first gateway there is; the demonstration has none and shows it on its page of sent messages."""
    found = plugin_manager().hook.sms_backend()
    gateway = next((each for each in found if each), None) if isinstance(found, list) else found
    if gateway is not None:
        gateway.send(number=number, text=text)
    elif not settings.TAKWIN_DEMONSTRATION:
        raise NoGateway
