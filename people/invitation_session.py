"""The invitation that brought a visitor here, remembered until they are somebody."""

from django.http import HttpRequest

KEY = "invitation"


def remember(request: HttpRequest, secret: str) -> None:
    request.session[KEY] = secret


def current(request: HttpRequest) -> str | None:
    return request.session.get(KEY)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
