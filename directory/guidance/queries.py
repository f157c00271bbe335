"""What the pages of home, conditions and guides need, gathered in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory import clock
from directory.catalog import queries as catalog
from directory.catalog.models import Condition, Document, Question, Region
from directory.guidance import rules
from directory.web.errors import NotFound

BEFORE_A_VISIT = {"what-happens", "side-effects", "speak-up-first"}
HEADACHES = "headache-types"


@dataclass(frozen=True)
class Area:
    """A part of the body with its number on the figure and its conditions, children after their parent."""

    number: int
    region: Region
    conditions: list[Condition]
    children: frozenset[int]

    @property
    def examples(self) -> list[Condition]:
        """The first two that are no other's child."""
        return [c for c in self.conditions if c.id not in self.children][:2]


@dataclass(frozen=True)
class Claim:
    """A signed evidence claim, when it was read, and whether it should have been read again by now."""

    document: Document
    read_on: date
    is_due: bool
    sources: list[Document]


@dataclass(frozen=True)
class ConditionPage:
    """A condition guide and everything that stands around it."""

    condition: Condition
    region: Region
    parent: Condition | None
    children: list[Condition]
    questions: list[Question]
    claims: list[Claim]
    sources: list[Document]
    guides: list[Document]
    emergency: Document


@dataclass(frozen=True)
class GuidePage:
    """A general guide, what its blocks refer to by slug, and the guides before and after it."""

    guide: Document
    guides: list[Document]
    questions: dict[str, Question]
    safety: dict[str, Document]
    fallback: Document
    sources: list[Document]
    next: Document | None


def areas() -> list[Area]:
    """The nine parts of the body. Two statements."""
    listed = catalog.conditions()
    homes = {c.id: c.region_slug for c in listed}
    children = frozenset(c.id for c in listed if c.parent_id and homes.get(c.parent_id) == c.region_slug)
    return [
        Area(number, region, [c for c in listed if c.region_slug == region.slug], children)
        for number, region in enumerate(catalog.regions(), start=1)
    ]


def condition_page(slug: str) -> ConditionPage:
    """Raises NotFound. Seven statements."""
    listed = catalog.conditions()
    found = next((c for c in listed if c.slug == slug), None)
    if found is None:
        raise NotFound
    sources = {d.slug: d for d in catalog.documents("source")}
    return ConditionPage(
        condition=found,
        region=next(r for r in catalog.regions() if r.slug == found.region_slug),
        parent=next((c for c in listed if c.id == found.parent_id), None),
        children=[c for c in listed if c.parent_id == found.id],
        questions=[q for q in catalog.questions() if q.per_condition],
        claims=[_claim(d, sources) for d in catalog.documents("claim") if slug in d.body["conditions"]],
        sources=_cited(found.texts["sources"], sources),
        guides=[d for d in catalog.documents("guide") if d.slug in _guides_for(found)],
        emergency=catalog.document("safety", "emergency"),
    )


def guide_page(slug: str) -> GuidePage:
    """Raises NotFound. Five statements."""
    guides = catalog.documents("guide")
    position = next((at for at, guide in enumerate(guides) if guide.slug == slug), None)
    if position is None:
        raise NotFound
    return GuidePage(
        guide=guides[position],
        guides=guides,
        questions={q.slug: q for q in catalog.questions()},
        safety={d.slug: d for d in catalog.documents("safety")},
        fallback=catalog.document("question-text", "condition-fallback"),
        sources=_cited(guides[position].body["sources"], {d.slug: d for d in catalog.documents("source")}),
        next=guides[position + 1] if position + 1 < len(guides) else None,
    )


def _guides_for(condition: Condition) -> set[str]:
    """What to read before a first visit, and the kinds of headache for a headache."""
    visit = BEFORE_A_VISIT if condition.kind != "search-only" else set()
    return visit | ({HEADACHES} if condition.region_slug == "head-jaw" else set())


def _claim(document: Document, sources: dict[str, Document]) -> Claim:
    read_on = date.fromisoformat(document.body["last_reviewed"])
    due = rules.due_on(read_on, document.body["review_due_months"])
    return Claim(document, read_on, due < clock.now().date(), _cited(document.body["sources"], sources))


def _cited(slugs: Iterable[str], sources: dict[str, Document]) -> list[Document]:
    return [sources[slug] for slug in slugs if slug in sources]
