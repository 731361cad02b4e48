#!/usr/bin/env python3
"""Draw the pictures of the documentation anew: the invented company's workbook, its pages, and the desk.

Needs LibreOffice (soffice), pdftoppm and the headless browser. Writes docs/pictures/*.png.
"""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
#: picture name -> (file pattern, page, dots per inch); the findings are printed on two pages side by side
WANTED = {
    "workbook-summary": ("linkedin-audit_all_*.xlsx", 1, 110),
    "workbook-findings": ("linkedin-audit_all_*.xlsx", 3, 120),
    "checklist": ("checklist_ZB1037_*.xlsx", 1, 100),
    "adoption": ("adoption.pdf", 1, 90),
}
#: how much of index.html is shown, in pixels
SHOWN = {"width": 1280, "height": 1760}


def main() -> int:
    for tool in ("soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            print(
                f"{tool} is needed; on Debian: "
                "apt-get install libreoffice-calc libreoffice-writer poppler-utils",
                file=sys.stderr,
            )
            return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "audit.py"), "demo", "-q", "--output", name],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        PICTURES.mkdir(parents=True, exist_ok=True)
        for picture, (pattern, page, dots) in WANTED.items():
            draw(next(folder.glob(f"*/{pattern}")), page, dots, folder, PICTURES / f"{picture}.png")
        photograph(next(folder.glob("*/index.html")), PICTURES / "month.png")
        photograph(next(folder.glob("*/fix-kits/KV1019/fix-kit.html")), PICTURES / "fix-kit.png")
        draw(letter(folder), 1, 90, folder, PICTURES / "letter.png")
        from _desk_pictures import draw_desk

        for path in draw_desk(folder, PICTURES):
            shrink(path, 128)
    return 0


def letter(folder: Path) -> Path:
    """The draft of a letter, which is written once somebody has looked at the profile."""
    policy = next(folder.glob("demo/*/config/policy.yaml"))
    for words in (
        ["offboarding", "looked", "ZB1037"],
        ["report", "--output", str(folder)],
    ):
        command = [sys.executable, str(ROOT / "scripts" / "audit.py"), *words, "--policy", str(policy)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return next(folder.glob("*/leavers/ZB1037_*/letter.docx"))


def draw(book: Path, page: int, dots: int, folder: Path, target: Path) -> None:
    pdf = book if book.suffix == ".pdf" else folder / f"{book.stem}.pdf"
    if pdf != book:
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    options = ["-png", "-singlefile", "-f", str(page), "-r", str(dots)]
    subprocess.run(["pdftoppm", *options, str(pdf), str(target.with_suffix(""))], check=True)
    trim(target)


def photograph(page: Path, target: Path) -> None:
    """The top of a page as the headless browser shows it."""

    async def look() -> None:
        from playwright.async_api import async_playwright

        sys.path.insert(0, str(ROOT))
        from auditor.sources._browser import launch

        async with async_playwright() as playwright:
            browser = await launch(playwright, (), "")
            opened = await browser.new_page(viewport=SHOWN)
            await opened.goto(page.as_uri())
            await opened.screenshot(path=target)
            await browser.close()

    asyncio.run(look())
    trim(target)


def trim(path: Path) -> None:
    """Cut the white margin away and keep the file small."""
    from PIL import Image, ImageChops

    picture = Image.open(path).convert("RGB")
    body = picture.crop((0, 0, picture.width, int(picture.height * 0.94)))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *body.size)
    right, bottom = min(body.width, right + 12), min(body.height, bottom + 12)
    body.crop((max(0, left - 12), max(0, top - 12), right, bottom)).save(path)
    shrink(path, 64)


def shrink(path: Path, colours: int) -> None:
    from PIL import Image

    picture = Image.open(path).convert("RGB")
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    if importlib.util.find_spec("PIL") is None:
        import _setup

        _setup.ready("requirements.txt")
        raise SystemExit(_setup.run([str(Path(__file__).resolve())]))
    raise SystemExit(main())
