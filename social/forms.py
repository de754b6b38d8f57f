"""What is written in conversations."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from social.services.messages import Draft
from social.services.polls import PollDraft

MOST_SENT = 200_000


class UuidsField(forms.Field):
    """Identifiers, as many as there are fields of that name."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or []]
        except (ValueError, AttributeError, TypeError) as error:
            raise forms.ValidationError(
                _("A file is not there any more. Add it again; your text is kept.")
            ) from error


class MessageForm(HouseStyle, forms.Form):
    """A message to send; how long it may be is the service's to say, in words that help."""

    text = forms.CharField(required=False, max_length=MOST_SENT, strip=False, label=_("Message"))
    token = forms.UUIDField()
    reply_to = forms.IntegerField(required=False, min_value=1)
    attached = UuidsField(required=False)
    poll_options = forms.CharField(required=False, max_length=5000, label=_("Answers, one a line"))
    poll_multiple = forms.BooleanField(required=False, label=_("Several may be chosen"))
    poll_closes = forms.DateField(required=False, label=_("Last day"))

    def draft(self) -> Draft:
        """What a valid form asks to send."""
        given = self.cleaned_data
        return Draft(
            text=given["text"],
            token=given["token"],
            reply_to=given["reply_to"],
            files=given["attached"],
            poll=self._poll(),
        )

    def _poll(self) -> PollDraft | None:
        given = self.cleaned_data
        options = [line.strip() for line in given["poll_options"].splitlines() if line.strip()]
        if not options:
            return None
        day = given["poll_closes"]
        closes = timezone.make_aware(datetime.combine(day, time.max)) if day else None
        return PollDraft(options, is_multiple=given["poll_multiple"], closes_at=closes)


class EditForm(HouseStyle, forms.Form):
    text = forms.CharField(
        required=False,
        max_length=MOST_SENT,
        strip=False,
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
