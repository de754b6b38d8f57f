"""The ledger on the site: recording, one record with its history, what waits for confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import pagination, rates
from knowledge import replication_record
from knowledge.choices import Confirmation
from knowledge.models import Entry, Replication
from knowledge.replication_forms import JudgementForm, ReplicationForm, WithdrawalForm, with_version
from knowledge.services import confirmations
from knowledge.services import replications as services
from knowledge.services.confirmations import AlreadyConfirmed, NothingToJudge, OwnFigures
from knowledge.services.proofs import TooManyProofs
from knowledge.services.replications import AlreadyRecorded, ChangedMeanwhile, OwnPractice
from people.requests import Request

PAGE_SIZE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def record_replication(request: Request, key: Any) -> HttpResponse:
    """“We use this too”: what one's enterprise says of an entry. Where it has said so already, that record."""
    entry = _entry(request, key)
    own = Replication.objects.current().filter(entry=entry, enterprise=request.user.enterprise_id).first()
    speaks_for_others = services.may_record_for_any(entry, request.viewer)
    if own is not None and request.method != "POST" and not speaks_for_others:
        return redirect(own)
    form = ReplicationForm(
        request.POST or None, request.FILES or None, entry=entry, by=request.user, viewer=request.viewer
    )
    existing = own if request.method != "POST" else None
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("replication", request.user.pk)
            made = services.record(
                entry=entry,
                enterprise=form.cleaned_data["enterprise"],
                draft=form.draft,
                by=request.user,
                files=form.cleaned_data["proofs"],
            )
        except AlreadyRecorded as refusal:
            existing = refusal.replication
            form.add_error(
                "enterprise", _("This enterprise has a record of this entry already. Change that one.")
            )
        except OwnPractice:
            form.add_error(
                "enterprise", _("The entry comes from this enterprise: others take it from there.")
            )
        except TooManyProofs as refusal:
            form.add_error("proofs", str(refusal))
        except rates.TooOften as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Thank you. It is recorded, and the entry shows it."))
            return redirect(made)
    context = {
        "form": form,
        "entry": entry,
        "title": replication_record.title_of(entry, request.viewer),
        "existing": existing,
    }
    return rates.answer(render(request, "knowledge/record_replication.html", context), form)


@require_safe
def replication(request: Request, public_id: Any) -> HttpResponse:
    """One record: what was said, what it brought and cost, who confirmed it, and how it came to be so."""
    found = _replication(request, public_id)
    return _record_page(request, found, JudgementForm(initial={"version": found.version}))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_replication(request: Request, public_id: Any) -> HttpResponse:
    """Change a record, as whoever recorded it, its contact, or who manages the community."""
    found = _editable(request, public_id)
    form = ReplicationForm(
        request.POST or None,
        request.FILES or None,
        entry=found.entry,
        by=request.user,
        viewer=request.viewer,
        replication=found,
    )
    newer = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            rates.require("replication", request.user.pk)
            services.edit(
                replication=found,
                version=said["version"] or 0,
                draft=form.draft,
                by=request.user,
                files=said["proofs"],
                without=[int(number) for number in said.get("without", [])],
            )
        except ChangedMeanwhile as refusal:
            newer = refusal.replication
            form.begin_again_from(newer)
            form.add_error(
                None,
                _(
                    "Somebody changed this record while you wrote. What you typed is still here, and not saved."
                ),
            )
        except TooManyProofs as refusal:
            form.add_error("proofs", str(refusal))
        except rates.TooOften as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "replication": found,
        "entry": found.entry,
        "title": replication_record.title_of(found.entry, request.viewer),
        "newer": replication_record.of(newer, request.viewer) if newer else None,
    }
    return rates.answer(render(request, "knowledge/edit_replication.html", context), form)


@require_POST
def withdraw_replication(request: Request, public_id: Any) -> HttpResponse:
    found = _editable(request, public_id)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The reason is too long."))
        return redirect(found)
    services.withdraw(replication=found, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The record is withdrawn. It is counted no longer."))
    return redirect(found.entry)


@require_http_methods(["GET", "HEAD", "POST"])
def judge_replication(request: Request, public_id: Any) -> HttpResponse:
    """A curator confirms the figures or questions them; sent twice, or too late, it says who was first."""
    found = _replication(request, public_id)
    if not request.viewer.may(confirmations.PERMISSION):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(found)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        return _record_page(request, found, form)
    said = form.cleaned_data
    judge = confirmations.confirm if said["decision"] == JudgementForm.CONFIRM else confirmations.question
    try:
        judge(replication=found, version=said["version"], by=request.user, reason=said["reason"])
    except OwnFigures:
        form.add_error(None, _("You recorded these figures yourself: somebody else has to look at them."))
    except AlreadyConfirmed as refusal:
        name = refusal.by.name if refusal.by else ""
        form.add_error(None, _("%(name)s has confirmed these figures already.") % {"name": name})
    except NothingToJudge:
        form.add_error(None, _("There are no figures to judge."))
    except ChangedMeanwhile as refusal:
        form.data = with_version(form.data, refusal.replication)
        form.add_error(None, _("The record has changed while you looked at it. Look at what it says now."))
    else:
        messages.success(request, _("Saved."))
        return redirect(found)
    return _record_page(request, _replication(request, public_id), form)


@require_safe
def replications_waiting(request: Request) -> HttpResponse:
    """Figures that wait for a curator, as far as this one may see the entries."""
    if not request.viewer.may(confirmations.PERMISSION):
        raise PermissionDenied
    waiting = Replication.objects.visible_to(request.viewer).awaiting_confirmation()
    rows = waiting.for_rows(request.viewer).select_related("recorded_by")
    page = pagination.numbered(rows, request.GET.get("page"), PAGE_SIZE)
    context = {"page": page, "records": replication_record.rows(page.object_list)}
    return render(request, "knowledge/replications_waiting.html", context)


def _record_page(request: Request, found: Replication, form: JudgementForm) -> HttpResponse:
    is_judged = confirmations.may_judge(found, request.viewer) and found.is_current and found.has_figures
    context = {
        "replication": found,
        "record": replication_record.of(found, request.viewer),
        "history": replication_record.history_of(found),
        "form": form,
        "withdrawal": WithdrawalForm(),
        "may_edit": services.may_edit(found, request.viewer),
        "may_judge": is_judged,
        "may_confirm": is_judged and found.confirmation != Confirmation.CONFIRMED,
    }
    return render(request, "knowledge/replication.html", context)


def _entry(request: Request, key: Any) -> Entry:
    rows = Entry.objects.visible_to(request.viewer).select_related("community", "enterprise")
    found: Entry = get_object_or_404(rows, key=key)
    if not services.may_record(found, request.viewer):
        raise Http404
    return found


def _replication(request: Request, public_id: Any) -> Replication:
    """A record, for those who may see its entry; one that is withdrawn only for those who may change it."""
    rows = Replication.objects.visible_to(request.viewer).select_related(
        *("enterprise", "entry__enterprise", "entry__community", "contact", "recorded_by", "judged_by")
    )
    found: Replication = get_object_or_404(rows, public_id=public_id)
    if not found.is_current and not services.may_edit(found, request.viewer):
        raise Http404
    return found


def _editable(request: Request, public_id: Any) -> Replication:
    found = _replication(request, public_id)
    if not services.may_edit(found, request.viewer):
        raise PermissionDenied
    return found
