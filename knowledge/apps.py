from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        from knowledge import (
            competence_holders,
            desk_panels,
            home_panels,
            notification_kinds,
            person_panels,  # noqa: F401 - registers the panels
            recommendations,
            sections,
            signal_handlers,
            subjects,
            suggesters,
        )
        from knowledge.files import classified_files, proofs
        from knowledge.services.community_pages import CommunityPages
        from people import access
        from people.services import community_observers

        signal_handlers.connect()
        sections.register()
        subjects.register()
        notification_kinds.register()
        competence_holders.register()
        recommendations.register()
        suggesters.register()
        home_panels.register()
        desk_panels.register()
        community_observers.observe(CommunityPages())
        access.register_file_rule(classified_files)
        access.register_file_rule(proofs)
