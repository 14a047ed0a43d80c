"""List and boolean functions. Aggregates take a list or the values themselves."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key, reduce
from typing import cast

from orchestrator.feel.extended import base_of
from orchestrator.feel.operators import PLAIN, NotApplicable, arithmetic, equal, order
from orchestrator.feel.values import DECIMALS, Function, bounded

_NUMBER = {Decimal}


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if value is None:
        raise NotApplicable("needs a list")
    return [value]


def _partition(items: object, size: object) -> object:
    if not isinstance(size, Decimal) or size < 1:
        raise NotApplicable("a part has at least one item")
    several, step = _list(items), int(size)
    return [several[at : at + step] for at in range(0, len(several), step)]


def _spread(run: Callable[[list[object]], object]) -> Function:
    def body(*values: object) -> object:
        if not values:
            raise NotApplicable("needs a list or values")
        first = values[0]
        return run(first if len(values) == 1 and isinstance(first, list) else list(values))

    return Function(("list",), body, variadic=True)


def _are_plain(items: list[object]) -> bool:
    """Whether they are numbers alone or texts alone, which Python compares as FEEL does."""
    kinds = set(map(type, items))
    return len(kinds) == 1 and kinds <= PLAIN


def _extreme(sign: int) -> Function:
    of_plain = max if sign > 0 else min

    def pick(items: list[object]) -> object:
        if _are_plain(items):
            return of_plain(items)  # type: ignore[type-var]
        best = items[0] if items else None
        for item in items[1:]:
            found = order(item, best)
            if found is None:
                raise NotApplicable("the items have no common order")
            best = item if found * sign > 0 else best
        return best

    return _spread(pick)


def _sum(items: list[object]) -> object:
    if set(map(type, items)) == _NUMBER:
        return reduce(DECIMALS.add, items)  # type: ignore[arg-type]
    total: object = items[0] if items else None
    for item in items[1:]:
        total = arithmetic("+", total, item)
    return total


def _numbers(items: list[object]) -> list[Decimal]:
    if set(map(type, items)) != _NUMBER:
        raise NotApplicable("needs numbers")
    return cast(list[Decimal], items)


def _mean(items: list[object]) -> Decimal:
    return DECIMALS.divide(reduce(DECIMALS.add, _numbers(items)), Decimal(len(items)))


def _median(items: list[object]) -> object:
    numbers = sorted(_numbers(items))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return DECIMALS.divide(DECIMALS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def _deviation(items: list[object]) -> object:
    numbers = _numbers(items)
    if len(numbers) < 2:
        raise NotApplicable("needs two numbers")
    mean = _mean(items)
    distances = (DECIMALS.subtract(n, mean) for n in numbers)
    squares = reduce(DECIMALS.add, (DECIMALS.multiply(d, d) for d in distances))
    return DECIMALS.sqrt(DECIMALS.divide(squares, Decimal(len(numbers) - 1)))


def _mode(items: list[object]) -> object:
    counted = Counter(_numbers(items) if items else [])
    most = max(counted.values(), default=0)
    return sorted(n for n, times in counted.items() if times == most)


def _all(items: list[object]) -> object:
    if any(i is False for i in items):
        return False
    return None if any(i is not True for i in items) else True


def _any(items: list[object]) -> object:
    if any(i is True for i in items):
        return True
    return None if any(i is not False for i in items) else False


def _distinct(items: list[object]) -> list[object]:
    if _are_plain(items):
        return list(dict.fromkeys(items))
    seen: list[object] = []
    for item in items:
        if not any(equal(item, s) for s in seen):
            seen.append(item)
    return seen


def _flatten(items: list[object]) -> list[object]:
    flat: list[object] = []
    for item in items:
        flat.extend(_flatten(item) if isinstance(item, list) else [item])
    return flat


def _repeated(items: list[object]) -> list[object]:
    """Each item that comes more than once, where it comes first."""
    if _are_plain(items):
        return [item for item, times in Counter(items).items() if times > 1]
    return _distinct([i for i in items if sum(bool(equal(i, j)) for j in items) > 1])


def _sublist(items: object, start: object, length: object = None) -> object:
    values, at = _list(items), int(start)  # type: ignore[call-overload]
    begin = at - 1 if at > 0 else len(values) + at
    end = len(values) if length is None else begin + int(length)  # type: ignore[call-overload]
    if at == 0 or begin < 0 or end > len(values):
        raise NotApplicable("outside the list")
    return values[begin:end]


def _position(items: list[object], position: object) -> int:
    at = int(position)  # type: ignore[call-overload]
    index = at - 1 if at > 0 else len(items) + at
    if at == 0 or not 0 <= index < len(items):
        raise NotApplicable("outside the list")
    return int(index)


def _insert_before(items: object, position: object, new: object) -> object:
    values = list(_list(items))
    values.insert(_position(values, position), new)
    return values


def _remove(items: object, position: object) -> object:
    values = list(_list(items))
    del values[_position(values, position)]
    return values


def _replace(items: object, position: object, new: object) -> object:
    """`position` counts from 1 or -1, or is a function of an item and the new one."""
    values = list(_list(items))
    if isinstance(position, Function):
        picked = [position.body(v, new) for v in values]
        if not all(isinstance(p, bool) for p in picked):
            raise NotApplicable("the match function answers true or false")
        return [new if p else v for p, v in zip(picked, values, strict=True)]
    if not isinstance(position, Decimal):
        raise NotApplicable("needs a position")
    values[_position(values, position)] = new
    return values


def _same(left: object, right: object) -> object:
    """Equal, of the same type, and of the same zone: a zone's name differs from its offset."""
    zones = [
        (type(z), str(z)) for z in (getattr(base_of(v), "tzinfo", None) for v in (left, right))
    ]
    return bool(equal(left, right)) and zones[0] == zones[1]


def _index_of(items: object, match: object) -> object:
    return [Decimal(i) for i, v in enumerate(_list(items), 1) if equal(v, match)]


def _sort(items: object, precedes: object = None) -> object:
    values = _list(items)
    if not isinstance(precedes, Function):
        if _are_plain(values):
            return sorted(values)  # type: ignore[type-var]
        return sorted(values, key=cmp_to_key(lambda a, b: order(a, b) or 0))
    body = precedes.body
    return sorted(values, key=cmp_to_key(lambda a, b: -1 if body(a, b) is True else 1))


def _not(value: object) -> object:
    return not value if isinstance(value, bool) else None


FUNCTIONS = {
    "not": Function(("negand",), _not),
    "count": Function(("list",), lambda v: Decimal(len(_list(v)))),
    "min": _extreme(-1),
    "max": _extreme(1),
    "sum": _spread(_sum),
    "mean": _spread(_mean),
    "median": _spread(_median),
    "stddev": _spread(_deviation),
    "mode": _spread(_mode),
    "product": _spread(lambda v: reduce(DECIMALS.multiply, _numbers(v))),
    "all": _spread(_all),
    "any": _spread(_any),
    "and": _spread(_all),
    "or": _spread(_any),
    "list contains": Function(("list", "element"), lambda v, e: any(equal(i, e) for i in _list(v))),
    "append": Function(("list", "item"), lambda v, *items: [*_list(v), *items], variadic=True),
    "concatenate": Function(
        ("list",), lambda *lists: [i for v in lists for i in _list(v)], variadic=True
    ),
    "union": Function(
        ("list",), lambda *lists: _distinct([i for v in lists for i in _list(v)]), variadic=True
    ),
    "distinct values": Function(("list",), lambda v: _distinct(_list(v))),
    "duplicate values": Function(("list",), lambda v: _repeated(_list(v))),
    "flatten": Function(("list",), lambda v: _flatten(_list(bounded(v)))),
    "reverse": Function(("list",), lambda v: _list(v)[::-1]),
    "sublist": Function(("list", "start position", "length"), _sublist),
    "insert before": Function(("list", "position", "newItem"), _insert_before),
    "remove": Function(("list", "position"), _remove),
    "list replace": Function(("list", "position", "newItem"), _replace),
    "is": Function(("value1", "value2"), _same),
    "index of": Function(("list", "match"), _index_of),
    "sort": Function(("list", "precedes"), _sort),
    "get or else": Function(("value", "default"), lambda v, d: d if v is None else v),
    "is empty": Function(("list",), lambda items: not _list(items)),
    "partition": Function(("list", "size"), _partition),
    "is defined": Function(("value",), lambda v: v is not None),
}
