"""Addresses of the public directory of structures, under /structures/."""

from django.urls import path, register_converter

from portal.directory import data, doubts, views


class NumberConverter:
    """A permanent number as it is printed: "82-00042-7"."""

    regex = r"\d{2}-\d{5}-\d"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "structure_number")
app_name = "directory"

urlpatterns = [
    path("", views.search, name="search"),
    path("list.csv", data.open_list, name="list"),
    path("doubt/", doubts.report_unknown, name="report_unknown"),
    path("doubts/<uuid:doubt>/", doubts.followed, name="followed"),
    path("<structure_number:number>/", views.structure, name="structure"),
    path("<structure_number:number>/diploma/", views.diploma, name="diploma"),
    path("<structure_number:number>/doubt/", doubts.report, name="report"),
    path("<structure_number:number>/data.jsonld", data.linked_data, name="data"),
]
