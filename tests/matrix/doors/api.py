"""The API: a session may read, and only a token may change what is one's own."""

from collections.abc import Callable

from tests.matrix.doors.door import INSIDE, READERS, Door, anybody, of_view, to
from tests.matrix.scene import Scene


def api(*roles: str) -> dict[str, int]:
    """What the API answers: 401 to nobody, 404 to who may not see it (everybody may where no role is named)."""
    return {"visitor": 401, "*": 404 if roles else 200, **dict.fromkeys(roles, 200)}


def api_entry(slug: str, answers: dict[str, int]) -> list[Door]:
    def key(scene: Scene) -> str:
        return str(scene.world.entries[slug].key)

    return [
        Door("api-1:entry", answers, to("api-1:entry", key), note=slug),
        Door("api-1:entry_in_language", answers, to("api-1:entry_in_language", key, "en"), note=slug),
    ]


def api_replication(slug: str, answers: dict[str, int]) -> list[Door]:
    def key(scene: Scene) -> str:
        return str(scene.world.entries[slug].key)

    def record(scene: Scene) -> str:
        return str(scene.replications[slug].public_id)

    return [
        Door("api-1:entry_replications", answers, to("api-1:entry_replications", key), note=slug),
        Door("api-1:replication", answers, to("api-1:replication", record), note=slug),
    ]


def page_id(slug: str) -> Callable[[Scene], int]:
    return lambda scene: scene.world.entries[slug].pages.get().pk


def wagtail_detail(kind: str, files: str) -> list[Door]:
    name = f"wagtailapi:{kind}:detail"
    answers = {"open": api(), "closed": api(*READERS), "classified": api("lead")}

    def file_id(access: str) -> Callable[[Scene], int]:
        return lambda scene: getattr(scene, files)[access].pk

    return [Door(name, given, to(name, file_id(access)), note=access) for access, given in answers.items()]


DOORS: list[Door] = [
    Door("api-1:api-root", anybody(404)),
    Door("api-1:openapi-json", anybody()),
    Door("api_reference", anybody()),
    Door("api-1:me", api()),
    Door("api-1:communities", api()),
    Door("api-1:community", api(), to("api-1:community", "workshop"), note="open"),
    Door("api-1:community", api(), to("api-1:community", "boardroom"), note="closed"),
    Door("api-1:community", api(*INSIDE), to("api-1:community", "vault"), note="classified"),
    Door("api-1:competences", api()),
    Door("api-1:entries", api()),
    *api_entry("workshop-open", api()),
    *api_entry("workshop-closed", api(*READERS)),
    *api_entry("boardroom-open", api(*READERS)),
    *api_entry("vault-open", api(*INSIDE)),
    *api_entry("vault-classified", api("lead")),
    Door("api-1:replications", api()),
    *api_replication("workshop-open", api()),
    *api_replication("boardroom-open", api(*READERS)),
    *api_replication("vault-open", api(*INSIDE)),
    *api_replication("vault-classified", api("lead")),
    # One's own
    Door("api-1:saved_views", api()),
    Door("api-1:saved_view", api(*INSIDE), of_view("api-1:saved_view")),
    Door("api-1:save_view_by_api", anybody(401), method="post"),
    Door("api-1:change_saved_view", anybody(401), of_view("api-1:change_saved_view"), "patch"),
    Door("api-1:remove_saved_view", anybody(401), of_view("api-1:remove_saved_view"), "delete"),
    Door("api-1:reading_list", api()),
    *[
        Door(name, anybody(401), to(name, lambda s: str(s.naming.key)), method)
        for name, method in (("api-1:keep_on_reading_list", "put"), ("api-1:take_off_reading_list", "delete"))
    ],
    # Search, and what Wagtail itself offers
    Door("api-1:search", api(), lambda s: "/api/v1/search?q=title"),
    Door("api-1:suggest", api(), lambda s: "/api/v1/suggest?q=tit"),
    *[Door(f"wagtailapi:{kind}:listing", api()) for kind in ("pages", "images", "documents")],
    *wagtail_detail("documents", "documents"),
    *wagtail_detail("images", "pictures"),
    Door(
        "wagtailapi:pages:detail", api(), to("wagtailapi:pages:detail", page_id("workshop-open")), note="open"
    ),
    Door(
        "wagtailapi:pages:detail",
        api(*INSIDE),
        to("wagtailapi:pages:detail", page_id("vault-open")),
        note="classified",
    ),
    *[
        Door(f"wagtailapi:{kind}:find", api("nobody"), note="nothing named")
        for kind in ("pages", "images", "documents")
    ],
]
