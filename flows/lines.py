"""Records of a log as lines of JSON; `logging.yml` leads here, before Prefect itself is loaded."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

_FIELDS = ("stage", "counts", "seconds")


class JsonLines(logging.Formatter):
    """A line of JSON for each record: time (UTC), level, event, run, stage, counts, seconds, message."""

    def format(self, record: logging.LogRecord) -> str:
        content: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "run": getattr(record, "flow_run_id", None),
        }
        content |= {name: getattr(record, name) for name in _FIELDS if getattr(record, name, None) is not None}
        content |= {"message": record.getMessage(), "logger": record.name}
        if record.exc_info:
            content["exception"] = self.formatException(record.exc_info)
        return json.dumps(content, ensure_ascii=False, default=str)
