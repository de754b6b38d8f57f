from typing import Any

from django.core.management.base import BaseCommand

from social import vapid


class Command(BaseCommand):
    help = "Make the keys for web push, to be put into the environment; changing them later ends every subscription."

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = vapid.make_keys()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stdout.write(f"VAPID_PUBLIC_KEY={public}")
