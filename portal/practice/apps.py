from django.apps import AppConfig


class PracticeRoomConfig(AppConfig):
    name = "portal.practice"
    label = "practice_room"
