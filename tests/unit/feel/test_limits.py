"""No expression runs, or grows, without end."""

import pytest

from orchestrator.feel import FeelLimit, parse, to_json

TEN = '"0123456789"'


def doubling(first: str, step: str, times: int) -> str:
    steps = "".join(f", v{n}: {step.replace('_', f'v{n - 1}')}" for n in range(1, times))
    return f"{{v0: {first}{steps}}}"


@pytest.mark.parametrize(
    "text",
    [
        doubling(TEN, "_ + _", 40) + ".v39",
        doubling("[1, 2]", "concatenate(_, _)", 40) + ".v39",
        doubling("[1, 2]", "[_, _, _, _]", 40) + ".v39",
        f"string({doubling('[1, 2]', '[_, _, _, _]', 40)}.v39)",
        f"flatten({doubling('[1, 2]', '[_, _, _, _]', 40)}.v39)",
        f"string join(for i in 1..9999 return {doubling(TEN, '_ + _', 20)}.v19)",
        "for i in 1..100000 return sum(for j in 1..100000 return j)",
        "{xs: for j in 1..100000 return j, y: for i in xs return sum(xs)}.y",
        "for i in 1..100000 return sum(partial)",
        "for i in 1..100000000000000000000000000 return i",
    ],
)  # fmt: skip
def test_a_hostile_expression_ends(text: str) -> None:
    with pytest.raises(FeelLimit):
        to_json(parse(text).evaluate({}).value)


def test_what_came_so_far_is_a_copy() -> None:
    found = parse("for i in 1..3 return partial").evaluate({}).value
    assert to_json(found) == [[], [[]], [[], [[]]]]
    long = parse("for i in 1..20000 return if i < 3 then 1 else partial[-1] + 1 - partial[-2] / 2")
    assert len(to_json(long.evaluate({}).value)) == 20_000  # type: ignore[arg-type]
