from django.apps import AppConfig


class CommissionRoomConfig(AppConfig):
    name = "portal.commissions"
    label = "commission_room"
