"""How a mail is written: a text whose first line is its subject, in the language of who gets it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from people.models import User


def address(name: str, *arguments: Any) -> str:
    """Where the thing to do is done, with the name of the site before it."""
    return str(settings.WAGTAILADMIN_BASE_URL) + reverse(name, args=arguments)


def tell(user: User, template: str, **context: Any) -> None:
    """Mail somebody who is still here; `template` without its ending."""
    if user.is_active:
        send(template, to=user.email, language=user.preferred_language, person=user, **context)


def send(template: str, *, to: str, language: str, **context: Any) -> None:
    with translation.override(language):
        text = render_to_string(f"{template}.txt", context).strip()
        subject, _newline, body = text.partition("\n")
        body = body.strip() + "\n"
        mail = EmailMultiAlternatives(subject=subject.strip(), body=body, to=[to])
        page = {"subject": subject.strip(), "body": body, "language": language, **context}
        mail.attach_alternative(render_to_string("people/mail/layout.html", page), "text/html")
        mail.send()
