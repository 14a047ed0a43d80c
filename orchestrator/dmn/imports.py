"""What a DMN file takes from other files (DMN 1.5, 6.3.3)."""

from collections.abc import Callable, Collection, Mapping

from lxml import etree

from orchestrator.dmn.model import Definitions, Reference
from orchestrator.feel import Types
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

Read = Callable[[str], tuple[Definitions, tuple[Finding, ...]]]


class Imports:
    """The imported files of one file, by the name it gives each.

    `read` gives the file of a namespace, `known` the namespaces it may be asked for.
    """

    def __init__(self, root: etree._Element, read: Read, known: Collection[str]) -> None:
        self.findings: list[Finding] = []
        self._models: dict[str, Definitions] = {}
        self._prefixes: dict[str, str] = {}
        for element in root:
            if local(element) == "import" and "DMN" in element.get("importType", "DMN"):
                self._import(element, read, known)

    def _import(self, element: etree._Element, read: Read, known: Collection[str]) -> None:
        name, namespace = element.get("name", ""), element.get("namespace", "")
        if namespace not in known:
            text = f"imports {namespace!r}, which is not at hand, or imports this file in turn"
            self.findings.append(Finding(name or namespace, "dmn.import", text))
            return
        self._models[name], findings = read(namespace)
        self._prefixes.setdefault(namespace, name)
        self.findings += findings

    @property
    def models(self) -> Mapping[str, Definitions]:
        return self._models

    @property
    def names(self) -> frozenset[str]:
        """The names that the imported files know, to be recognised after `import.`."""
        return frozenset().union(*(m.names for m in self._models.values()))

    @property
    def types(self) -> Types:
        return tuple(
            (f"{name}.{type_name}" if name else type_name, type_)
            for name, model in self._models.items()
            for type_name, type_ in model.types
        )

    def reference(self, element: etree._Element) -> Reference:
        """What an element's `href` points at."""
        namespace, identity = href(element)
        return Reference(identity, self._prefixes.get(namespace) if namespace else None)


def href(element: etree._Element) -> tuple[str, str]:
    """Namespace (empty: this file) and id of a reference."""
    namespace, _, identity = element.get("href", "").rpartition("#")
    return namespace, identity
