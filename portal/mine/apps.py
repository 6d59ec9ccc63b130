from django.apps import AppConfig


class MineConfig(AppConfig):
    name = "portal.mine"
    label = "mine"
