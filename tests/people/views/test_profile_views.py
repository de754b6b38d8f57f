from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture

from core import clock
from people.models import ClientToken, Competence, Image, User
from people.services import client_tokens, communities
from tests.people.staff import Staff
from tests.world import World, community

SignIn = Callable[[User | None], Client]
CARD = {"name": "Emil Employee", "job": "Fitter", "about": "", "other_skills": ""}


def text_of(response) -> str:
    return response.content.decode()


def stored(user: User) -> User:
    return User.objects.get(pk=user.pk)


def photo(content: bytes | None = None) -> SimpleUploadedFile:
    if content is None:
        stream = BytesIO()
        Picture.new("RGB", (300, 300), "teal").save(stream, "JPEG")
        content = stream.getvalue()
    return SimpleUploadedFile("me.jpg", content, content_type="image/jpeg")


@pytest.mark.parametrize(
    "address",
    [
        "/profile/",
        "/profile/preferences/",
        "/profile/tokens/",
        "/welcome/",
        "/people/",
        "/accounts/password/change/",
    ],
)
def test_visitors_sign_in_first(db: None, client: Client, address: str) -> None:
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


class TestCard:
    def test_is_changed(self, staff: Staff, sign_in: SignIn) -> None:
        skill = Competence.add_root(slug="welding", name_en="Welding")
        form = {
            **CARD,
            "name": "  Emil   Employee ",
            "about": "<script>alert(1)</script>",
            "skills": [skill.pk],
            "other_skills": "crane signals,, crane signals , ropes",
            "reading_languages": ["en", "pl"],
        }
        client = sign_in(staff.employee)
        assert client.post("/profile/", form)["Location"] == "/profile/"
        user = stored(staff.employee)
        assert user.name == "Emil Employee"
        assert user.other_skills == ["crane signals", "ropes"]
        assert user.reading_languages == ["en", "pl"]
        assert list(user.skills.all()) == [skill]
        assert "&lt;script&gt;" in text_of(client.get(user.get_absolute_url()))

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "   "),
            ("name", "ש" * 301),
            ("about", "x" * 4001),
            ("skills", ["0"]),
            ("skills", ["x"]),
            ("reading_languages", ["xx"]),
            ("other_skills", ",".join(str(number) for number in range(21))),
            ("other_skills", "x" * 81),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, staff: Staff, sign_in: SignIn, field: str, value: object
    ) -> None:
        response = sign_in(staff.employee).post("/profile/", {**CARD, "job": "Kept job", field: value})
        page = text_of(response)
        assert response.status_code == 200
        assert "Please look at these again" in page
        assert "Kept job" in page
        assert stored(staff.employee).job == ""

    def test_cannot_move_its_owner_to_another_unit(self, staff: Staff, sign_in: SignIn) -> None:
        sign_in(staff.colleague).post("/profile/", {**CARD, "enterprise": staff.enterprise.pk})
        assert stored(staff.colleague).enterprise is None


class TestPhoto:
    def test_is_set_seen_and_removed(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        assert client.post("/profile/photo/", {"photo": photo()})["Location"] == "/profile/"
        url = stored(staff.employee).photo_url
        response = sign_in(staff.colleague).get(url)
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
        assert sign_in(None).get(url).status_code == 302
        sign_in(staff.employee).post("/profile/photo/remove/")
        assert stored(staff.employee).photo is None
        assert not Image.objects.exists()

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"<svg onload='alert(1)'/>", "not a JPEG"),
            (b"", "The file is empty"),
            (b"\xff\xd8\xff\xe0 cut", ""),
        ],
    )
    def test_what_is_no_picture_is_told(
        self, staff: Staff, sign_in: SignIn, content: bytes, says: str
    ) -> None:
        response = sign_in(staff.employee).post("/profile/photo/", {"photo": photo(content)})
        assert "field-error" in text_of(response)
        assert says in text_of(response)
        assert not Image.objects.exists()

    def test_nothing_chosen_is_told(self, staff: Staff, sign_in: SignIn) -> None:
        assert "Choose a picture first" in text_of(sign_in(staff.employee).post("/profile/photo/"))


class TestPreferences:
    def test_hold_at_once(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        form = {"language": "he", "theme": "dark", "time_zone": "Asia/Jerusalem"}
        assert client.post("/profile/preferences/", form)["Location"] == "/profile/preferences/"
        page = text_of(client.get("/profile/preferences/"))
        assert '<html lang="he" dir="rtl" data-bs-theme="dark"' in page
        assert stored(staff.employee).time_zone == "Asia/Jerusalem"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("language", "xx"), ("theme", "pink"), ("time_zone", "Mars/Base"), ("time_zone", "")],
    )
    def test_refuse_what_does_not_exist(self, staff: Staff, sign_in: SignIn, field: str, value: str) -> None:
        form = {"language": "en", "theme": "auto", "time_zone": "UTC", field: value}
        assert sign_in(staff.employee).post("/profile/preferences/", form).status_code == 200
        assert stored(staff.employee).time_zone == "UTC"

    def test_an_old_name_of_a_zone_stays_until_another_is_chosen(self, staff: Staff, sign_in: SignIn) -> None:
        User.objects.filter(pk=staff.employee.pk).update(time_zone="US/Eastern")
        client = sign_in(staff.employee)
        form = {"language": "en", "theme": "auto", "time_zone": "US/Eastern"}
        assert client.post("/profile/preferences/", form).status_code == 302
        assert stored(staff.employee).time_zone == "US/Eastern"


class TestLanguageAndTheme:
    def test_of_a_visitor_are_kept_in_cookies(self, db: None, client: Client) -> None:
        response = client.post("/preferences/language/", {"language": "uk", "next": "/accounts/login/"})
        assert response["Location"] == "/accounts/login/"
        client.post("/preferences/theme/", {"theme": "dark"})
        assert '<html lang="uk" dir="ltr" data-bs-theme="dark"' in text_of(client.get("/accounts/login/"))

    def test_of_a_person_are_kept_with_them(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        client.post("/preferences/language/", {"language": "bg", "next": "/profile/"})
        client.post("/preferences/theme/", {"theme": "light"})
        user = stored(staff.employee)
        assert (user.language, user.theme) == ("bg", "light")

    def test_the_person_wins_over_cookie_and_browser_and_the_address_says_nothing(
        self, staff: Staff, sign_in: SignIn
    ) -> None:
        client = sign_in(staff.employee)
        client.cookies["language"] = "ru"
        assert 'lang="ru"' in text_of(client.get("/profile/", HTTP_ACCEPT_LANGUAGE="uk"))
        User.objects.filter(pk=staff.employee.pk).update(language="bg")
        response = client.get("/profile/", HTTP_ACCEPT_LANGUAGE="uk")
        assert '<html lang="bg"' in text_of(response)
        assert response["Content-Language"] == "bg"

    @pytest.mark.parametrize("languages", ["", "xx", "he;q=x", "*", "x" * 500])
    def test_a_strange_browser_gets_english(self, db: None, client: Client, languages: str) -> None:
        assert '<html lang="en"' in text_of(client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=languages))

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "data:x", ""]
    )
    def test_lead_to_no_other_site(self, db: None, client: Client, elsewhere: str) -> None:
        for address, field in (("language", "uk"), ("theme", "dark")):
            response = client.post(f"/preferences/{address}/", {address: field, "next": elsewhere})
            assert response["Location"] == "/"

    def test_what_does_not_exist_changes_nothing(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        client.post("/preferences/language/", {"language": "xx"})
        client.post("/preferences/theme/", {"theme": "pink"})
        user = stored(staff.employee)
        assert (user.language, user.theme) == ("", "auto")

    def test_are_not_changed_by_following_a_link(self, db: None, client: Client) -> None:
        assert client.get("/preferences/language/?language=uk").status_code == 405


class TestTimeZone:
    def test_moments_are_shown_in_the_zone_of_the_person(self, staff: Staff, sign_in: SignIn) -> None:
        token, _text = client_tokens.issue(user=staff.employee, name="x", scopes=["profile:read"], days=7)
        ClientToken.objects.filter(pk=token.pk).update(last_used_at="2027-01-15T23:30:00Z")
        client = sign_in(staff.employee)
        assert "Jan. 15, 2027" in text_of(client.get("/profile/tokens/"))
        User.objects.filter(pk=staff.employee.pk).update(time_zone="Asia/Kolkata")
        assert "Jan. 16, 2027" in text_of(client.get("/profile/tokens/"))


class TestTokens:
    def test_is_shown_once(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        form = {"name": "Nightly", "scopes": ["content:read"], "days": "30"}
        response = client.post("/profile/tokens/", form)
        text = response.context["text"]
        assert text_of(response).count(text) == 2  # to read, and to copy
        assert response["Cache-Control"].startswith("max-age=0")
        assert client_tokens.find(text) is not None
        again = text_of(client.get("/profile/tokens/"))
        assert text not in again
        assert "Nightly" in again

    @pytest.mark.parametrize(
        ("field", "value"),
        [("name", ""), ("name", "x" * 101), ("scopes", []), ("scopes", ["all"]), ("days", "9999")],
    )
    def test_says_what_is_wrong(self, staff: Staff, sign_in: SignIn, field: str, value: object) -> None:
        form = {"name": "Nightly", "scopes": ["content:read"], "days": "30", field: value}
        assert "Please look at these again" in text_of(sign_in(staff.employee).post("/profile/tokens/", form))
        assert not ClientToken.objects.exists()

    def test_is_revoked_by_its_owner_alone(self, staff: Staff, sign_in: SignIn) -> None:
        token, text = client_tokens.issue(user=staff.employee, name="x", scopes=["content:read"], days=1)
        address = f"/profile/tokens/{token.public_id}/revoke/"
        assert sign_in(staff.moderator).post(address).status_code == 404
        assert client_tokens.find(text) is not None
        assert sign_in(staff.employee).post(address).status_code == 302
        assert sign_in(staff.employee).post(address).status_code == 302
        assert client_tokens.find(text) is None

    def test_out_of_date_is_said(self, staff: Staff, sign_in: SignIn) -> None:
        token, _text = client_tokens.issue(user=staff.employee, name="x", scopes=["content:read"], days=1)
        ClientToken.objects.filter(pk=token.pk).update(expires_at=clock.now() - timedelta(days=1))
        assert "Out of date" in text_of(sign_in(staff.employee).get("/profile/tokens/"))


class TestWelcome:
    def test_comes_first_and_once(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        assert client.get("/")["Location"] == "/welcome/"
        assert client.post("/welcome/", {"skip": "1"})["Location"] == "/"
        assert stored(staff.employee).welcomed_at is not None
        assert client.get("/").status_code == 200

    def test_sets_what_was_chosen(self, staff: Staff, sign_in: SignIn) -> None:
        yard = community("yard", staff.expert)
        form = {
            "language": "ru",
            "time_zone": "Asia/Yekaterinburg",
            "reading_languages": ["ru", "en"],
            "communities": [yard.pk],
        }
        assert sign_in(staff.employee).post("/welcome/", form)["Location"] == "/"
        user = stored(staff.employee)
        assert (user.language, user.time_zone, user.reading_languages) == (
            "ru",
            "Asia/Yekaterinburg",
            ["ru", "en"],
        )
        assert user.memberships.get().community == yard

    def test_says_whom_to_ask_for_a_unit(self, staff: Staff, sign_in: SignIn) -> None:
        page = text_of(sign_in(staff.colleague).get("/welcome/"))
        assert f"mailto:{staff.moderator.email}" in page
        assert "mailto:" not in text_of(sign_in(staff.employee).get("/welcome/"))

    def test_offers_what_is_near_first_and_nothing_hidden(self, world: World, sign_in: SignIn) -> None:
        near = community("near", world.lead)
        far = communities.found(
            slug="popular",
            draft=communities.CommunityDraft(names={"en": "Popular"}, description={"en": "x"}),
            leads=[world.lead, world.member, world.colleague],
        )
        top = Competence.add_root(slug="repair", name_en="Repair", community=near)
        world.employee.skills.add(top.add_child(slug="welding", name_en="Welding"))
        response = sign_in(world.employee).get("/welcome/")
        offered = list(response.context["offered"])
        assert offered[0] == near
        assert far in offered
        assert world.closed not in offered
        assert world.classified not in offered
        assert "Boardroom" not in text_of(response)

    def test_a_hidden_community_cannot_be_joined_by_its_number(self, world: World, sign_in: SignIn) -> None:
        form = {"language": "en", "time_zone": "UTC", "communities": [world.classified.pk]}
        response = sign_in(world.employee).post("/welcome/", form)
        assert response.status_code == 200
        assert stored(world.employee).welcomed_at is None
        assert not world.employee.memberships.exists()
