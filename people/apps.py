from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    default = True
    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from people import (
            access,
            community_sections,
            competence_holders,
            cover_files,
            desk_panels,
            notification_kinds,
            panels,
            signal_handlers,
            subjects,
        )

        signal_handlers.connect()
        community_sections.register()
        panels.register()
        competence_holders.register()
        desk_panels.register()
        subjects.register()
        notification_kinds.register()
        access.register_file_rule(cover_files.cover_pictures)


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with our own pages for people."""

    user_viewset = "people.user_viewset.PersonViewSet"
