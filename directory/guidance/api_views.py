"""Conditions and questions as JSON, and what crawlers ask for."""

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from directory.catalog import queries as catalog
from directory.guidance.blueprint import blueprint
from directory.web.access import public
from directory.web.templating import absolute


@blueprint.get("/api/v1/conditions")
@public
def api_conditions() -> ResponseReturnValue:
    """Every condition with its texts in both languages, and the mark of their review."""
    listed = catalog.conditions()
    slugs = {c.id: c.slug for c in listed}
    regions = [{"slug": r.slug, "name_en": r.name_en, "name_fr": r.name_fr} for r in catalog.regions()]
    rows = [
        {
            "slug": c.slug,
            "kind": c.kind,
            "region": c.region_slug,
            "parent": slugs.get(c.parent_id or 0),
            "name_en": c.name_en,
            "name_fr": c.name_fr,
            "inline_en": c.inline_en,
            "inline_fr": c.inline_fr,
            "review": c.review,
            "url": absolute(url_for("guidance.condition", slug=c.slug)),
            **{name: text for name, text in c.texts.items() if name != "sources"},
        }
        for c in listed
    ]
    return {"regions": regions, "conditions": rows}


@blueprint.get("/api/v1/questions")
@public
def api_questions() -> ResponseReturnValue:
    """Every question with its texts in both languages. {condition} stands for a condition's inline name."""
    fallback = catalog.document("question-text", "condition-fallback")
    groups = [{"slug": d.slug, **d.body} for d in catalog.documents("question-group")]
    rows = [
        {
            "id": q.slug,
            "group": q.group_slug,
            "answer_mode": q.answer_mode,
            "per_condition": q.per_condition,
            "on_short_sheet": q.on_short_sheet,
            **q.body,
        }
        for q in catalog.questions()
    ]
    words = {f"condition_fallback_{language}": fallback.body[f"text_{language}"] for language in ("en", "fr")}
    return {"review": fallback.review, **words, "groups": groups, "questions": rows}


@blueprint.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Every page that is the same for everyone, with its French twin."""
    paths = [url_for(f"guidance.{name}") for name in ("home", "conditions", "guides", "questions", "how_we_check")]
    paths += [url_for("guidance.condition", slug=c.slug) for c in catalog.conditions()]
    paths += [url_for("guidance.guide", slug=d.slug) for d in catalog.documents("guide")]
    return Response(render_template("guidance/sitemap.xml", paths=paths), content_type="application/xml; charset=utf-8")


@blueprint.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Crawlers may read everything but searches, which are somebody's question."""
    lines = ["User-agent: *", "Disallow: /search", "Disallow: /fr/search", "Disallow: /questions/sheet?"]
    lines += ["Disallow: /fr/questions/sheet?", f"Sitemap: {absolute('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
