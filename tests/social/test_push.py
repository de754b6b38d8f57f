"""Web push against a real HTTP server: what it gets can be read by the device alone, and its answers are heeded."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import http_ece
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from core import clock
from people.models import Membership, User
from people.services import memberships
from social import vapid
from social.models import Delivery, PushSubscription
from social.services import notification_settings, notifications, push
from tests.social.news import GATHERED, KIND, tell
from tests.world import World

pytestmark = pytest.mark.django_db
AUTH = b"sixteen-bytes-ok"


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(words: str) -> bytes:
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))


class Service:
    """A push service on this machine that answers as it is told to and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                code, headers = service.answers.pop(0) if service.answers else (201, {})
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.close()


@pytest.fixture
def device_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY, settings.VAPID_PUBLIC_KEY = vapid.make_keys()
    settings.VAPID_SUBJECT = "mailto:push@example.org"


@pytest.fixture
def device(world: World, service: Service, device_key: ec.EllipticCurvePrivateKey) -> PushSubscription:
    return subscribe(world.employee, f"{service.url}/send/one", device_key)


def subscribe(user: User, endpoint: str, key: ec.EllipticCurvePrivateKey) -> PushSubscription:
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return push.subscribe(
        user=user, endpoint=endpoint, p256dh=text(public), auth=text(AUTH), device="Firefox · Linux"
    )


def subscribe_elsewhere(user: User) -> PushSubscription:
    """Another browser of theirs."""
    return push.subscribe(
        user=user, endpoint="https://web.push.apple.com/y", p256dh="key", auth="secret", device="Safari"
    )


def news(world: World, *people: User, slug: str = "workshop-open", **told: Any) -> int:
    return tell(("entry", world.entries[slug].key), *people, **told)


def opened(body: bytes, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """What the device reads."""
    return json.loads(http_ece.decrypt(body, private_key=key, auth_secret=AUTH, version="aes128gcm"))


def states() -> list[str]:
    return list(Delivery.objects.filter(channel="push").values_list("state", flat=True))


class TestSend:
    def test_the_device_alone_can_read_it(
        self,
        world: World,
        service: Service,
        device: PushSubscription,
        device_key: ec.EllipticCurvePrivateKey,
        settings: Any,
    ) -> None:
        User.objects.filter(pk=world.employee.pk).update(language="he")
        news(world, world.employee)
        assert push.send_due() == 1
        ((path, headers, body),) = service.got
        assert path == "/send/one"
        assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
        assert b"News of" not in body
        said = opened(body, device_key)
        assert (said["title"], said["body"]) == ("News of Title of workshop-open one", "Text of one")
        assert said["url"] == f"/entries/{world.entries['workshop-open'].key}/"
        assert (said["lang"], said["dir"], said["unread"]) == ("he", "rtl", 1)
        device.refresh_from_db()
        assert (states(), device.used_at is not None) == (["sent"], True)
        assert push.send_due() == 0

    def test_the_service_knows_who_sends_it(
        self, world: World, service: Service, device: PushSubscription, settings: Any
    ) -> None:
        news(world, world.employee)
        push.send_due()
        ((_path, headers, _body),) = service.got
        assert Vapid02.verify(headers["authorization"])
        scheme, _space, given = headers["authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in given.split(","))
        claims = json.loads(raw(parts["t"].split(".")[1]))
        assert (scheme, parts["k"]) == ("vapid", settings.VAPID_PUBLIC_KEY)
        assert (claims["sub"], claims["aud"]) == ("mailto:push@example.org", service.url)
        assert claims["exp"] > clock.now().timestamp()

    def test_every_device_of_the_person_and_nobody_elses(
        self, world: World, service: Service, device: PushSubscription, device_key: Any
    ) -> None:
        subscribe(world.employee, f"{service.url}/send/two", device_key)
        subscribe(world.member, f"{service.url}/send/other", device_key)
        news(world, world.employee)
        assert push.send_due() == 2
        assert sorted(path for path, _headers, _body in service.got) == ["/send/one", "/send/two"]

    def test_several_about_one_subject_are_one(
        self, world: World, service: Service, device: PushSubscription, device_key: Any
    ) -> None:
        for number in range(3):
            news(world, world.employee, dedupe=str(number))
        assert push.send_due() == 1
        assert opened(service.got[0][2], device_key)["body"] == "and 2 more"

    def test_only_kinds_that_are_to_be_pushed(
        self, world: World, service: Service, device: PushSubscription
    ) -> None:
        news(world, world.employee, kind=GATHERED)
        notification_settings.prefer(user=world.employee, wishes={(KIND, "push"): "off"})
        news(world, world.employee, dedupe="other")
        assert (push.send_due(), states()) == (0, [])

    def test_is_asked_again_at_the_moment_of_sending(
        self, world: World, service: Service, device_key: Any
    ) -> None:
        subscribe(world.member, f"{service.url}/send/member", device_key)
        news(world, world.member, slug="boardroom-open")
        standing = Membership.objects.get(user=world.member, community=world.closed)
        memberships.remove(membership=standing, by=world.lead)
        assert (push.send_due(), service.got, states()) == (0, [], ["dropped"])

    def test_what_was_read_is_not_pushed(
        self, world: World, service: Service, device: PushSubscription
    ) -> None:
        news(world, world.employee)
        notifications.mark_all_read(user=world.employee)
        assert (push.send_due(), service.got) == (0, [])


class TestAnswers:
    @pytest.mark.parametrize("code", [404, 410])
    def test_a_device_that_is_gone_is_told_no_more(
        self, world: World, service: Service, device: PushSubscription, code: int
    ) -> None:
        service.answers = [(code, {})]
        news(world, world.employee)
        assert (push.send_due(), states()) == (0, ["dropped"])
        device.refresh_from_db()
        assert device.gone_at is not None
        news(world, world.employee, dedupe="later")
        assert states() == ["dropped"]

    @pytest.mark.parametrize("code", [400, 401, 403, 413])
    def test_of_what_is_wrong_with_us_no_device_is_to_blame(
        self, world: World, service: Service, device: PushSubscription, code: int
    ) -> None:
        """A wrong key is refused for everybody: nobody should have to allow it anew."""
        service.answers = [(code, {})]
        news(world, world.employee)
        assert (push.send_due(), states()) == (0, ["waiting"])
        device.refresh_from_db()
        assert device.gone_at is None

    @pytest.mark.parametrize("code", [429, 500, 503])
    def test_a_service_that_is_busy_is_asked_again(
        self, world: World, service: Service, device: PushSubscription, code: int
    ) -> None:
        service.answers = [(code, {"Retry-After": "600"})]
        news(world, world.employee)
        assert (push.send_due(), states()) == (0, ["waiting"])
        for minutes, number in ((9, 0), (11, 1)):
            with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
                assert push.send_due() == number
        device.refresh_from_db()
        assert (states(), device.gone_at) == (["sent"], None)

    def test_a_service_that_is_away_is_asked_again(
        self, world: World, service: Service, device: PushSubscription
    ) -> None:
        PushSubscription.objects.update(endpoint="http://127.0.0.1:9/nobody-listens")
        news(world, world.employee)
        assert (push.send_due(), states()) == (0, ["waiting"])

    def test_nobody_is_sent_elsewhere(self, world: World, service: Service, device: PushSubscription) -> None:
        service.answers = [(307, {"Location": f"{service.url}/inside"})]
        news(world, world.employee)
        assert push.send_due() == 0
        assert [path for path, _headers, _body in service.got] == ["/send/one"]

    def test_one_gone_device_keeps_no_other_from_being_told(
        self, world: World, service: Service, device: PushSubscription, device_key: Any
    ) -> None:
        subscribe(world.employee, f"{service.url}/send/two", device_key)
        service.answers = [(410, {})]
        news(world, world.employee)
        assert (push.send_due(), states()) == (1, ["sent"])


class TestSubscribe:
    def test_a_browser_is_one_persons_at_a_time(self, world: World, device_key: Any) -> None:
        subscribe(world.employee, "https://fcm.googleapis.com/x", device_key)
        subscribe(world.member, "https://fcm.googleapis.com/x", device_key)
        assert PushSubscription.objects.get().user == world.member

    def test_the_oldest_makes_room(self, world: World, device_key: Any) -> None:
        for number in range(push.MOST_DEVICES + 2):
            subscribe(world.employee, f"https://fcm.googleapis.com/{number}", device_key)
        kept = PushSubscription.objects.values_list("endpoint", flat=True)
        assert len(kept) == push.MOST_DEVICES
        assert "https://fcm.googleapis.com/0" not in kept

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://fcm.googleapis.com/x",
            "https://127.0.0.1/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilnotify.windows.com/x",
            "https://me@fcm.googleapis.com/x",
            "https://internal.example/fcm.googleapis.com",
            "nonsense",
        ],
    )
    def test_no_other_machine_is_ever_written_to(self, world: World, sign_in: Any, endpoint: str) -> None:
        given = {"endpoint": endpoint, "p256dh": "key", "auth": "secret"}
        assert sign_in(world.employee).post("/notifications/devices/", given).status_code == 422
        assert not PushSubscription.objects.exists()

    @pytest.mark.parametrize(
        "endpoint",
        [
            "https://fcm.googleapis.com/fcm/send/x",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com/x",
            "https://db5p.notify.windows.com/w/?token=x",
        ],
    )
    def test_the_services_of_browsers_are_known(self, world: World, sign_in: Any, endpoint: str) -> None:
        given = {"endpoint": endpoint, "p256dh": "key", "auth": "secret"}
        assert sign_in(world.employee).post("/notifications/devices/", given).status_code == 201

    def test_is_told_no_more_once_its_owner_signs_out_there(self, world: World, sign_in: Any) -> None:
        """The next person at that machine is not shown what is for this one."""
        given = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "p256dh": "key", "auth": "secret"}
        browser = sign_in(world.employee)
        browser.post("/notifications/devices/", given)
        elsewhere = subscribe_elsewhere(world.employee)
        browser.post("/accounts/logout/")
        gone = dict(PushSubscription.objects.values_list("endpoint", "gone_at"))
        assert gone[given["endpoint"]] is not None
        assert gone[elsewhere.endpoint] is None

    def test_is_removed_by_its_owner(self, world: World, sign_in: Any, device: PushSubscription) -> None:
        browser = sign_in(world.employee)
        assert "Firefox · Linux" in browser.get("/notifications/settings/").content.decode()
        browser.post(f"/notifications/devices/{device.public_id}/remove/")
        assert not PushSubscription.objects.exists()


class TestKeys:
    def test_the_command_prints_a_pair_that_belongs_together(self, run_command: Any) -> None:
        made = dict(line.split("=", 1) for line in run_command("make_vapid_keys").split())
        signer = Vapid02.from_string(made["VAPID_PRIVATE_KEY"])
        public = signer.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        assert text(public) == made["VAPID_PUBLIC_KEY"]

    def test_without_keys_nothing_is_pushed_and_the_page_says_so(
        self, world: World, service: Service, device: PushSubscription, settings: Any, sign_in: Any
    ) -> None:
        settings.VAPID_PRIVATE_KEY = settings.VAPID_PUBLIC_KEY = ""
        news(world, world.employee)
        assert (push.send_due(), service.got) == (0, [])
        page = sign_in(world.employee).get("/notifications/settings/").content
        assert b"not set up in this installation" in page
