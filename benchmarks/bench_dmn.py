"""Decision tables of 10, 100 and 1,000 rules over a text, a number and a boolean: evaluations per
second, and how much longer the largest takes than the smallest."""

import itertools
import time
from decimal import Decimal

from orchestrator import dmn

SIZES = (10, 100, 1_000)
COUNTRIES = 10
BAND = 100
SECONDS = 2.0


def table(rules: int) -> dmn.Definitions:
    """One band of amounts after the other for each country; every third rule asks for a customer
    that is known."""
    rows = "".join(_rule(number) for number in range(rules))
    columns = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>"
        for name in ("country", "amount", "known")
    )
    return dmn.parse(
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d"'
        ' namespace="d"><decision id="approval" name="approval"><decisionTable hitPolicy="FIRST">'
        f'{columns}<output name="level"/>{rows}</decisionTable></decision></definitions>'.encode()
    )


def _rule(number: int) -> str:
    band, country = divmod(number, COUNTRIES)
    tests = f'"C{country}"', f"[{band * BAND}..{(band + 1) * BAND})", "-" if number % 3 else "true"
    entries = "".join(f"<inputEntry><text>{test}</text></inputEntry>" for test in tests)
    return f"<rule>{entries}<outputEntry><text>{number}</text></outputEntry></rule>"


def rate(rules: int) -> float:
    """Evaluations per second, with inputs that come to each rule in turn."""
    definitions = table(rules)
    inputs = [
        {"country": f"C{n % COUNTRIES}", "amount": Decimal(n // COUNTRIES * BAND), "known": True}
        for n in range(rules)
    ]
    for number, given in enumerate(inputs):
        if dmn.evaluate(definitions, "approval", given).value != number:
            raise AssertionError(f"rule {number} did not answer")
    begun = time.perf_counter()
    for done, given in enumerate(itertools.cycle(inputs), 1):
        dmn.evaluate(definitions, "approval", given)
        if (spent := time.perf_counter() - begun) > SECONDS:
            return done / spent
    raise AssertionError("there are no rules")


def main() -> None:
    rates = {rules: rate(rules) for rules in SIZES}
    print("Decision table, 3 inputs, first hit")  # noqa: T201
    for rules, each in rates.items():
        print(f"  {rules:>5} rules {each:>9,.0f} evaluations/s {each * rules:>13,.0f} rules/s")  # noqa: T201
    times = rates[SIZES[0]] / rates[SIZES[-1]]
    print(f"  {SIZES[-1]} rules take {times:.2f} x the time of {SIZES[0]}")  # noqa: T201
