"""Files of messages: checked for being what they say, kept apart from what is public, drawn smaller for the page."""

from datetime import timedelta
from pathlib import PurePath
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import uuid7
from people import pictures
from people.models import User
from social import markdown
from social.models import Attachment
from social.places import Place

LARGEST = 50 * 1024 * 1024
MOST_WAITING = 30
# What was added and not sent for so long is not sent any more.
KEPT_UNSENT = timedelta(days=1)
PREVIEW_SIDE = 720
HEAD = 8192
PICTURES = {"png", "jpg", "jpeg", "webp"}
EXTENSIONS = {*settings.WAGTAILDOCS_EXTENSIONS, *PICTURES, "gif", "mp4", "webm", "mp3", "m4a", "ogg"}
# What a file of these endings begins with: others may begin with anything but one of these.
FAMILIES = {
    **dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx", "zip"), "zip"),
    **dict.fromkeys(("jpg", "jpeg"), "jpg"),
    **dict.fromkeys(("m4a", "mp4"), "mp4"),
    **{each: each for each in ("gif", "mp3", "ogg", "pdf", "png", "rtf", "webm", "webp")},
}
TEXTS = {"csv", "md", "sql", "txt", "dxf", "step"}


class FileRefused(ValidationError):
    """The file cannot be taken; the message says why, to the person."""


@transaction.atomic
def upload(*, place: Place, by: User, file: "UploadedFile[Any]", description: str = "") -> Attachment:
    """Keep a file for the next message; raises PermissionDenied or FileRefused."""
    if not place.may_write:
        raise PermissionDenied
    since = clock.now() - KEPT_UNSENT
    waiting = Attachment.objects.filter(uploaded_by=by, message=None, uploaded_at__gt=since)
    if waiting.count() >= MOST_WAITING:
        raise FileRefused(_("Send the files that you have added before you add others."))
    name = _name(file)
    extension = PurePath(name).suffix.lower().removeprefix(".")
    kind = _checked(file, extension)
    made = Attachment(
        conversation=place.conversation,
        name=name,
        description=description[:500],
        mime_type=kind,
        size=file.size or 0,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    if extension in PICTURES:
        _draw(made, file)
    else:
        file.seek(0)
        made.file.save(f"{uuid7()}.{extension}", file, save=False)
    made.save()
    return made


@transaction.atomic
def forget_unsent() -> int:
    """Delete files that were added and never sent, some hundreds at a time; returns how many."""
    before = clock.now() - KEPT_UNSENT
    left = list(Attachment.objects.filter(message=None, uploaded_at__lt=before)[:500])
    for each in left:
        each.file.delete(save=False)
        if each.preview:
            each.preview.delete(save=False)
    Attachment.objects.filter(pk__in=[each.pk for each in left]).delete()
    return len(left)


def _name(file: "UploadedFile[Any]") -> str:
    """What it is called, without what a path or a mark could pretend."""
    bare = PurePath((file.name or "").replace("\\", "/")).name
    name = markdown.cleaned(bare)
    for mark in ("\u200e", "\u200f", "\u2066", "\u2067", "\u2068", "\u2069"):
        name = name.replace(mark, "")
    stem, suffix = PurePath(name).stem[:200], PurePath(name).suffix[:20]
    return f"{stem}{suffix}" or "file"


def _checked(file: "UploadedFile[Any]", extension: str) -> str:
    """The type of its content; raises FileRefused."""
    if extension not in EXTENSIONS:
        raise FileRefused(
            _("Files of this type are not taken. These are: %(types)s."),
            params={"types": ", ".join(sorted(EXTENSIONS))},
        )
    if (file.size or 0) > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB."), params={"size": LARGEST // 1024 // 1024})
    if not file.size:
        raise FileRefused(_("The file is empty."))
    file.seek(0)
    head = file.read(HEAD)
    guessed = filetype.guess(head)
    found = FAMILIES.get(guessed.extension, guessed.extension) if guessed else ""
    wanted = FAMILIES.get(extension, "")
    is_text = extension in TEXTS and b"\x00" not in head and not found
    if not is_text and wanted and found != wanted:
        raise _lying()
    if extension in TEXTS and not is_text:
        raise _lying()
    if not wanted and extension not in TEXTS and found:
        raise _lying()
    return guessed.mime if guessed else ("text/plain" if is_text else "application/octet-stream")


def _lying() -> FileRefused:
    return FileRefused(
        _("The file is not what its name says, or it is broken. Save it anew and add that one.")
    )


def _draw(made: Attachment, file: "UploadedFile[Any]") -> None:
    """The picture and a smaller one, both drawn anew: place and device stay behind."""
    try:
        whole = pictures.redrawn(file, name=made.name, longest_side=3000)
        small = pictures.redrawn(file, name=made.name, longest_side=PREVIEW_SIDE)
    except pictures.PictureRefused as error:
        raise FileRefused(str(error)) from error
    made.width, made.height = pictures.size_of(small)
    made.size = whole.size
    ending = PurePath(whole.name or "").suffix
    made.mime_type = "image/png" if ending == ".png" else "image/jpeg"
    key = uuid7()
    made.file.save(f"{key}{ending}", whole, save=False)
    made.preview.save(f"{key}-small{PurePath(small.name or '').suffix}", small, save=False)
