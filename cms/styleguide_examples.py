"""What the style guide shows its components with: one function a sort of thing. Examples are data, not translated."""

import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from core import covers
from knowledge import series_tables

ACCENTS = ("#0b6b6b", "#8a3b12", "#3b2a63", "#14532d", "#9a1b1e", "#1f3a5f")
PEOPLE = [
    {"name": "Owen Hughes", "job": "Reliability engineer", "place": "Aurora Pumps, Cardiff", "url": "#"},
    {"name": "Ирина Титова", "job": "Главный механик", "place": "Aurora Steel, Череповец", "url": "#"},
    {"name": "נועה לוי", "job": "מנהלת מרפאה", "place": "Carmel Medical", "url": "#"},
    {"name": "Остап Гончар", "job": "Інженер з мащення", "place": "Aurora Foundry", "url": "#"},
    {"name": "Елица Колева", "job": "Куратор", "place": "Dunav Shipyard", "url": "#"},
]


def of_all_components() -> dict[str, Any]:
    """The context of the page, without its forms."""
    return {
        **looks(),
        **expertise(),
        **filters(),
        **ways(),
        **numbers(),
        **article(),
        "cards": cards(),
        "communities": communities(),
        "corrections": corrections(),
    }


def looks() -> dict[str, Any]:
    """Covers and icons."""
    return {
        "covers": [
            {
                "pattern": pattern,
                "svg": mark_safe(covers.cover_svg(pattern, accent, "example", 440, 180)),  # noqa: S308 - ours alone
            }
            for pattern, accent in zip(covers.PATTERNS, ACCENTS, strict=True)
        ],
        "focus_picture": _cover("waves", "#3b2a63", "focus"),
        "icons": ["home", "users-group", "books", "users", "search", "lock", "arrow-right", "check", "award"],
    }


def expertise() -> dict[str, Any]:
    """People, and what they know."""
    return {
        "people": PEOPLE,
        "competences": ["Rotating equipment", "Vibration", "Lubrication", "Alignment", "Bearings"],
        "languages": ["en", "ru", "he"],
    }


def filters() -> dict[str, Any]:
    """Facets of few values and of many, and those that are chosen."""
    directions = (
        "Maintenance",
        "Production",
        "Safety",
        "Energy",
        "Quality",
        "Logistics",
        "Finance",
        "Digital",
    )
    return {
        "options": [
            {"value": code, "label": name, "count": count, "selected": code in ("en", "he"), "lang": code}
            for (code, name), count in zip(settings.LANGUAGES, (301, 274, 96, 71, 44), strict=True)
        ],
        "many_options": [
            {"value": str(number), "label": name, "count": 130 - number * 13, "selected": number == 1}
            for number, name in enumerate(directions)
        ],
        "chips": [
            {"label": "Best practice", "remove_url": "?"},
            {"label": "Ремонт и обслуживание", "remove_url": "?"},
            {"label": "עברית", "remove_url": "?"},
        ],
    }


def ways() -> dict[str, Any]:
    """Where one is and where one may go: pages, tabs, breadcrumbs, the contents of an article."""
    tabs = {
        "Overview": None,
        "Best practices": 48,
        "Success stories": 12,
        "Wiki": 7,
        "Blog": 5,
        "Members": 1284,
        "Rules": None,
        "Figures": None,
    }
    return {
        "page": Paginator(range(480), 24).page(7),
        "tabs": [
            {"label": label, "url": "?", "is_current": label == "Overview", "count": count}
            for label, count in tabs.items()
        ],
        "crumbs": [
            {"label": "Communities", "url": "?"},
            {"label": "Maintenance and repair", "url": "?"},
            {"label": "Laser alignment of pump sets"},
        ],
        "contents": [
            {"id": "what-we-saw", "text": "What we saw", "level": "h2"},
            {"id": "forty-minutes", "text": "The forty minutes", "level": "h2"},
            {"id": "who-checks", "text": "Who does it, who checks", "level": "h3"},
            {"id": "where-not", "text": "Where it does not help", "level": "h2"},
        ],
    }


def numbers() -> dict[str, Any]:
    """Figures beside each other, as bars, and before and after."""
    return {
        "numbers": [
            {"value": "7", "label": "adopted"},
            {"value": "2", "label": "tried"},
            {"value": "1", "label": "rejected"},
        ],
        "bars": [
            {"label": "English", "lang": "en", "value": "301", "share": 100},
            {"label": "русский", "lang": "ru", "value": "274", "share": 91},
            {"label": "עברית", "lang": "he", "value": "44", "share": 15},
        ],
        "effects": [
            {"before": "14", "after": "5", "measure": "unplanned stops", "unit": "a quarter"},
            {"before": "9.1", "after": "3.4", "measure": "vibration, overall", "unit": "mm/s"},
            {"after": "€ 1.85 M", "measure": "a year, confirmed by the curator"},
        ],
    }


def article() -> dict[str, Any]:
    """What stands in an article and is no text."""
    return {
        "series": series_tables.of(
            {
                "caption": "Unplanned stops",
                "unit": "a month",
                "points": "Month;Line 1;Line 2\n2026-01;14;9\n2026-02;11;9\n2026-03;8;\n2026-04;5;6\n2026-05;4;5",
                "target": "5",
            }
        ),
        "footnotes": [
            {
                "number": 1,
                "html": "Measured on six sets at the Aurora plant, with the pipework disconnected.",
                "places": ["fnref-1-1"],
            },
        ],
    }


def corrections() -> list[dict[str, Any]]:
    return [
        {
            "title": "Grease compatibility guide",
            "lang": "en",
            "proposed": "Lithium complex and polyurea greases must not be mixed, not even for topping up.",
            "by": "Елица Колева",
            "on": datetime.date(2026, 11, 12),
        },
        {
            "title": "תזכורות לתורים",
            "lang": "he",
            "proposed": "התזכורת השנייה נשלחת יומיים לפני התור, לא יום אחד.",
            "by": "נועה לוי",
            "on": datetime.date(2026, 11, 9),
        },
    ]


def cards() -> list[dict[str, Any]]:
    figures = [
        {"icon": "repeat", "value": "7", "label": "use it too"},
        {"icon": "eye", "value": "1.2k", "label": "readers"},
    ]
    published = datetime.date(2026, 10, 6)
    return [
        {
            "kind_label": "Best practice",
            "title": "Laser alignment of pump sets before every start after repair",
            "summary": "A 40-minute check at handover removed most of our repeat bearing failures. "
            "What it costs, who does it, and where it does not help.",
            "lang": "en",
            "cover_url": _cover("gears", "#0b6b6b", "laser"),
            "effect": "−64 % stops",
            "languages": ["en", "ru", "uk"],
            "community": "Maintenance",
            "people": "Owen Hughes, Ирина Титова",
            "date": published,
            "figures": figures,
        },
        {
            "kind_label": "Success story",
            "title": "Переналадка сортового стана за 47 минут вместо 2 ч 10 мин",
            "summary": "Три смены сняли себя на видео и поспорили над записью. "
            "Что оставили и что не получилось.",
            "lang": "ru",
            "cover_url": _cover("bars", "#8a3b12", "changeover"),
            "effect": "€ 1.85 M a year",
            "languages": ["ru"],
            "community": "Production",
            "people": "Анна Морозова",
            "date": published,
            "figures": figures,
            "access_label": "Members only",
        },
        {
            "kind_label": "Success story",
            "title": "אי־הגעה לתורים: מ־23% ל־9% ברבעון אחד",
            "summary": "שתי תזכורות, שאלה אחת כנה ורשימת המתנה שבאמת זזה.",
            "lang": "he",
            "cover_url": _cover("lines", "#86198f", "no-show"),
            "effect": "−61 %",
            "languages": ["he", "en"],
            "community": "Health services",
            "people": "נועה לוי",
            "date": published,
            "figures": figures,
        },
    ]


def communities() -> list[dict[str, Any]]:
    figures = [
        {"icon": "users", "value": "1,284", "label": "members"},
        {"icon": "books", "value": "212", "label": "entries"},
    ]
    return [
        {
            "name": "Maintenance and repair",
            "lang": "en",
            "cover_url": _cover("gears", "#374151", "maintenance"),
            "summary": "Mechanics, electricians, welders and reliability engineers of all plants.",
            "figures": figures,
            "state_label": "Member",
        },
        {
            "name": "Инвестиции и закупки",
            "lang": "ru",
            "cover_url": _cover("grid", "#1f3a5f", "procurement"),
            "summary": "Закупки по полной стоимости владения и инвестиционные заявки без лишних кругов.",
            "figures": figures,
            "access_label": "Closed",
        },
        {
            "name": "קהילת שירותי בריאות",
            "lang": "he",
            "cover_url": _cover("dots", "#14532d", "health"),
            "summary": "מרפאות, מעבדות ודימות: תורים, בטיחות ועבודה יומיומית עם אנשים.",
            "figures": figures,
        },
    ]


def _cover(pattern: str, accent: str, seed: str) -> str:
    return f"/covers/{pattern}/{accent.removeprefix('#')}/{seed}.svg"
