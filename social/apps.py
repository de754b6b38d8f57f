from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"
    verbose_name = "Social"

    def ready(self) -> None:
        from core import notifications as news
        from people import access
        from social import live
        from social.services import judging, notifications

        news.appoint(notify=notifications.notify, settle=notifications.settle)
        access.follow(judging.ask_for_people)
        access.follow(live.ask_people_again)
