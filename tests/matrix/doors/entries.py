"""Entries: their pages, slides and histories, and what readers and those who run a community do with them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.matrix.doors.door import INSIDE, MANAGERS, READERS, REDIRECT, ROLES, Door, only, signed_in, to
from tests.matrix.scene import Scene


def entry_page(slug: str, answers: dict[str, int]) -> list[Door]:
    """An entry's page under its own address, and the address that leads there."""
    return [
        Door("wagtail_serve", answers, lambda s: s.world.entries[slug].pages.get().get_url(), note=slug),
        Door(
            "entry",
            {role: REDIRECT if status == 200 else status for role, status in answers.items()},
            to("entry", lambda s: s.world.entries[slug].key),
            note=slug,
        ),
        *slides(slug, answers),
        *looking_back(slug, answers),
        *own_reading(slug, answers),
        *judged(slug, answers),
    ]


def own_reading(slug: str, answers: dict[str, int]) -> list[Door]:
    """What a reader tells of an entry for themselves."""

    def done(status: int) -> dict[str, int]:
        return {role: status if answer == 200 else answer for role, answer in answers.items()}

    def key(scene: Scene) -> Any:
        return scene.world.entries[slug].key

    told = {"language": "en", "progress": "40"}
    return [
        Door("keep_entry", done(REDIRECT), to("keep_entry", key), "post", note=slug),
        Door("note_reading", done(204), to("note_reading", key), "post", told, slug),
    ]


def looking_back(slug: str, answers: dict[str, int]) -> list[Door]:
    """The history of an entry, for its keepers; and the way to it from a recommendation of the search."""
    by_role = {role: answers.get(role, answers["*"]) for role in ROLES}
    kept = {role: 404 if by_role[role] == 200 and role not in MANAGERS else by_role[role] for role in ROLES}
    kept["*"] = 404
    led = {role: REDIRECT if status == 200 else status for role, status in answers.items()}

    def promotion(scene: Scene) -> Any:
        return scene.world.entries[slug].promotion.public_id

    return [
        Door("entry_history", kept, to("entry_history", lambda s: s.world.entries[slug].key), note=slug),
        Door("recommended", led, to("recommended", promotion), note=slug),
    ]


def judged(slug: str, answers: dict[str, int]) -> list[Door]:
    """Whether an entry was useful, which its owner is not asked; what was said is for those who answer for it."""
    key = to_entry(slug)
    said = {role: REDIRECT if answer == 200 else answer for role, answer in answers.items()}
    told = {
        role: 403 if answer == 200 and role not in MANAGERS else answer
        for role, answer in {**dict.fromkeys(MANAGERS, answers["*"]), **answers}.items()
    }
    return [
        Door("usefulness", answers, to("usefulness", key), note=slug),
        Door("usefulness", {**said, "lead": 403}, to("usefulness", key), "post", {"useful": "no"}, slug),
        Door("entry_feedback", told, to("entry_feedback", key), note=slug),
        *corrected(slug, answers, said, told),
    ]


def corrected(slug: str, answers: dict[str, int], said: dict[str, int], told: dict[str, int]) -> list[Door]:
    """Corrections of an entry. The member has suggested one; others than they and who decides do not know of it."""
    key = to_entry(slug)
    seen = {role: 404 if answer == 403 and role != "member" else answer for role, answer in told.items()}
    seen["member"] = answers.get("member", answers["*"])
    decided = {role: REDIRECT if answer == 200 else answer for role, answer in seen.items()}
    decided["member"] = 403 if seen["member"] == 200 else seen["member"]

    def url(scene: Scene) -> str:
        return reverse("correction", args=[scene.corrections[slug].public_id])

    return [
        Door("suggest_correction", {**answers, "lead": 404}, to("suggest_correction", key), note=slug),
        Door(
            "suggest_correction",
            {**said, "lead": 404},
            to("suggest_correction", key),
            "post",
            {"proposed": "Fifty"},
            slug,
        ),
        Door("correction", seen, url, note=slug),
        Door("correction", decided, url, "post", {"decision": "accept"}, slug),
    ]


def to_entry(slug: str) -> Callable[[Scene], Any]:
    return lambda scene: scene.world.entries[slug].key


def slides(slug: str, answers: dict[str, int]) -> list[Door]:
    """An entry presented, and the address that leads there."""
    led = {role: REDIRECT if status == 200 else status for role, status in answers.items()}

    def key(scene: Scene) -> Any:
        return scene.world.entries[slug].key

    return [
        Door("slides", led, to("slides", key), note=slug),
        Door("slides_in_language", answers, to("slides_in_language", key, "en"), note=slug),
        Door("slides_pdf", answers, to("slides_pdf", key, "en"), note=slug),
    ]


def for_managers(name: str, **data: Any) -> list[Door]:
    """What those who run a community do with an entry of it that they may see."""
    answers = {
        "workshop-open": only(*MANAGERS, status=REDIRECT),
        "boardroom-open": {**only(*MANAGERS, status=REDIRECT, refused=404), "member": 403},
        "vault-open": {**only("lead", status=REDIRECT, refused=404), "member": 403},
        "vault-classified": only("lead", status=REDIRECT, refused=404),
    }

    def key(slug: str) -> Callable[[Scene], Any]:
        return lambda scene: scene.world.entries[slug].key

    return [Door(name, answer, to(name, key(slug)), "post", data, slug) for slug, answer in answers.items()]


DOORS: list[Door] = [
    Door("catalogue", signed_in()),
    Door("reading", signed_in()),
    Door("corrections", signed_in()),
    Door("corrections_part", signed_in(), to("corrections_part", "suggested")),
    Door("corrections_part", signed_in(404), to("corrections_part", "nonsense"), note="nonsense"),
    Door("reading_part", signed_in(), to("reading_part", "begun")),
    *entry_page("workshop-open", signed_in()),
    *entry_page("workshop-closed", only(*READERS, refused=404)),
    *entry_page("workshop-classified", only("lead", refused=404)),
    *entry_page("boardroom-open", only(*READERS, refused=404)),
    *entry_page("vault-open", only(*INSIDE, refused=404)),
    *entry_page("vault-classified", only("lead", refused=404)),
    Door("wagtail_serve", signed_in(404), lambda s: "/en/communities/workshop/draft/", note="draft"),
    Door("wagtail_serve", signed_in(404), lambda s: "/en/no/such/page/", note="unknown"),
    Door("wagtail_serve", signed_in(REDIRECT), lambda s: "/he/communities/workshop/", note="community"),
    Door(
        "wagtail_serve",
        only(*INSIDE, status=REDIRECT, refused=404),
        lambda s: "/he/classified/vault/",
        note="vault",
    ),
    Door(
        "check_entry",
        only("lead", "curator", "moderator", status=REDIRECT),
        to("check_entry", lambda s: s.world.entries["workshop-open"].key),
        "post",
        {"review_date": "2027-05-01"},
    ),
    *for_managers("pin_entry"),
    *for_managers("pin_entry", pin="no"),
    *for_managers("move_pin", way="up"),
    *for_managers("ask_owner"),
    Door(
        "entry_files",
        only("lead", "curator", "moderator"),
        to("entry_files", lambda s: s.world.entries["workshop-open"].key),
    ),
]
