"""Topics of communities: the lists, a topic with its conversation, opening, changing and closing one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import pagination, rates
from core.fields import uuid7
from knowledge.choices import TopicState
from knowledge.models import Topic
from knowledge.services import topics as services
from knowledge.services.topics import TopicDraft
from knowledge.topic_forms import CloseTopicForm, NewTopicForm, TopicForm
from people import community_header
from people.models import Community
from people.requests import Request
from social import places, room
from social.services.messages import MessageRefused

SIZE = 20
MOST_WORDS = 200


@require_safe
def topics(request: Request) -> HttpResponse:
    """Topics of all communities that the reader is in, those with something new first in sight."""
    request.place = "communities"
    rows = Topic.objects.visible_to(request.viewer).filter(community__in=request.viewer.memberships)
    return render(request, "knowledge/topics.html", _listed(request, rows))


@require_safe
def community_topics(request: Request, slug: str) -> HttpResponse:
    """Topics of one community."""
    found = _entered(request, slug)
    rows = Topic.objects.visible_to(request.viewer).filter(community=found)
    context = {
        **community_header.context(request, found, current="topics"),
        **_listed(request, rows),
        "may_open": services.may_open(request.viewer, found),
    }
    return render(request, "knowledge/community_topics.html", context)


def _listed(request: Request, rows: Any) -> dict[str, Any]:
    asked = request.GET
    words = asked.get("q", "").strip()[:MOST_WORDS]
    state = asked.get("state", "")
    rows = rows.matching(words).for_listing(request.viewer)
    if state in TopicState.values:
        rows = rows.filter(state=state)
    elif state == "unread":
        rows = rows.filter(unread__gt=0)
    elif state == "own":
        rows = rows.filter(author=request.viewer.user_id)
    orders = {"newest": ("-created_at", "-pk"), "busiest": (F("conversation__message_count").desc(), "-pk")}
    sort = asked.get("sort", "")
    rows = rows.order_by(*orders[sort]) if sort in orders else rows.by_activity()
    return {
        "page": pagination.numbered(rows, asked.get("page"), SIZE),
        "query": words,
        "state": state,
        "sort": sort,
        "is_filtered": bool(words or state),
    }


@require_safe
def topic(request: Request, public_id: Any) -> HttpResponse:
    """A topic and what is said in it."""
    found = _topic(request, public_id)
    place = places.enter(found.conversation, request.viewer)
    assert place is not None
    place.row.conversation = found.conversation
    context = {
        **community_header.context(request, found.community, current="topics"),
        **room.context(request, place),
        "topic": found,
        "may_close": services.may_close(request.viewer, found),
    }
    return render(request, "knowledge/topic.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_topic(request: Request, slug: str) -> HttpResponse:
    """Ask the community a question, or put a case before it."""
    found = _entered(request, slug)
    if not services.may_open(request.viewer, found):
        raise PermissionDenied
    given = {"token": uuid7(), "language": (get_language() or "en").split("-")[0], "access": "open"}
    form = NewTopicForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("topic", request.user.pk)
            made = services.open_topic(
                community=found, by=request.user, draft=TopicDraft(**form.cleaned_data)
            )
        except (rates.TooOften, MessageRefused) as error:
            form.add_error("text" if isinstance(error, MessageRefused) else None, error)
        else:
            messages.success(request, _("The topic is open. You are told when somebody answers."))
            return redirect(made)
    context = {"community": found, "form": form}
    return rates.answer(render(request, "knowledge/open_topic.html", context), form)


@require_http_methods(["GET", "HEAD", "POST"])
def change_topic(request: Request, public_id: Any) -> HttpResponse:
    """Say differently what a topic is about."""
    found = _looked_after(request, public_id)
    given = {name: getattr(found, name) for name in ("title", "description", "language", "access")} | {
        "competences": found.competences.all()
    }
    form = TopicForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        services.change(topic=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "knowledge/change_topic.html", {"topic": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def close_topic(request: Request, public_id: Any) -> HttpResponse:
    """End a topic with what came of it."""
    found = _looked_after(request, public_id)
    form = CloseTopicForm(request.POST or None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        try:
            services.close(topic=found, by=request.user, outcome=form.cleaned_data["outcome"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The topic is closed. Everybody goes on reading it."))
            return redirect(found)
    return render(request, "knowledge/close_topic.html", {"topic": found, "form": form})


@require_POST
def reopen_topic(request: Request, public_id: Any) -> HttpResponse:
    found = _looked_after(request, public_id)
    try:
        services.reopen(topic=found, by=request.user)
    except services.TopicRefused as error:
        messages.error(request, error.messages[0])
    return redirect(found)


def _entered(request: Request, slug: str) -> Community:
    found: Community = get_object_or_404(
        Community.objects.open_to(request.viewer).select_related("cover"), slug=slug
    )
    return found


def _topic(request: Request, public_id: Any) -> Topic:
    rows = Topic.objects.visible_to(request.viewer).select_related(
        "community__cover", "conversation", "author", "closed_by"
    )
    found: Topic = get_object_or_404(rows.prefetch_related("competences"), public_id=public_id)
    return found


def _looked_after(request: Request, public_id: Any) -> Topic:
    found = _topic(request, public_id)
    if not services.may_close(request.viewer, found):
        raise PermissionDenied
    return found
