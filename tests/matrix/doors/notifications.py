"""Notifications: the centre, its settings, following and muting, and the link that ends mails."""

from social import unsubscribing
from tests.matrix.doors.door import READERS, REDIRECT, Door, anybody, only, signed_in, to
from tests.matrix.scene import Scene

NOBODY_ELSE = "00000000-0000-7000-8000-000000000000"
DEVICE = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "p256dh": "key", "auth": "secret"}


def subject(slug: str) -> dict[str, str]:
    return {"kind": "entry", "key": slug}


def closed(scene: Scene) -> str:
    return f"/follows/?kind=entry&key={scene.world.entries['boardroom-open'].key}"


def link(scene: Scene) -> str:
    return f"/notifications/unsubscribe/{unsubscribing.token(scene.world.employee.pk, 'entry_published')}/"


DOORS: list[Door] = [
    Door("notifications", signed_in()),
    Door("notifications", signed_in(404), lambda s: "/notifications/?cursor=nonsense", note="bad cursor"),
    Door("notifications_latest", signed_in()),
    Door("notifications_count", signed_in()),
    Door("read_notifications", signed_in(REDIRECT), method="post"),
    Door("read_notifications", signed_in(404), None, "post", {"notification": "nonsense"}, "nonsense"),
    Door("notification_settings", signed_in()),
    Door("notification_settings", signed_in(), None, "post", {"part": "hours"}, "nothing said"),
    Door("notification_settings", signed_in(REDIRECT), None, "post", {"part": "address"}, "address"),
    Door("unsubscribe", anybody(), link),
    Door("unsubscribe", anybody(), link, "post"),
    Door("unsubscribe", anybody(404), to("unsubscribe", "nonsense"), "post", note="nonsense"),
    Door("add_device", signed_in(422), method="post", note="nothing said"),
    Door("add_device", signed_in(201), None, "post", DEVICE),
    Door(
        "remove_device",
        only("employee", status=REDIRECT, refused=404),
        to("remove_device", lambda s: s.device.public_id),
        "post",
        note="the employee's",
    ),
    Door("follow", signed_in(404), note="of nothing"),
    Door("follow", only(*READERS, refused=404), closed, note="of a closed one"),
    Door("follow", signed_in(404), None, "post", subject(NOBODY_ELSE), "what is not there"),
    Door("mute", signed_in(404), None, "post", subject(NOBODY_ELSE), "what is not there"),
    Door(
        "mute",
        signed_in(REDIRECT),
        None,
        "post",
        {**subject(NOBODY_ELSE), "mute": "no"},
        "hear again of what is not there",
    ),
]
