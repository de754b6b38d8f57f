from typing import Any

from django.core.management.base import BaseCommand

from knowledge.services import page_facts


class Command(BaseCommand):
    help = "Work out anew what reports know of every page: its size, what it links to and which pictures it shows."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{page_facts.refill()} pages")
