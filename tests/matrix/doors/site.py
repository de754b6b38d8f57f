"""The root, sign-in, search and files."""

from django.urls import reverse

from tests.matrix.doors.door import READERS, REDIRECT, Door, Url, anybody, only, signed_in, to
from tests.matrix.scene import Scene


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
    # Search
    Door("search", signed_in()),
    Door("search", signed_in(), lambda s: "/search/?q=title", note="with words"),
    Door("suggest", signed_in(), lambda s: "/search/suggest/?q=tit"),
    # Nobody's query: whose it is, is told by tests/search/test_views.py.
    Door(
        "search_opened",
        signed_in(404),
        lambda s: reverse("search_opened", args=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"]),
        method="post",
        data={"rank": "1"},
    ),
    # Files
    *file("wagtaildocs_serve", "documents"),
    *file("rendition", "renditions"),
    *file("original_picture", "pictures"),
]
