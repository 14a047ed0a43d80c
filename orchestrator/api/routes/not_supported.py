"""What Deskhand lacks of the Camunda 8 API: it answers 501, never a wrong success.

Beside paths of ours only the very operations of Camunda's are named: another method on such a path
is not allowed (405), as on every other.
"""

from starlette.convertors import StringConvertor, register_url_convertor

from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.kernel.errors import NotSupported

router = Section(prefix="/v2", tags=["not supported"])


class Named(StringConvertor):
    """A key or name; `search` and `batch` beside it are paths of their own."""

    regex = "(?!(?:search|batch)$)[^/]+"


register_url_convertor("named", Named())

FAMILIES = (
    "agent-definitions", "agent-instances", "backups", "clock", "cluster",
    "conditionals", "exporting", "global-task-listeners",
    "mapping-rules", "mode", "restore", "secrets", "setup", "system",
)  # fmt: skip
"""Nothing of ours lies under these."""
OPERATIONS = (
    *(
        f"{methods}/{{id}}/mapping-rules/{path}"
        for holder in ("groups", "roles", "tenants")
        for methods, path in ((f"POST {holder}", "search"), (f"PUT DELETE {holder}", "{member}"))
    ),
    "GET resources/{key}/content",
)  # fmt: skip
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def _add(path: str, methods: list[str]) -> None:
    @router.api_route(f"/{path}", methods=methods, include_in_schema=False)
    def not_supported(caller: Anyone) -> None:
        raise NotSupported(f"Deskhand has no {path} yet.")


for _family in FAMILIES:
    _add(_family, METHODS)
    _add(f"{_family}/{{rest:path}}", METHODS)
for _operation in OPERATIONS:
    *_methods, _path = _operation.split()
    _add(_path, _methods)
