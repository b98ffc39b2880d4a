#!/usr/bin/env python3
"""Make a C file of the report's web files: embed.py OUT.c PAGE.css PAGE.js CHARTS

CHARTS is the folder of uPlot, as npm installs it. It may be missing: the report then has no
interactive charts. OUT.c is written only if that changes it.
"""
import sys
from pathlib import Path


def literal(text):
    """A text as an array of bytes: C compilers need not take long strings."""
    data = text.encode("utf-8") + b"\0"
    lines = (data[i:i + 24] for i in range(0, len(data), 24))
    return "{" + ",\n".join(",".join(str(byte) for byte in line) for line in lines) + "}"


def charts(folder):
    """Style and script of uPlot with its licence, or two empty texts."""
    files = ("LICENSE", "dist/uPlot.min.css", "dist/uPlot.iife.min.js")
    try:
        licence, style, script = ((folder / name).read_text(encoding="utf-8") for name in files)
    except OSError:
        return "", ""
    if "*/" in licence or "</" in script or "</" in style:
        sys.exit(f"embed.py: {folder}: not the files that were expected")
    return style + "\n", f"/*! uPlot\n{licence}*/\n{script}"


def main(out, style, script, folder):
    page = {"page_css": Path(style).read_text(encoding="utf-8"),
            "page_js": Path(script).read_text(encoding="utf-8")}
    page["chart_css"], page["chart_js"] = charts(Path(folder))
    text = '#include "report/page/web.h"\n'
    for name, content in page.items():
        text += f"\nconst char stp_web_{name}[] = {literal(content)};\n"
    target = Path(out)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
