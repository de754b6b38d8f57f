import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from people import invitation_session
from people.models import User
from people.services import invitations, people
from tests.people.staff import Staff
from tests.world import PASSWORD, World, person

SignIn = Callable[[User | None], Client]
NEW_PASSWORD = "a-rather-long-phrase"


def verified(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_up(client: Client, email: str, name: str = "Nina New"):
    return client.post(
        "/accounts/signup/",
        {"name": name, "email": email, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )


def text_of(response) -> str:
    return response.content.decode()


def invited(client: Client, world: World, email: str = "") -> str:
    _invitation, secret = invitations.invite(community=world.open, by=world.lead, email=email)
    session = client.session
    session[invitation_session.KEY] = secret
    session.save()
    return secret


class TestSignIn:
    def test_leads_to_the_page_asked_for(self, staff: Staff, client: Client) -> None:
        verified(staff.employee)
        response = client.post(
            "/accounts/login/", {"login": "Employee@Example.org", "password": PASSWORD, "next": "/people/"}
        )
        assert response.status_code == 302
        assert response["Location"] == "/people/"
        assert client.get("/people/").status_code == 200

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_leads_nowhere_else(self, staff: Staff, client: Client, elsewhere: str) -> None:
        verified(staff.employee)
        form = {"login": staff.employee.email, "password": PASSWORD, "next": elsewhere}
        assert client.post("/accounts/login/", form)["Location"] == "/"

    @pytest.mark.parametrize("login", ["employee@example.org", "nobody@example.org"])
    def test_says_the_same_of_a_wrong_password_and_an_unknown_address(
        self, staff: Staff, client: Client, login: str
    ) -> None:
        response = client.post("/accounts/login/", {"login": login, "password": "wrong"})
        assert "The e-mail or the password is not right." in text_of(response)

    def test_an_address_that_is_not_confirmed_gets_a_link_first(self, staff: Staff, client: Client) -> None:
        response = client.post("/accounts/login/", {"login": staff.employee.email, "password": PASSWORD})
        assert response["Location"] == "/accounts/confirm-email/"
        assert len(mail.outbox) == 1
        assert "Confirm your e-mail" in mail.outbox[0].subject
        assert client.get("/profile/").status_code == 302

    def test_who_left_cannot(self, staff: Staff, client: Client) -> None:
        verified(staff.employee)
        people.deactivate(user=staff.employee, by=staff.moderator)
        response = client.post("/accounts/login/", {"login": staff.employee.email, "password": PASSWORD})
        assert response.status_code == 200
        assert "not right" in text_of(response)

    def test_an_account_closed_with_its_password_is_told_so(self, staff: Staff, client: Client) -> None:
        User.objects.filter(pk=verified(staff.employee).pk).update(is_active=False)
        form = {"login": staff.employee.email, "password": PASSWORD}
        response = client.post("/accounts/login/", form, follow=True)
        assert "This account is closed" in text_of(response)

    def test_guessing_is_slowed_down_and_said(self, staff: Staff, client: Client) -> None:
        verified(staff.employee)
        for _ in range(5):
            client.post("/accounts/login/", {"login": staff.employee.email, "password": "wrong"})
        response = client.post("/accounts/login/", {"login": staff.employee.email, "password": PASSWORD})
        assert "Too many attempts" in text_of(response)

    def test_hammering_gets_the_house_page(self, db: None, client: Client) -> None:
        form = {"email": "somebody@example.org"}
        responses = [client.post("/accounts/password/reset/", form) for _ in range(6)]
        assert responses[0].status_code == 302
        assert responses[-1].status_code == 429
        assert "That was too often" in text_of(responses[-1])


class TestDemonstrationAccounts:
    def test_are_offered_where_they_are_loaded(self, db: None, client: Client) -> None:
        assert "demonstration-accounts" not in text_of(client.get("/accounts/login/"))
        person("employee@aurora.example", name="Nadia")
        page = text_of(client.get("/accounts/login/"))
        assert 'data-fill-login="employee@aurora.example"' in page
        assert "curator@aurora.example" not in page

    @override_settings(DEMONSTRATION_ALLOWED=False)
    def test_are_offered_nowhere_else(self, db: None, client: Client) -> None:
        person("employee@aurora.example", name="Nadia")
        assert "aurora.example" not in text_of(client.get("/accounts/login/"))


class TestSignUp:
    def test_is_closed_to_strangers(self, db: None, client: Client) -> None:
        assert "Accounts are by invitation" in text_of(client.get("/accounts/signup/"))
        sign_up(client, "new@example.org")
        assert not User.objects.exists()

    @override_settings(SIGNUP_MAIL_DOMAINS=["example.org"])
    def test_is_open_to_the_company(self, db: None, client: Client) -> None:
        response = sign_up(client, "New@Example.org")
        assert response["Location"] == "/accounts/confirm-email/"
        user = User.objects.get()
        assert (user.name, user.email) == ("Nina New", "new@example.org")
        assert user.has_perm("people.view_directory")
        link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)
        assert link is not None
        assert "Is <bdi" in text_of(client.get(link[1]))
        assert client.post(link[1])["Location"] == "/accounts/login/"
        assert EmailAddress.objects.get(user=user).verified
        client.post("/accounts/login/", {"login": user.email, "password": NEW_PASSWORD})
        assert client.get("/profile/").status_code == 200

    @override_settings(SIGNUP_MAIL_DOMAINS=["example.org"])
    @pytest.mark.parametrize(
        "email", ["new@elsewhere.org", "new@example.org.evil.org", "new@sub.example.org"]
    )
    def test_says_clearly_who_may_not(self, db: None, client: Client, email: str) -> None:
        response = sign_up(client, email)
        assert "neither an address of the company nor was it invited" in text_of(response)
        assert not User.objects.exists()

    @override_settings(SIGNUP_MAIL_DOMAINS=["example.org"])
    def test_does_not_tell_who_has_an_account(self, staff: Staff, client: Client) -> None:
        response = sign_up(client, staff.employee.email)
        assert response["Location"] == "/accounts/confirm-email/"
        assert "You have an account already" in mail.outbox[0].subject

    @override_settings(SIGNUP_MAIL_DOMAINS=["example.org"])
    def test_a_name_of_two_directions_is_kept_whole(self, db: None, client: Client) -> None:
        name = ("דוד Lewis " * 40)[:300].strip()
        sign_up(client, "new@example.org", name=name)
        assert User.objects.get().name == name
        response = sign_up(client, "other@example.org", name="x" * 301)
        assert "at most 300 characters" in text_of(response)

    def test_by_a_link_is_for_anybody_who_has_it(self, world: World, client: Client) -> None:
        secret = invited(client, world)
        assert "Make an account" in text_of(client.get("/accounts/signup/"))
        sign_up(client, "new@elsewhere.org")
        assert User.objects.filter(email="new@elsewhere.org").exists()
        assert client.session[invitation_session.KEY] == secret

    def test_by_mail_is_for_that_address_alone_and_confirms_it(self, world: World, client: Client) -> None:
        secret = invited(client, world, email="new@elsewhere.org")
        assert "neither an address" in text_of(sign_up(client, "other@elsewhere.org"))
        response = sign_up(client, "new@elsewhere.org")
        assert response["Location"] == reverse("accept_invitation", args=[secret])
        assert EmailAddress.objects.get(email="new@elsewhere.org").verified

    def test_by_a_revoked_link_is_closed(self, world: World, client: Client) -> None:
        secret = invited(client, world)
        invitations.revoke(invitation=invitations.find(secret), by=world.lead)
        assert "Accounts are by invitation" in text_of(client.get("/accounts/signup/"))


class TestPasswords:
    def test_a_forgotten_one_is_set_by_mail(self, staff: Staff, client: Client) -> None:
        user = people.register(email="new@example.org", name="Nina", by=staff.moderator)
        client.post("/accounts/password/reset/", {"email": "NEW@example.org"})
        link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
        assert link is not None
        page = client.get(link[1], follow=True)
        form_url = page.redirect_chain[-1][0]
        client.post(form_url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)
        assert "no longer valid" in text_of(Client().get(link[1], follow=True))

    def test_an_unknown_address_gets_the_same_answer(self, db: None, client: Client) -> None:
        response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
        assert response["Location"] == "/accounts/password/reset/done/"

    def test_is_changed_with_the_present_one(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.employee)
        form = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        assert "not your present password" in text_of(client.post("/accounts/password/change/", form))
        response = client.post("/accounts/password/change/", {**form, "oldpassword": PASSWORD})
        assert response["Location"] == "/profile/"
        assert client.get("/profile/").status_code == 200


PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/password/reset/key/done/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_for_visitors_is_in_the_house_look(db: None, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert 'class="bare-card' in text_of(response)


@pytest.mark.parametrize("name", ["account_email", "account_reauthenticate", "account_confirm_login_code"])
def test_what_has_no_page_of_ours_is_not_routed(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_asks_first_and_works(staff: Staff, sign_in: SignIn) -> None:
    client = sign_in(staff.employee)
    assert "Sign out?" in text_of(client.get("/accounts/logout/"))
    client.post("/accounts/logout/")
    assert client.get("/profile/").status_code == 302


def test_demonstration_accounts_are_as_wide_as_the_card_above_them() -> None:
    """One width is said once, and both take it."""
    styles = Path(__file__).parents[3] / "frontend" / "styles"
    for name, block in (("account.css", ".demonstration-accounts {"), ("shell.css", ".bare .bare-card {")):
        rule = (styles / name).read_text().split(block, 1)[1].split("}", 1)[0]
        assert "max-width: var(--bare-width)" in rule
