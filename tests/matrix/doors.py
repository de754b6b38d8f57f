"""Roles × doors: what each address answers to each role. A new address fails test_doors until it has its row here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.matrix.scene import Scene

Url = Callable[[Scene], str]
ROLES = ("visitor", "employee", "reservist", "expert", "curator", "moderator", "lead", "member")
REDIRECT = 302


@dataclass(frozen=True)
class Door:
    """One address and method; `answers` by role, "*" for those not named."""

    name: str
    answers: dict[str, int]
    url: Url | None = None
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    def address(self, scene: Scene) -> str:
        return self.url(scene) if self.url else reverse(self.name)

    def answer(self, role: str) -> int:
        return self.answers[role] if role in self.answers else self.answers["*"]

    @property
    def label(self) -> str:
        return " ".join(filter(None, [self.method, self.name, self.note]))


def anybody(status: int = 200) -> dict[str, int]:
    return {"*": status}


def signed_in(status: int = 200) -> dict[str, int]:
    return {"visitor": REDIRECT, "*": status}


def only(*roles: str, status: int = 200, refused: int = 403) -> dict[str, int]:
    return {"visitor": REDIRECT, "*": refused, **dict.fromkeys(roles, status)}


def to(name: str, *arguments: Any) -> Url:
    """The address by its name; arguments are values, or functions of the scene."""
    return lambda scene: reverse(name, args=[each(scene) if callable(each) else each for each in arguments])


def of_view(name: str) -> Url:
    """What is done with a view that the lead shares with the open community."""
    return lambda scene: reverse(name, args=[scene.view.public_id])


INSIDE = ("member", "lead")
READERS = ("member", "lead", "curator", "moderator")
MANAGERS = ("lead", "curator", "moderator")


def community(name: str, slug: str, answers: dict[str, int], method: str = "get", **data: Any) -> Door:
    return Door(name, answers, to(name, slug), method, data, slug)


def section(name: str, *arguments: Any) -> list[Door]:
    """A part of a community: the open one for everybody, the closed one for readers, the classified one for members."""
    return [
        Door(name, signed_in(), to(name, "workshop", *arguments), note="open"),
        Door(name, only(*READERS, refused=404), to(name, "boardroom", *arguments), note="closed"),
        Door(name, only(*INSIDE, refused=404), to(name, "vault", *arguments), note="classified"),
    ]


def managed(name: str, method: str = "get", status: int = 200, **data: Any) -> list[Door]:
    """What leads of it and curators may do in an open or closed community, and its leads in a classified one."""
    vault = {**only("lead", status=status, refused=404), "member": 403}
    return [
        community(name, "workshop", only(*MANAGERS, status=status), method, **data),
        community(name, "boardroom", only(*MANAGERS, status=status), method, **data),
        community(name, "vault", vault, method, **data),
    ]


def of_member(name: str, person: str, place: str, **data: Any) -> Door:
    """What managers of a community may do to one of its people."""
    url = to(name, place, lambda scene: scene.world.people[person].public_id)
    return Door(name, only(*MANAGERS, status=REDIRECT), url, "post", data, f"{person} of {place}")


def file(name: str, files: str) -> list[Door]:
    """A file, by the access of its community. Nothing uses the classified one, so only leads have it."""
    allowed = {
        "open": signed_in(),
        "closed": only(*READERS, refused=404),
        "classified": only("lead", refused=404),
    }

    def url(access: str) -> Url:
        def address(scene: Scene) -> str:
            found = getattr(scene, files)[access]
            key = found.pk if name == "wagtaildocs_serve" else found.public_id
            return reverse(name, args=[key, found.file.name.rsplit("/", 1)[-1]])

        return address

    return [Door(name, answers, url(access), note=access) for access, answers in allowed.items()]


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


def api(*roles: str) -> dict[str, int]:
    """What the API answers: 401 to nobody, 404 to who may not see it (everybody may where no role is named)."""
    return {"visitor": 401, "*": 404 if roles else 200, **dict.fromkeys(roles, 200)}


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


def recording(slug: str, answers: dict[str, int]) -> list[Door]:
    """What is done with the record of an entry, and with a new one. The lead recorded it for another enterprise."""

    def key(scene: Scene) -> Any:
        return scene.world.entries[slug].key

    def record(scene: Scene) -> Any:
        return scene.replications[slug].public_id

    managing = {"lead"} if slug.startswith("vault") else {"lead", "curator", "moderator"}

    def editing(status: int) -> dict[str, int]:
        """The recorder, and those who manage the community, of those who see the entry."""
        return {
            role: (status if role in managing else 403) if answer == 200 else answer
            for role, answer in every(answers).items()
        }

    def judging(status: int) -> dict[str, int]:
        return {
            role: (status if role in {"curator", "moderator"} else 403) if answer == 200 else answer
            for role, answer in every(answers).items()
        }

    said = {"decision": "confirm", "version": "1", "reason": "Seen"}
    led = {role: REDIRECT if answer == 200 else answer for role, answer in judging(200).items()}
    return [
        Door("record_replication", answers, to("record_replication", key), note=slug),
        Door("record_replication", answers, to("record_replication", key), "post", {"status": "no"}, slug),
        Door("replication", answers, to("replication", record), note=slug),
        Door("edit_replication", editing(200), to("edit_replication", record), note=slug),
        Door("withdraw_replication", editing(REDIRECT), to("withdraw_replication", record), "post", {}, slug),
        Door("judge_replication", led, to("judge_replication", record), note=slug),
        Door("judge_replication", led, to("judge_replication", record), "post", said, slug),
    ]


def every(answers: dict[str, int]) -> dict[str, int]:
    return {role: answers.get(role, answers["*"]) for role in ROLES}


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


def api_entry(slug: str, answers: dict[str, int]) -> list[Door]:
    def key(scene: Scene) -> str:
        return str(scene.world.entries[slug].key)

    return [
        Door("api-1:entry", answers, to("api-1:entry", key), note=slug),
        Door("api-1:entry_in_language", answers, to("api-1:entry_in_language", key, "en"), note=slug),
    ]


def wagtail_detail(kind: str, files: str) -> list[Door]:
    name = f"wagtailapi:{kind}:detail"
    answers = {"open": api(), "closed": api(*READERS), "classified": api("lead")}

    def file_id(access: str) -> Callable[[Scene], int]:
        return lambda scene: getattr(scene, files)[access].pk

    return [Door(name, given, to(name, file_id(access)), note=access) for access, given in answers.items()]


NOBODY_ELSE = "00000000-0000-7000-8000-000000000000"

DOORS: list[Door] = [
    # The root
    Door("home", anybody()),
    Door("alive", anybody()),
    Door("ready", anybody()),
    Door("robots", anybody()),
    Door("sitemap", anybody()),
    Door("security_txt", anybody()),
    Door("manifest", anybody()),
    Door("service_worker", anybody()),
    Door("offline", anybody()),
    Door("favicon", anybody(REDIRECT)),
    Door("styleguide", anybody()),
    Door("cover", anybody(), to("cover", "gears", "0b6b6b", "seed")),
    Door("cover_preview", anybody()),
    # Sign-in
    Door("account_login", {"visitor": 200, "*": REDIRECT}),
    Door("account_logout", {"visitor": REDIRECT, "*": 200}),
    Door("account_inactive", anybody()),
    Door("account_signup", {"visitor": 200, "*": REDIRECT}),
    Door("account_email_verification_sent", anybody()),
    Door("account_confirm_email", anybody(), to("account_confirm_email", "no-such-key")),
    Door("account_change_password", signed_in()),
    Door("account_set_password", signed_in(REDIRECT)),
    Door("account_reset_password", anybody()),
    Door("account_reset_password_done", anybody()),
    Door(
        "account_reset_password_from_key",
        anybody(),
        lambda s: reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "no-such-key"}),
    ),
    Door("account_reset_password_from_key_done", anybody()),
    # People
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
    # Communities
    Door("communities", signed_in()),
    Door("propose_community", only("expert", "curator", "moderator", "lead")),
    Door("community_proposals", only("curator", "moderator")),
    Door(
        "community_proposal",
        only("expert", "curator", "moderator", refused=404),
        to("community_proposal", lambda s: s.proposal.slug),
    ),
    Door(
        "decline_community",
        {**only("curator", "moderator", status=REDIRECT, refused=404), "expert": 403, "moderator": REDIRECT},
        to("decline_community", lambda s: s.proposal.slug),
        "post",
        {"reason": "We have one like it."},
    ),
    Door(
        "confirm_community",
        {**only("curator", "moderator", status=REDIRECT, refused=404), "expert": 403},
        to("confirm_community", lambda s: s.proposal.slug),
        "post",
    ),
    Door("community", signed_in(), to("community", "workshop"), note="open"),
    Door("community", signed_in(), to("community", "boardroom"), note="closed: others see the teaser"),
    Door("community", only(*INSIDE, refused=404), to("community", "vault"), note="classified"),
    *section("community_members"),
    *section("community_entries", "best-practices"),
    *section("community_statistics"),
    community("join_community", "workshop", signed_in(REDIRECT), "post"),
    community("join_community", "boardroom", signed_in(REDIRECT), "post"),
    community("join_community", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    community("leave_community", "workshop", signed_in(REDIRECT), "post"),
    community("leave_community", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    *section("export_statistics"),
    *managed("community_invitations"),
    *managed("community_to_do"),
    *managed("add_members"),
    *managed("add_members", "post", people=""),
    *managed("membership_rules"),
    *managed("arrange_community"),
    *managed("arrange_sections", "post", REDIRECT, shown="members"),
    *managed("begin_member_batch", "post", REDIRECT, action="remove", everyone="yes", confirmed="yes"),
    *managed("begin_member_batch", "post", action="remove", everyone="yes"),
    Door(
        "member_batch",
        only(*MANAGERS),
        to("member_batch", "boardroom", lambda s: s.batch.public_id),
    ),
    Door(
        "invite_strangers",
        only(*MANAGERS, status=REDIRECT),
        to("invite_strangers", "boardroom", lambda s: s.batch.public_id),
        "post",
    ),
    Door(
        "member_batch",
        {**only("lead", refused=404), "member": 403, "lead": 404},
        to("member_batch", "vault", lambda s: s.batch.public_id),
        note="of another community",
    ),
    Door(
        "remove_membership_rule",
        only(*MANAGERS),
        to("remove_membership_rule", "boardroom", lambda s: s.rule.public_id),
    ),
    Door(
        "remove_membership_rule",
        only(*MANAGERS, status=REDIRECT),
        to("remove_membership_rule", "boardroom", lambda s: s.rule.public_id),
        "post",
    ),
    community("put_greeting_away", "workshop", signed_in(REDIRECT), "post"),
    community("put_greeting_away", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    *managed("manage_community"),
    *managed("change_community_access"),
    *managed("set_community_cover", "post", REDIRECT, remove="1"),
    *managed("focus_community_cover", "post", REDIRECT, focus="top"),
    *managed("archive_community", "post", REDIRECT),
    *managed("reopen_community", "post", REDIRECT),
    Door(
        "revoke_invitation",
        only(*MANAGERS, status=REDIRECT),
        to("revoke_invitation", "boardroom", lambda s: s.invitation.public_id),
        "post",
    ),
    of_member("approve_request", "employee", "boardroom"),
    of_member("decline_request", "employee", "boardroom", reason="Full"),
    of_member("make_lead", "member", "boardroom"),
    of_member("step_down", "member", "boardroom"),
    of_member("remove_member", "member", "boardroom", reason="Left the company"),
    of_member("hand_over_lead", "member", "workshop"),
    Door("classified_communities", only("moderator", refused=404)),
    Door("break_glass", {**only("moderator", refused=404)}, to("break_glass", "vault")),
    Door(
        "accept_invitation",
        {"member": REDIRECT, "lead": REDIRECT, "*": 200},
        lambda s: reverse("accept_invitation", args=[s.secret]),
        note="members are led in",
    ),
    # Entries
    Door("catalogue", signed_in()),
    Door("reading", signed_in()),
    Door("corrections", signed_in()),
    Door("corrections_part", signed_in(), to("corrections_part", "suggested")),
    Door("corrections_part", signed_in(404), to("corrections_part", "nonsense"), note="nonsense"),
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
    Door("replications", signed_in()),
    Door(
        "replications", signed_in(), lambda s: "/replications/?since=nonsense&community=%00", note="nonsense"
    ),
    Door("replications_waiting", only("curator", "moderator")),
    Door("export_replications", signed_in(), to("export_replications", "csv"), note="CSV"),
    Door("export_replications", signed_in(), to("export_replications", "xlsx"), note="Excel"),
    Door("export_replications", signed_in(404), to("export_replications", "exe"), note="nonsense"),
    Door("unit", signed_in(), to("unit", "pumps")),
    Door("unit", signed_in(404), to("unit", "no-such"), note="unknown"),
    *recording("workshop-open", signed_in()),
    *recording("workshop-closed", only(*READERS, refused=404)),
    *recording("boardroom-open", only(*READERS, refused=404)),
    *recording("vault-open", only(*INSIDE, refused=404)),
    *recording("vault-classified", only("lead", refused=404)),
    # Search
    Door("search", signed_in()),
    Door("search", signed_in(), lambda s: "/search/?q=title", note="with words"),
    Door("suggest", signed_in(), lambda s: "/search/suggest/?q=tit"),
    # API: a person's session may read
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
    # One's own: a session may read, and only a token may change
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
    Door("api-1:search", api(), lambda s: "/api/v1/search?q=title"),
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
    # Files
    *file("wagtaildocs_serve", "documents"),
    *file("rendition", "renditions"),
    *file("original_picture", "pictures"),
]
