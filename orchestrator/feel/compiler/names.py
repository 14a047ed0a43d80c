"""What a name means at its place, told when an expression is compiled.

A value has a slot in the frame that an expression runs on: its constants, the variables it reads,
what it binds on the way. Only what stands in a filter's condition or in a context literal is looked
up while it is evaluated: there the entries of a context come first (DMN 1.5, 10.3.2.5, 10.3.2.6).
"""

from msgspec import Struct, field

from orchestrator.feel.scope import FIRST


class Layout(Struct):
    """What a frame needs room for: slots that are counted from its begin, and constants, which are
    counted from its end."""

    slots: int = FIRST
    constants: list[object] = field(default_factory=list)

    def constant(self, value: object) -> int:
        """The slot of a constant."""
        self.constants.append(value)
        return -len(self.constants)

    def after(self, given: int) -> tuple[object, ...]:
        """What a frame holds after the first `given` slots."""
        return (None,) * (self.slots - given) + tuple(reversed(self.constants))


class Binder(Struct, frozen=True):
    """A slot that holds the value of `name`, or a context whose entries are names: those in
    `entries`, or whatever it has (None)."""

    slot: int
    name: str | None
    entries: frozenset[str] | None = frozenset()
    grows: bool = False
    """Whether the value is a list that goes on growing: who takes it whole takes a copy."""


class Meaning(Struct, frozen=True):
    """Slots of contexts to look into, the innermost first; then a slot, or else a variable."""

    contexts: tuple[int, ...]
    slot: int | None
    grows: bool = False


class Names(Struct, frozen=True):
    """The binders around a node, the innermost last."""

    layout: Layout = field(default_factory=Layout)
    binders: tuple[Binder, ...] = ()
    depth: int = FIRST
    """The next slot to be taken."""
    once: bool = True
    """Whether a node is evaluated once at most: it is in no loop, filter, function or context."""

    def bind(self, *names: str) -> "Names":
        """Each name with a slot of its own, the first at `depth`."""
        made = (Binder(self.depth + i, name) for i, name in enumerate(names))
        return self._with(*made, slots=len(names))

    def partial(self) -> "Names":
        """The results of a loop so far, in the slot at `depth`."""
        return self._with(Binder(self.depth, "partial", grows=True), slots=1)

    def item(self) -> "Names":
        """`item` and the entries of what it is, in the slot at `depth`."""
        return self._with(Binder(self.depth, "item"), Binder(self.depth, None, None), slots=1)

    def context(self, entries: frozenset[str]) -> "Names":
        """The entries of a context that is being made, in the slot at `depth`."""
        return self._with(Binder(self.depth, None, entries), slots=1)

    def _with(self, *binders: Binder, slots: int) -> "Names":
        depth = self.depth + slots
        self.layout.slots = max(self.layout.slots, depth)
        return Names(self.layout, self.binders + binders, depth, once=False)

    def find(self, name: str) -> Meaning:
        contexts: list[int] = []
        for binder in reversed(self.binders):
            if binder.name == name:
                return Meaning(tuple(contexts), binder.slot, binder.grows)
            if binder.entries is None or name in binder.entries:
                contexts.append(binder.slot)
        return Meaning(tuple(contexts), None)
