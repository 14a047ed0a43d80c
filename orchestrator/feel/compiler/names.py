"""What a name means at its place, told when an expression is compiled.

A value that the expression binds has a slot in the scope. Only what stands in a filter's condition
or in a context literal is looked up while it is evaluated: there the entries of a context come
first (DMN 1.5, 10.3.2.5 and 10.3.2.6).
"""

from msgspec import Struct, field


class Size(Struct):
    """How many slots the evaluation needs."""

    slots: int = 0


class Binder(Struct, frozen=True):
    """A slot that holds the value of `name`, or a context whose entries are names: those in
    `entries`, or whatever it has (None)."""

    slot: int
    name: str | None
    entries: frozenset[str] | None = frozenset()


class Meaning(Struct, frozen=True):
    """Slots of contexts to look into, the innermost first; then a slot, or else a variable."""

    contexts: tuple[int, ...]
    slot: int | None


class Names(Struct, frozen=True):
    """The binders around a node, the innermost last."""

    size: Size = field(default_factory=Size)
    binders: tuple[Binder, ...] = ()
    depth: int = 0
    """Slots taken so far."""

    def bind(self, *names: str) -> "Names":
        """Each name with a slot of its own, the first at `depth`."""
        made = (Binder(self.depth + i, name) for i, name in enumerate(names))
        return self._with(*made, slots=len(names))

    def item(self) -> "Names":
        """`item` and the entries of what it is, in the slot at `depth`."""
        return self._with(Binder(self.depth, "item"), Binder(self.depth, None, None), slots=1)

    def context(self, entries: frozenset[str]) -> "Names":
        """The entries of a context that is being made, in the slot at `depth`."""
        return self._with(Binder(self.depth, None, entries), slots=1)

    def _with(self, *binders: Binder, slots: int) -> "Names":
        depth = self.depth + slots
        self.size.slots = max(self.size.slots, depth)
        return Names(self.size, self.binders + binders, depth)

    def find(self, name: str) -> Meaning:
        contexts: list[int] = []
        for binder in reversed(self.binders):
            if binder.name == name:
                return Meaning(tuple(contexts), binder.slot)
            if binder.entries is None or name in binder.entries:
                contexts.append(binder.slot)
        return Meaning(tuple(contexts), None)
