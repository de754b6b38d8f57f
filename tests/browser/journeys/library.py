"""What an employee finds who looks about: more than a page of entries, one of them with all that an entry can have."""

from knowledge.models import BestPracticePage, Entry, EntryAttachment, SuccessStoryPage
from tests import replay
from tests import world as worlds

SIZE = 26


def fill(world: worlds.World) -> Entry:
    """Fill the open community; the entry with everything is in English and Hebrew."""
    return replay.once(_fill, world)


def _fill(world: worlds.World) -> Entry:
    entry = world.entries["workshop-open"]
    page = entry.pages.get().specific
    manual = worlds.document("Alignment sheet", world.open)
    page.title = "Laser alignment of pumps"
    page.body = [
        ("heading", {"text": "What we saw", "level": "h2"}),
        ("text", "<p>Couplings wore out within a year.</p>"),
        ("heading", {"text": "What we did", "level": "h2"}),
        ("text", "<p>We aligned sixty-two sets.</p>"),
        ("callout", {"kind": "note", "title": "Cold is not warm", "text": "<p>Measure again at work.</p>"}),
        ("image", {"image": worlds.picture("Coupling", world.open), "alt_text": "A coupling"}),
        ("people", {"people": [world.lead]}),
    ]
    page.effects = [("effect", {"measure": "stops", "unit": "a quarter", "before": 14, "after": 5})]
    page.attachments = [EntryAttachment(document=manual, description="To be filled in")]
    page.save_revision().publish()
    worlds.entry(
        "workshop-open",
        world.open,
        world.lead,
        language="he",
        translation_of=entry,
        title="יישור משאבות בלייזר",
        summary="איך יישרנו שישים ושתיים משאבות",
        body=[("text", "<p>המצמדים נשחקו תוך שנה.</p>")],
    )
    for number in range(SIZE):
        kind = SuccessStoryPage if number % 2 else BestPracticePage
        worlds.entry(f"finding-{number:02}", world.open, world.lead, kind=kind)
    for first, difficulty in (("finding-0", "basic"), ("finding-1", "advanced")):
        Entry.objects.filter(slug__startswith=first).update(difficulty=difficulty)
    return Entry.objects.get(pk=entry.pk)
