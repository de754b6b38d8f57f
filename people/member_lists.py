"""People as somebody's list names them: lines pasted or a CSV file, one person a row, by address or name."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.access import Viewer
from people.choices import BatchOutcome
from people.models import User

MOST_ROWS = 5000
LARGEST_FILE = 1024 * 1024
LONGEST_ROW = 300
A_QUERY = 500
ENCODINGS = ("utf-8-sig", "cp1251")


@dataclass(frozen=True)
class Named:
    """A row, and whom it names; `trouble` says why nobody."""

    given: str
    user: User | None = None
    trouble: BatchOutcome | None = None


def rows_of(text: str) -> list[str]:
    """The rows that say something, each as the address or the name that it holds. Raises ValidationError."""
    text = text.replace("\0", "")
    delimiter = _delimiter(text)
    try:
        parsed = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
        rows = [_telling(cells) for cells in parsed]
    except csv.Error as error:
        raise ValidationError(
            _("A row of this list cannot be read: look for a quotation mark too many.")
        ) from error
    rows = [row[:LONGEST_ROW] for row in rows if row]
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("That is more than %(number)d rows. Send them in several parts."), params={"number": MOST_ROWS}
        )
    return rows


def decoded(content: bytes) -> str:
    """A file's text, as spreadsheets save it. Raises ValidationError."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 1 MB. Send it in several parts."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise ValidationError(_("This is not a CSV file: save the table as CSV first."))
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("This is not a CSV file: save the table as CSV first."))


def found(rows: Sequence[str], viewer: Viewer) -> list[Named]:
    """Whom each row names, of the people whom the viewer may look up; two queries for each five hundred rows."""
    addresses = {row.lower() for row in rows if "@" in row}
    names = {_folded(row) for row in rows if "@" not in row}
    by_address = _by_address(addresses)
    by_name = _by_name(names, {row for row in rows if "@" not in row}, viewer)
    seen: set[int] = set()
    named = []
    for row in rows:
        each = _one(row, by_address, by_name)
        if each.user is not None and each.user.pk in seen:
            each = Named(row, each.user, BatchOutcome.TWICE)
        elif each.user is not None:
            seen.add(each.user.pk)
        named.append(each)
    return named


def _one(row: str, by_address: dict[str, User], by_name: dict[str, list[User]]) -> Named:
    if "@" in row:
        user = by_address.get(row.lower())
        if user is None:
            return Named(row, None, BatchOutcome.NO_ACCOUNT)
        return Named(row, user) if user.is_active else Named(row, None, BatchOutcome.GONE)
    people = by_name.get(_folded(row), [])
    if len(people) == 1:
        return Named(row, people[0])
    return Named(row, None, BatchOutcome.SEVERAL if people else BatchOutcome.UNKNOWN)


def _by_address(addresses: Iterable[str]) -> dict[str, User]:
    found = {}
    for some in _parts(sorted(addresses)):
        people = User.objects.annotate(address=Lower("email")).filter(address__in=some)
        found.update({user.email.lower(): user for user in people})
    return found


def _by_name(folded: set[str], given: set[str], viewer: Viewer) -> dict[str, list[User]]:
    """Names as they are written, and as a list in capitals or in small letters would have them."""
    wanted = sorted({*given, *folded, *(name.title() for name in folded)})
    found: dict[str, list[User]] = defaultdict(list)
    for some in _parts(wanted):
        for user in User.objects.visible_to(viewer).filter(name__in=some).order_by("pk"):
            found[_folded(user.name)].append(user)
    return found


def _parts(values: list[str]) -> Iterable[list[str]]:
    return (values[start : start + A_QUERY] for start in range(0, len(values), A_QUERY))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _delimiter(text: str) -> str:
    """What most rows are divided by; a list of names alone has none of these."""
    head = text[:4000]
    counts = {mark: head.count(mark) for mark in (";", "\t", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ";"


def _telling(cells: list[str]) -> str:
    """The address in a row, without the name before it (“Ann Lee <ann@…>”); else its first words."""
    cells = [" ".join(cell.split()) for cell in cells]
    for cell in cells:
        if "@" in cell:
            return cell.rpartition("<")[2].rstrip(">").strip().removeprefix("mailto:")
    return next((cell for cell in cells if cell), "")
