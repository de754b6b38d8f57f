"""Where Django's own signals lead into the services."""

from typing import Any

from django.contrib.auth.signals import user_logged_out

from social.services import push


def connect() -> None:
    user_logged_out.connect(follow_sign_out, dispatch_uid="social.follow_sign_out")


def follow_sign_out(request: Any, **kwargs: Any) -> None:
    if request is not None:
        push.sign_out(request.session)
