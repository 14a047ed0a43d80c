"""`python -m samples.generator --out DIR --count N --seed S --split dev|test`."""

import argparse
import json
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from samples.generator.content import Invoice, another, invoice
from samples.generator.drawing import draw
from samples.generator.style import Style, style
from samples.scan import scanned


def make(folder: Path, split: str, seed: int, vendors: int, number: int) -> dict[str, Any]:
    """Write one PDF; its truth. The splits never share a seed. With `vendors` the invoice is of one
    of so many, each of which keeps its style; else every invoice has a vendor of its own."""
    dice = _dice(f"{split}/{seed}/{number}")
    if vendors:
        own = _dice(f"{split}/{seed}/vendor/{dice.randrange(vendors)}")
        first = invoice(own)
        said, chosen = another(dice, first), style(own, first, split)
    else:
        said = invoice(dice)
        chosen = style(dice, said, split)
    pdf = draw(said, chosen, dice)
    pdf = scanned(pdf, partial(_aged, dice)) if chosen.scanned else pdf
    name = f"{split}-{seed}-{number:06}.pdf"
    (folder / "pdf" / name).write_bytes(pdf)
    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    document.close()
    return _truth(name, said, chosen, pages)


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  no secret


def _truth(name: str, said: Invoice, chosen: Style, pages: int) -> dict[str, Any]:
    fields = {
        "number": said.number,
        "issue_date": said.issued.isoformat(),
        "seller": said.seller[0],
        "buyer": said.buyer[0],
        "currency": said.currency,
        "net": f"{said.net:.2f}",
        "tax": f"{said.tax:.2f}",
        "gross": f"{said.gross:.2f}",
    }
    if "due_date" in chosen.extras:
        fields["due_date"] = said.due.isoformat()
    if "order" in chosen.extras:
        fields["po_number"] = said.order
    lines = [
        {"name": x.name, "qty": str(x.quantity), "unit_price": str(x.price), "net": str(x.amount)}
        for x in said.lines
    ]
    family = f"{chosen.family}/{said.language}"
    return {"file": name, "family": family, "pages": pages, "fields": fields, "lines": lines}


def _aged(dice: random.Random, image: Image.Image) -> Image.Image:
    """Slightly askew and noisy."""
    image = image.rotate(dice.uniform(-1.2, 1.2), fillcolor=255)
    noise = Image.effect_noise(image.size, dice.uniform(10, 40))
    return Image.blend(image, noise, 0.08)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vendors", type=int, default=0, metavar="N", help="N vendors that recur")
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    options = parser.parse_args()
    (options.out / "pdf").mkdir(parents=True, exist_ok=True)
    work = partial(make, options.out, options.split, options.seed, options.vendors)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        truths = list(pool.map(work, range(options.count), chunksize=8))
    text = json.dumps(truths, ensure_ascii=False, indent=1)
    (options.out / "truth.json").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(truths)} invoices in {options.out}\n")


if __name__ == "__main__":
    main()
