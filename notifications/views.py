"""The demonstration's page of messages: what would have reached a mailbox or a telephone."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import Delivery
from notifications.selectors import latest_deliveries


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    _only_in_demonstration()
    return render(request, "notifications/sent.html", {"deliveries": latest_deliveries()})


@never_cache
@require_safe
def sent_json(request: HttpRequest) -> JsonResponse:
    _only_in_demonstration()
    return JsonResponse([_as_json(each) for each in latest_deliveries()], safe=False)


def _as_json(delivery: Delivery) -> dict[str, str | None]:
    return {
        "to": delivery.address,
        "channel": delivery.channel,
        "subject": delivery.subject,
        "body": delivery.body,
        "language": delivery.language,
        "created_at": delivery.created_at.isoformat(),
        "sent_at": delivery.sent_at.isoformat() if delivery.sent_at else None,
    }


def _only_in_demonstration() -> None:
    """A second lock beside the URLconf: codes are on this page."""
    if not settings.TAKWIN_DEMONSTRATION:
        raise Http404
