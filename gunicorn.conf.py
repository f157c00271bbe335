"""One worker with threads: what SQLite likes. Nothing that was searched for is written down, nor who asked."""

import os
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger


class DiscreetLog(Logger):
    """A line each answer: the path on one line whatever it holds, no query string, no address of a visitor."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(*args)
        return found | {"U": quote(str(found["U"]).encode("latin-1"))}

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """gunicorn repeats a request that it refuses, with who sent it."""
        super().warning(msg.partition(" from ip=")[0], *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """gunicorn names a failed request with its query string."""
        super().exception(msg, *(str(arg).partition("?")[0] for arg in args), **kwargs)


bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)
worker_class = "gthread"
threads = 8
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
logger_class = DiscreetLog
limit_request_line = 8190
control_socket_disable = True
forwarder_headers = ""  # no header of a request says where the site is mounted
