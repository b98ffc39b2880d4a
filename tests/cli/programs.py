#!/usr/bin/env python3
"""Which programs do scripts call that nothing installs? programs.py SETUP FILE ...

Prints "FILE:LINE: PROGRAM" and why for each; status 1 if there is any. Knows a program by its
place in a command, not by looking for it on this machine, which may have more than others. SETUP
is scripts/setup, with its lists RUN, CHECK, CHECK_LONG and COVERAGE. A FILE is a shell script, a Python
program (what `which` and `subprocess` are given) or a Makefile (its recipes). Without a FILE it
looks at its own tables: is each program where they say, as far as this machine has the packages?
"""
import re
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path
from shutil import which

# What the smallest Debian has, by package; a package that others may do without is not among them.
THERE = {
    "apt": "apt-cache apt-config apt-get", "bash": "bash", "bsdutils": "script",
    "coreutils": "base64 basename cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df dirname du env "
                 "expand expr factor false fmt fold groups head id install join link ln logname ls md5sum mkdir "
                 "mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste printenv printf pwd readlink realpath rm "
                 "rmdir seq sha1sum sha256sum sha512sum shuf sleep sort split stat stdbuf stty sync tac tail tee test "
                 "timeout touch tr true truncate tsort tty uname unexpand uniq unlink wc whoami yes",
    "dash": "sh", "debianutils": "run-parts", "diffutils": "cmp diff", "dpkg": "dpkg dpkg-query",
    "findutils": "find xargs", "grep": "egrep fgrep grep", "gzip": "gunzip gzip zcat", "hostname": "hostname",
    "libc-bin": "getconf getent iconv ldd locale", "mawk": "awk", "mount": "mount umount",
    "perl-base": "perl", "sed": "sed", "tar": "tar",
    "util-linux": "flock ionice prlimit rev setarch setpriv setsid taskset unshare",
}
# What the packages have that scripts/setup installs. Their other programs are added here when they are used.
INSTALLED = {
    "chromium": "chromium", "clang": "clang", "clang-format": "clang-format", "clang-tidy": "clang-tidy",
    "gcc": "gcc", "gcovr": "gcovr", "jq": "jq", "librsvg2-bin": "rsvg-convert",
    "make": "make", "meson": "meson", "ninja-build": "ninja", "npm": "npm", "pkg-config": "pkg-config",
    "procps": "free pgrep ps", "python3": "python3", "sqlite3": "sqlite3",
}
# What is called only where it is there, or has just been installed: file, program.
OPTIONAL = {
    ("bench/instructions", "valgrind"), ("bench/report", "chromium-browser"),
    ("scripts/setup", "sudo"), ("scripts/check-bare", "debootstrap"), ("scripts/check-bare", "git"),
}
# Programs and functions that are given a command: how many words stand before it, and options with a value.
CARRIERS = {
    "command": (0, ""), "builtin": (0, ""), "exec": (0, "-a"), "env": (0, "-u -C"), "nice": (0, "-n"), "nohup": (0, ""),
    "setsid": (0, ""), "sudo": (0, "-u"), "time": (0, ""), "timeout": (1, "-k -s"), "xargs": (0, "-n -P -I -d -L -s"),
    "stdbuf": (0, "-i -o -e"), "unshare": (0, "--propagation"), "setpriv": (0, "--pdeathsig"), "flock": (1, "-w -E"),
    "setarch": (1, ""), "chroot": (1, ""), "ionice": (0, "-c -n"), "taskset": (1, ""), "prlimit": (0, ""),
    "holds": (1, ""), "try": (1, ""), "need": (1, ""), "as_root": (0, ""), "in_root": (0, ""),
}
BROUGHT = {"awk", "pkg-config", "python3"}  # by packages that those of the tables depend on
OPENERS = set("if then else elif while until do ! { time".split())
END = object()


class Script:
    """Reads a shell script; `calls` are lines and words of its commands, None for what is not literal."""

    def __init__(self, text, line=1):
        self.text, self.at, self.line0 = text, 0, line
        self.ends = [at for at, letter in enumerate(text) if letter == "\n"]
        self.calls, self.functions, self.here = [], set(), []

    def line(self, at=None):
        return self.line0 + bisect_left(self.ends, self.at if at is None else at)

    def peek(self, n=1):
        return self.text[self.at:self.at + n]

    def parse(self, closer=None):
        """Commands up to `closer` (")" or "`") or the end of the text."""
        words, line, cases = [], 1, []  # cases: True where a pattern comes next

        def done():
            nonlocal words
            while words and words[0] in OPENERS:
                words = words[1:]
            if words:
                self.calls.append((line, words))
            words = []

        while self.at < len(self.text):
            c = self.peek()
            if c in " \t" or self.peek(2) == "\\\n":
                self.at += 1 if c in " \t" else 2
            elif c == "#":
                self.skip_line()
            elif c == closer and not (cases and cases[-1]):
                self.at += 1
                return done()
            elif c in "\n;&|" and not (c == "&" and self.peek(2) == "&>"):
                done()
                if cases and self.peek(2) in (";;", ";&"):
                    cases[-1] = True
                    self.at += 1
                self.at += 1
                if c == "\n":
                    self.skip_here()
            elif cases and cases[-1]:
                self.skip_pattern(cases)
            elif self.peek(2) == "((" and not words:
                self.nested("((")
            elif c == "(":
                self.at += 1
                if len(words) == 1 and words[0] and self.peek() == ")":
                    self.functions.add(words.pop())
                    self.at += 1
                else:
                    done()
                    self.parse(")")
            elif c in "<>" or self.peek(2) == "&>":
                self.redirection()
            elif c == ")":
                self.at += 1  # of an unknown construct
            else:
                if not words:
                    line = self.line()
                word = self.word()
                if isinstance(word, str) and word.isdigit() and self.peek() in ("<", ">"):
                    continue
                if words and words[-1:] == ["case"] or words[:1] == ["case"]:
                    words.append(word)
                    if word == "in":
                        words = []
                        cases.append(True)
                elif word == "[[" and not words:
                    self.skip_test()
                elif not words and word == "function":
                    self.skip_blanks()
                    self.functions.add(self.word())
                elif not words and word is not END and word is not None and word in ("for", "select"):
                    self.skip_list()
                elif not words and word == "esac":
                    if cases:
                        cases.pop()
                else:
                    words.append(word)
                    while words and words[0] in OPENERS:
                        words = words[1:]
                    while words and words[0] is END:  # an assignment
                        words = words[1:]
                    if words[:1] == ["case"]:
                        continue
        done()

    def skip_line(self):
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def skip_blanks(self):
        while self.peek() in (" ", "\t"):
            self.at += 1

    def skip_pattern(self, cases):
        """A pattern of `case` with its ")", or `esac`."""
        if re.match(r"esac\b", self.text[self.at:]):
            self.at += 4
            cases.pop()
            return
        while self.at < len(self.text) and self.peek() != ")":
            if self.peek() in "'\"\\$":
                self.word()
            else:
                self.at += 1
        self.at += 1
        cases[-1] = False

    def skip_test(self):
        while self.at < len(self.text) and self.peek(2) != "]]":
            if self.peek() in "'\"\\$":
                self.word()
            else:
                self.at += 1
        self.at += 2

    def skip_list(self):
        """The head of `for NAME in WORD ...`, whose words are no commands."""
        self.skip_blanks()
        if self.peek(2) == "((":
            self.nested("((")
            return
        while self.at < len(self.text) and self.peek() not in ";\n":
            if self.peek() in " \t&|()":
                self.at += 1
            elif self.peek(2) == "\\\n":
                self.at += 2
            else:
                self.word()

    def nested(self, opener):
        """Up to what closes "((", "$((", "${" or "(" of a list; commands in it are looked at."""
        self.at += len(opener)
        closer = {"{": "}", "(": ")"}[opener[-1]]
        depth = opener.count("(") or 1
        while self.at < len(self.text) and depth:
            c = self.peek()
            if c == "\\":
                self.at += 2
            elif c in "\"`" or c == "'" and opener != "${" or c == "$" and self.peek(2) in ("$(", "${", "$'"):
                self.piece()
            elif c == "#" and opener == "(" and self.text[self.at - 1] in " \t\n":
                self.skip_line()
            else:
                depth += (c == opener[-1]) - (c == closer)
                self.at += 1

    def redirection(self):
        if self.peek(2) in ("<(", ">("):
            self.at += 2
            self.parse(")")
            return
        operator = re.match(r"&>>?|<<<|<<-?|<>|>>|>\||[<>]&|[<>]", self.text[self.at:])[0]
        self.at += len(operator)
        self.skip_blanks()
        start = self.at
        word = self.word() if self.peek() not in ("\n", ";", "") else ""
        if operator.startswith("<<") and operator != "<<<":
            raw = self.text[start:self.at]
            self.here.append((re.sub(r"['\"\\]", "", raw), not re.search(r"['\"\\]", raw), operator == "<<-"))
        return word

    def skip_here(self):
        """The here-documents that begin on this line; commands in them are looked at where the shell does."""
        for end, expanded, tabs in self.here:
            while self.at < len(self.text):
                start, stop = self.at, self.text.find("\n", self.at)
                stop = len(self.text) if stop < 0 else stop
                row = self.text[start:stop]
                self.at = min(stop + 1, len(self.text))
                if (row.lstrip("\t") if tabs else row) == end:
                    break
                if expanded and "$(" in row:
                    self.inner('"' + row.replace('"', "'") + '"', start)
        self.here = []

    def inner(self, text, at=None):
        part = Script(text, self.line(at))
        part.parse()
        self.calls += [call for call in part.calls if call[1] != [None] or not at]
        self.functions |= part.functions

    def piece(self):
        """One quoted or expanded piece of a word: its text, or None if it is not literal."""
        c = self.peek()
        if c == "'":
            end = self.text.index("'", self.at + 1)
            text, self.at = self.text[self.at + 1:end], end + 1
            return text
        if c == '"':
            return self.quoted()
        if c == "`":
            self.at += 1
            self.parse("`")
            return None
        if self.peek(2) == "$'":
            self.at += 2
            while self.peek() != "'":
                self.at += 2 if self.peek() == "\\" else 1
            self.at += 1
            return ""
        if self.peek(3) == "$((":
            self.nested("$((")
            return None
        if self.peek(2) == "$(":
            self.at += 2
            self.parse(")")
            return None
        if self.peek(2) == "${":
            self.nested("${")
            return None
        self.at += 1
        name = re.match(r"[A-Za-z_]\w*|[0-9?#@*!$-]", self.text[self.at:])
        self.at += len(name[0]) if name else 0
        return None if name else "$"

    def quoted(self):
        self.at += 1
        text = ""
        while self.at < len(self.text) and self.peek() != '"':
            if self.peek() == "\\":
                text = None if text is None else text + self.text[self.at + 1]
                self.at += 2
            elif self.peek() in "$`":
                part = self.piece()
                text = None if part is None or text is None else text + part
            else:
                text = None if text is None else text + self.peek()
                self.at += 1
        self.at += 1
        return text

    def word(self):
        """A word: its text, None if it is not literal, END for an assignment."""
        text, assignment = "", False
        while self.at < len(self.text):
            c = self.peek()
            if c in " \t\n;&|<>)":
                break
            if c == "(":
                if not (assignment and text is not None and text.endswith("=")):
                    break
                self.nested("(")
            elif c in "'\"`$":
                part = self.piece()
                text = None if part is None or text is None else text + part
            elif c == "\\":
                text = None if text is None else text + self.text[self.at + 1:self.at + 2]
                self.at += 2
            else:
                text = None if text is None else text + c
                self.at += 1
                if c == "=" and text is not None and re.fullmatch(r"[A-Za-z_]\w*(\[[^]]*\])?\+?=", text):
                    assignment = True
        return END if assignment else text


def carried(words):
    """The command that a command is given: its words, or nothing."""
    before, valued = CARRIERS[words[0]]
    rest = words[1:]
    if words[0] == "command" and rest and rest[0] in ("-v", "-V"):
        return []
    while rest:
        word = rest[0]
        if word is END or word is not None and re.match(r"\w+=", word):
            rest = rest[1:]
        elif word is not None and re.match(r"-.", word):
            rest = rest[2 if word in valued.split() else 1:]
        elif before:
            before, rest = before - 1, rest[1:]
        else:
            break
    return rest


def programs(script):
    """Lines and names of what a script calls, functions left out."""
    queue = [(line, list(words)) for line, words in script.calls]
    while queue:
        line, words = queue.pop(0)
        while words and words[0] is END:
            words = words[1:]
        if not words or words[0] is None:
            continue
        name = words[0]
        if name in CARRIERS:
            queue.append((line, carried(words)))
        text = None
        if name in ("sh", "bash") and len(words) > 2 and re.match(r"-\w*c$", words[1] or ""):
            text = words[2]
        elif name in ("eval", "trap", "on_terminal") and len(words) > 1:
            text = words[1]
        if text is not None and text is not END:
            part = Script(text, line)
            part.parse()
            queue += part.calls
        if name not in script.functions:
            yield line, name


def recipes(text):
    """The recipes of a Makefile as a shell script with the same lines."""
    variables = dict(re.findall(r"^(\w+) *:?= *(.*)$", text, re.M))
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"^\t[@-]*", "\t", line) if line.startswith("\t") or lines and lines[-1].endswith("\\") else ""
        line = re.sub(r"\$\((\w+)\)", lambda m: variables.get(m[1], ""), line)
        lines.append(line.replace("$$", "$"))
    return "\n".join(lines)


def called(path):
    """Lines and names of what a file calls."""
    text = Path(path).read_text(encoding="utf-8")
    if "python" in text.split("\n", 1)[0]:
        for match in re.finditer(r"(?:which\(|subprocess\.\w+\(\[?|os\.system\()\s*f?[\"']([\w.+-]+)", text):
            yield text.count("\n", 0, match.start()) + 1, match[1]
        return
    script = Script(recipes(text) if Path(path).name == "Makefile" else text)
    script.parse()
    shared = Path(path).parent / "tap.sh"
    if shared.exists():
        common = Script(shared.read_text(encoding="utf-8"))
        common.parse()
        script.functions |= common.functions
    yield from programs(script)


def package_lists(setup):
    """What scripts/setup installs, list by list."""
    text = Path(setup).read_text(encoding="utf-8").replace("\\\n", " ")
    return {name: set(words.split())
            for name, words in re.findall(r'^(RUN|CHECK|CHECK_LONG|COVERAGE)="([^"]*)"', text, re.M)}


def wrong_tables():
    """What the tables say of packages that are installed here and is not so; nothing where there is no dpkg."""
    if not which("dpkg-query"):
        return []
    troubles = []
    for package, names in [*THERE.items(), *INSTALLED.items()]:
        state = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Essential} ${Priority}", package],
                               capture_output=True, text=True, check=False).stdout.split()
        if state[:1] != ["installed"]:
            continue
        if package in THERE and not {"yes", "required"} & set(state):
            troubles.append(f"{package}: is not in the smallest Debian")
        listed = subprocess.run(["dpkg-query", "-L", package], capture_output=True, text=True, check=True).stdout
        found = set(re.findall(r"^(?:/usr)?/s?bin/(.+)$", listed, re.M)) | BROUGHT
        troubles += [f"{package}: has no {name}" for name in names.split() if name not in found]
    return troubles


def main(setup, files):
    shell = set(subprocess.run(["bash", "-c", "compgen -b; compgen -k"], capture_output=True, text=True,
                               check=True).stdout.split()) | {"[", "]"}
    there = {name for names in THERE.values() for name in names.split()}
    package = {name: package for package, names in INSTALLED.items() for name in names.split()}
    lists = package_lists(setup)
    installed = set().union(*lists.values()) if len(lists) == 4 else set()
    troubles = [] if files else wrong_tables()
    for path in files:
        for line, name in called(path):
            name = re.sub(r"^/(usr/)?s?bin/", "", name)
            key = ("/".join(Path(path).parts[-2:]) if Path(path).name != "Makefile" else "Makefile", name)
            if name in shell or name in there or "/" in name or key in OPTIONAL:
                continue
            if package.get(name) is None:
                troubles.append(f"{path}:{line}: {name}: in no package that this test knows")
            elif package[name] not in installed:
                troubles.append(f"{path}:{line}: {name}: scripts/setup does not install {package[name]}")
    print("\n".join(sorted(set(troubles))), end="\n" if troubles else "")
    return 1 if troubles else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
