"""Number functions."""

import datetime as dt
import decimal
from collections.abc import Callable
from decimal import Decimal

from orchestrator.feel.extended import base_of, duration_of, nanos_of
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.values import DECIMALS, Function, YearsMonths


def _number(value: object) -> Decimal:
    if not isinstance(value, Decimal):
        raise NotApplicable("needs a number")
    return value


def to_number(text: object, grouping: object = None, point: object = None) -> object:
    """The number a text shows; separators as given, else a plain decimal text."""
    if isinstance(text, Decimal):
        return text
    if not isinstance(text, str):
        raise NotApplicable("needs a string")
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise NotApplicable("a separator is a space, comma or point")
    plain = text.replace(str(grouping), "") if grouping else text
    plain = plain.replace(str(point), ".") if point else plain
    try:
        return _finite(DECIMALS.create_decimal(plain.strip()))
    except decimal.InvalidOperation:
        raise NotApplicable(f"{text!r} is not a number") from None


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise NotApplicable("no finite result")
    return number


_UNITS = Decimal(0)
MIN_SCALE, MAX_SCALE = -6111, 6176  # of IEEE decimal128


def _rounded(mode: str) -> Callable[..., object]:
    def run(value: object, scale: object = _UNITS) -> object:
        if scale is _UNITS:
            return _number(value).to_integral_value(mode)
        number, places = _number(value), int(_number(scale))
        if not MIN_SCALE <= places <= MAX_SCALE:
            raise NotApplicable(f"the scale is from {MIN_SCALE} to {MAX_SCALE}")
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent <= places:
            return number
        return number.quantize(Decimal(1).scaleb(-places), mode, DECIMALS)

    return run


def _absolute(value: object) -> object:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    if isinstance(base_of(value), dt.timedelta):
        return duration_of(abs(nanos_of(value)))
    return _number(value).copy_abs()


def _modulo(dividend: object, divisor: object) -> object:
    a, b = _number(dividend), _number(divisor)
    whole = DECIMALS.divide(a, b).to_integral_value(decimal.ROUND_FLOOR)
    return DECIMALS.subtract(a, DECIMALS.multiply(b, whole))


_SCALED = ("n", "scale")
FUNCTIONS = {
    "number": Function(("from", "grouping separator", "decimal separator"), to_number),
    "decimal": Function(_SCALED, _rounded(decimal.ROUND_HALF_EVEN)),
    "floor": Function(_SCALED, _rounded(decimal.ROUND_FLOOR)),
    "ceiling": Function(_SCALED, _rounded(decimal.ROUND_CEILING)),
    "round up": Function(_SCALED, _rounded(decimal.ROUND_UP)),
    "round down": Function(_SCALED, _rounded(decimal.ROUND_DOWN)),
    "round half up": Function(_SCALED, _rounded(decimal.ROUND_HALF_UP)),
    "round half down": Function(_SCALED, _rounded(decimal.ROUND_HALF_DOWN)),
    "abs": Function(("n",), _absolute),
    "modulo": Function(("dividend", "divisor"), _modulo),
    "sqrt": Function(("number",), lambda n: DECIMALS.sqrt(_number(n))),
    "log": Function(("number",), lambda n: _finite(DECIMALS.ln(_number(n)))),
    "exp": Function(("number",), lambda n: DECIMALS.exp(_number(n))),
    "odd": Function(("number",), lambda n: _number(n) % 2 != 0),
    "even": Function(("number",), lambda n: _number(n) % 2 == 0),
}
