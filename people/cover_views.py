from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core import covers


@require_safe
@cache_control(max_age=7 * 24 * 3600, private=True)
def cover(request: HttpRequest, pattern: str, accent: str, seed: str) -> HttpResponse:
    """A drawn cover. It tells nothing beyond its own address, so nobody is asked who they are."""
    try:
        svg = covers.cover_svg(pattern, accent, seed)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(svg, content_type="image/svg+xml")
