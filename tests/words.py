#!/usr/bin/env python3
"""Are the words of the repository those of the field? Prints each that is not: file, line, word, the plain term.

    words.py [--root DIR] [PATH]...

PATH: a file or folder of the repository; without any, all that WHERE names. A line with "words: ok" is not read: it
is for quotations. Exit status: 0, or 1 if anything was printed.
"""
import argparse
import re
import sys
from bisect import bisect_right
from pathlib import Path

WHERE = ["src", "include", "docs", "tests", "scenarios", "studies", "fuzz", "README.md", "CONTRIBUTING.md"]
ENDINGS = {".c", ".h", ".md", ".sh", ".py", ".yaml", ".js", ".css"}
# Files that have to name the words, and texts of others.
SKIPPED = {"tests/words.py", "tests/cli/words.sh"}
MARK = "words: ok"
# Texts that are long, or old, on purpose.
EXCEPT = {("tests/cli/report.sh", "room for"), ("scenarios/kazakhstan-2022/record.md", "judgement")}

NOUNS = ("activation|agent|arm|block|byte|cell|citizen|column|command|country|district|draw|entry|epoch|event|file|"
         "force|function|group|layer|letter|level|line|mechanism|model|module|month|office|outcome|pair|path|pattern|"
         "person|phase|question|range|region|replicate|resident|row|run|scale|series|study|target|thread|tile|town|"
         "unit|value|word")
AMOUNTS = "one|two|three|four|five|ten|hundred|number|flag|figure|picture|row|line|file|value|draw|digest|seed"

# What is not said (a regular expression; a space stands for any white space, also across lines of a comment or
# text), and what is said instead.
WORDS = [
    (r"\bh[au]ng(s|ing)? on\b|\bhangs? (up)?on (?=\w+ and)", "depends on"),
    (r"\b(go|goes|gone|going|went) on with\b", "resume"),
    (r"\b(it|they|which|that|run|runs|it all|to) (goes|go|gone|going|went) on\b", "continue"),
    (r"\b(numbers?|ours|figures?|values?|skill|observed|simulated|shown|seen|set|sets|setting|stands?|put|read|results) "
     r"(\w+ ){0,3}beside (?!it\b|its\b|them\b|him\b)|\bbeside (the )?(record|claims?|published|observed|what|ours|"
     r"one number|each other|another)\b|\brecord beside\b", "compared with"),
    (r"\breckon(s|ed|ing)?\b", "compute; take into account"),
    (r"\b(verdict|sign|answer|effect|it|that) turns? at\b", "break-even at"),
    (r"\bdifferences? that matters?\b|\bno effect that matters\b|\bnegligibl[ey]\b", "equivalent"),
    (r"\bsmallest effect that matters\b|\b(effect|effects|what) that matters?\b|\bwhat matters\b",
     "smallest effect of interest"),
    (r"\b(first|second|base|changed) arms?\b", "control arm, treatment arm"),
    (r"\branges? of what is not known\b|\b(on|over) what is not known\b", "parameter ranges"),
    (r"\bto the bit\b", "bit-identical"),
    (r"(?<!of )\bcourses?\b", "time series; ramp"),
    (r"\b(stp_)?(way_gone|left_after|course_go_on)\b", "lag_fraction, decay_factor, ramp"),
    (r"\blookers?\b", "visitor"),
    (r"\b(kept|plan)_only\b", "cached_only, dry_run"),
    (r"\b[A-Z0-9_]+_MOST\b|\bMOST_[A-Z0-9_]+\b", "MAX_x"),
    (r"\b(make|makes|made|no|enough|more|have|has|takes?) room (for|to)\b|\broom for\b|\bhas room\b",
     "capacity; space"),
    (r"\bspares?\b", "workspace"),
    (r"\bfates?\b", "district summary"),
    (r"\blearnt\b|\b(forecasts|it|they|is|are) tried on\b|\btrained from\b", "trained on, evaluated on"),
    (r"\bthere_before\b|\bmost_pairs\b", "existing_replicates, max_pairs"),
    (r"\bpath, watched\b|(->|\.)watched\b|\bwatched TEXT\b", "checkpoint_digest, trajectory_digest"),
    (r"\bboosts?\b", "threshold shift"),
    (rf"\b({AMOUNTS}|\d+) an? ({NOUNS})\b", "per: \"one per district\""),
    (r"\b(days|steps|weeks|hours|runs|rows|draws|bytes|values)_an?_[a-z]+\b", "per: steps_per_day"),
    (r"\bmemory (ran|runs|run) out\b|\branout of memory\b", "out of memory"),
    (r"\bis one too many\b|\"which [A-Z]{2}", "unexpected argument; missing argument"),
    (r"\b(effect|effects|it|that|which|unrest|outcome) goe?s? with\b", "correlates with"),
    (r"\b(was|were|is|are|been) told\b", "inputs, scripted events; distinguished"),
    (r"\bof before\b", "older"),
    (r"\bpatchworks?\b", "district"),
    (r"\bclassics?/|\bclassics?\.[ch]\b|\bST(P|EPPE)_CLASSIC|\bstp_classic_", "presets, models"),
    (r"\bsteppe power\b", "steppe seat"),
    (r"\bgauges?\b|\bprobe[sd]?\b|\bstp_(gauge|probe|judge|trial|contrast|reckon|fate|looker|course)\w*",
     "observable, measures, verdict, replicate run, two-sample"),
    (r"\bjudge[sd]?\b|\bjudge?ment\b|\bto verdict\b|\bverdicted\b", "verdict (a noun); test, decide"),
]


def flatten(text):
    """The text with every line break, and what begins the next line of a comment or string, as one space; and the
    offset at which each of its lines begins there."""
    out, starts, size = [], [0], 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if MARK in line:
            line = ""
        if number > 0:
            line = re.sub(r'^\s*(\*/?|#|//|"|>|\|)?\s*', "", line)
        line = re.sub(r'["\\]?\s*$', "", line) if number + 1 < len(lines) else line
        piece = re.sub(r"\s+", " ", line) + " "
        out.append(piece)
        size += len(piece)
        starts.append(size)
    return "".join(out), starts


def faults(text):
    flat, starts = flatten(text)
    for pattern, plain in COMPILED:
        for match in pattern.finditer(flat):
            yield bisect_right(starts, match.start()), match.group(0), plain


COMPILED = [(re.compile(pattern, re.IGNORECASE if pattern.islower() else 0), plain) for pattern, plain in WORDS]


def files_of(root, names):
    for name in names:
        path = root / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            relative = file.relative_to(root).as_posix()
            if file.is_file() and file.suffix in ENDINGS and relative not in SKIPPED:
                yield relative, file


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("paths", nargs="*", metavar="PATH")
    options = parser.parse_args()
    found = 0
    for name, file in files_of(options.root, options.paths or [w for w in WHERE if (options.root / w).exists()]):
        for line, word, plain in sorted(faults(file.read_text(encoding="utf-8", errors="replace"))):
            if (name, word.strip()) in EXCEPT:
                continue
            print(f"{name}:{line}: '{word.strip()}': say: {plain}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
