from django.apps import AppConfig


class WorkingCalendarConfig(AppConfig):
    name = "procedures.calendar"
    label = "working_calendar"
