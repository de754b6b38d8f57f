"""People, and the views that they save."""

from tests.matrix.doors.door import INSIDE, REDIRECT, Door, anybody, of_view, only, signed_in, to

NOBODY_ELSE = "00000000-0000-7000-8000-000000000000"


DOORS: list[Door] = [
    Door("people", signed_in()),
    Door("person", signed_in(), to("person", lambda s: s.world.colleague.public_id)),
    Door("person", signed_in(404), to("person", NOBODY_ELSE), note="unknown"),
    Door("profile", signed_in()),
    Door("set_photo", signed_in(200), method="post", note="nothing sent"),
    Door("remove_photo", signed_in(REDIRECT), method="post"),
    Door("preferences", signed_in()),
    Door("tokens", signed_in()),
    Door("tokens", signed_in(), method="post", data={"name": "", "days": "9999"}, note="bad"),
    Door(
        "revoke_token",
        only("employee", status=REDIRECT, refused=404),
        to("revoke_token", lambda s: s.token.public_id),
        "post",
        note="the employee's",
    ),
    Door("welcome", signed_in()),
    Door("set_language", anybody(REDIRECT), method="post", data={"language": "he"}),
    Door("set_theme", anybody(REDIRECT), method="post", data={"theme": "dark"}),
    # Saved views
    Door("saved_views", signed_in()),
    Door("saved_views_menu", signed_in(), lambda s: "/views/menu/?list=people"),
    Door("saved_views_menu", signed_in(404), lambda s: "/views/menu/?list=%00", note="nonsense"),
    Door("save_view", signed_in()),
    Door("save_view", signed_in(REDIRECT), None, "post", {"list": "people", "name": "Mine"}, "own"),
    Door(
        "share_view",
        {**only("lead", status=REDIRECT, refused=404), "member": 403},
        of_view("share_view"),
        "post",
    ),
    Door("follow_view", only(*INSIDE, status=REDIRECT, refused=404), of_view("follow_view"), "post"),
    Door(
        "remove_view",
        {**only("lead", status=REDIRECT, refused=404), "member": 403},
        of_view("remove_view"),
        "post",
    ),
]
