"""Text messages leave through the gateway that a plugin of the site brings (hook `sms_backend`)."""

from django.conf import settings

from procedures.registry import plugin_manager


class NoGateway(Exception):
    """No plugin of this site sends text messages."""


def send_sms(*, number: str, text: str) -> None:
    """Hands the text to the gateway; the demonstration has none and shows it on its page of sent messages.

    From a practice space nothing leaves, whatever gateway a plugin brings.
    """
    if settings.TAKWIN_PRACTICE:
        return
    gateway = plugin_manager().hook.sms_backend()
    if gateway is not None:
        gateway.send(number=number, text=text)
    elif not settings.TAKWIN_DEMONSTRATION:
        raise NoGateway
