"""Make the pages of the site in three languages and the group of editors; what is there already stays as it is."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms_content.editors import grant_editors
from cms_content.site_tree import make_site


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        made = make_site()
        grant_editors()
        for address in made:
            self.stdout.write(f"made {address}")
        if not made:
            self.stdout.write("The site has all its pages.")
