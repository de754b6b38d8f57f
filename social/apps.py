from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"
    verbose_name = "Social"

    def ready(self) -> None:
        from core import notifications as news
        from people import access
        from social import live, notification_kinds, signal_handlers
        from social.services import hints, judging, notifications

        news.appoint(notify=notifications.notify, settle=notifications.settle)
        access.follow(judging.ask_for_people)
        access.follow(live.ask_people_again)
        hints.listen(live.tell_of_news)
        notification_kinds.register()
        signal_handlers.connect()
