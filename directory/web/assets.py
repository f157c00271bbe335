"""Style, script and font files under addresses that carry a hash of their content, for a browser to keep for good."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request

from directory.web.access import public
from directory.web.errors import NotFound

blueprint = Blueprint("assets", __name__, url_prefix="/assets")
BUNDLES = {"site.css": ("tokens.css", "base.css", "parts.css", "pages.css")}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    body: bytes
    mimetype: str
    digest: str


def init_app(app: Flask, static: Path) -> None:
    """Read every file below a folder once; several style sheets go out as one."""
    files = {p.relative_to(static).as_posix(): p.read_bytes() for p in sorted(static.rglob("*")) if p.suffix in TYPES}
    assets = {name: _asset(name, body) for name, body in files.items()}
    for bundle, parts in BUNDLES.items():
        body = _lean(b"\n".join(assets.pop(f"css/{part}").body for part in parts))
        for name, asset in assets.items():
            body = body.replace(f"url({name})".encode(), f"url(../{asset.digest}/{name})".encode())
        assets[bundle] = _asset(bundle, body)
    app.extensions["directory.assets"] = assets
    app.jinja_env.globals["asset_url"] = asset_url
    app.register_blueprint(blueprint)


def asset_url(name: str) -> str:
    """The address of a file below static/, or of a bundle; the same in every language."""
    root = request.root_path.removesuffix("/fr") if request.environ.get("directory.language") else request.root_path
    return f"{root}/assets/{current_app.extensions['directory.assets'][name].digest}/{name}"


@blueprint.get("/<string:digest>/<path:name>")
@public
def file(digest: str, name: str) -> Response:
    """A file whose address names its content: never changes, so keep it for a year."""
    asset: Asset | None = current_app.extensions["directory.assets"].get(name)
    if asset is None or asset.digest != digest:
        raise NotFound
    response = Response(asset.body, content_type=asset.mimetype)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _lean(sheet: bytes) -> bytes:
    """A style sheet without its comments and without line breaks where a rule or a declaration ends."""
    return re.sub(rb"(?<=[{};,])\s+", b"", re.sub(rb"\s*/\*.*?\*/", b"", sheet, flags=re.DOTALL)).strip()


def _asset(name: str, body: bytes) -> Asset:
    return Asset(body, TYPES[Path(name).suffix], hashlib.sha256(body).hexdigest()[:12])
