"""What somebody is told of, how and when; and the way out of it that every mail carries."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core import rates
from core.notifications import kinds
from people.models import User
from people.requests import Request
from social import notification_lists, unsubscribing
from social.models import NotificationSettings, PushSubscription
from social.notification_forms import DeviceForm, HoursForm, KindsForm
from social.services import notification_settings as services
from social.services import push


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request: Request) -> HttpResponse:
    """Kinds by channels, quiet hours and digests; what is followed and muted, and the devices that are told."""
    own = NotificationSettings.objects.filter(user=request.user).first()
    own = own or NotificationSettings(user=request.user)
    part = request.POST.get("part", "")
    kinds_form = KindsForm(request.POST if part == "kinds" else None, user=request.user)
    hours_form = HoursForm(request.POST if part == "hours" else None, instance=own)
    if part == "kinds" and kinds_form.is_valid():
        services.prefer(user=request.user, wishes=kinds_form.wishes)
        return _saved(request)
    if part == "hours" and hours_form.is_valid():
        services.set_hours(user=request.user, **hours_form.cleaned_data)
        return _saved(request)
    if part == "address":
        services.trust_address(user=request.user)
        return _saved(request)
    context = {
        "kinds_form": kinds_form,
        "hours_form": hours_form,
        "own": NotificationSettings.objects.filter(user=request.user).first(),
        "followed": notification_lists.followed(request.viewer),
        "muted": notification_lists.muted(request.viewer),
        "devices": PushSubscription.objects.filter(user=request.user).order_by("-created_at"),
        "push_key": settings.VAPID_PUBLIC_KEY,
    }
    return render(request, "social/notification_settings.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """What the link at the foot of a mail opens. GET asks, POST does it without signing in (RFC 8058)."""
    try:
        wanted = unsubscribing.read(token)
    except unsubscribing.InvalidToken as error:
        raise Http404 from error
    user = get_object_or_404(User, pk=wanted.user_id)
    if request.method == "POST":
        services.unsubscribe(user=user, scope=wanted.scope)
    # The mail was in the person's language; who opens it need not be signed in.
    with override(user.preferred_language):
        label = kinds[wanted.scope].label if wanted.scope in kinds else _("Digests")
        context = {"label": label, "is_done": request.method == "POST", "token": token}
        return render(request, "social/unsubscribe.html", context)


@require_POST
def add_device(request: Request) -> HttpResponse:
    """A browser wants to be told."""
    form = DeviceForm(request.POST)
    try:
        rates.require("push", request.user.pk)
    except rates.TooOften as refusal:
        return JsonResponse({"problem": str(refusal)}, status=429)
    if not form.is_valid():
        return JsonResponse({"problem": next(iter(form.errors.values()))[0]}, status=422)
    device = push.subscribe(user=request.user, **form.cleaned_data)
    request.session[push.DEVICE] = str(device.public_id)
    return JsonResponse({"id": str(device.public_id)}, status=201)


@require_POST
def remove_device(request: Request, public_id: Any) -> HttpResponse:
    device = get_object_or_404(PushSubscription, user=request.user, public_id=public_id)
    push.unsubscribe(device=device, by=request.user)
    messages.success(request, _("This device is not told any more."))
    return redirect("notification_settings")


def _saved(request: Request) -> HttpResponseRedirect:
    messages.success(request, _("Saved."))
    return redirect("notification_settings")
