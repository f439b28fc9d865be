"""What Foedus is built of: pinned files with their hashes, and the page of licences.

``python bench/supply.py`` checks that ``requirements/`` and ``docs/licences.md`` agree with ``constraints.txt``, with
``pyproject.toml`` and with what is installed. ``python bench/supply.py --write`` makes them anew; it needs uv, which
asks the package index for the hashes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = {"runtime": ROOT / "requirements" / "runtime.txt", "development": ROOT / "requirements" / "development.txt"}
EXTRAS = {"runtime": [], "development": ["dev"]}
BUILD = ("hatchling", "editables")
"""What installs Foedus itself from its folder."""
PAGE = ROOT / "docs" / "licences.md"

ALLOWED = re.compile(
    r"MIT|MIT-0|MIT-CMU|BSD(?:-[234]-Clause)?|0BSD|Apache(?:-2\.0)?|PSF-2\.0|Python-2\.0|ISC|MPL-[12]\.[01]|Unlicense|Zlib|CC0-1\.0"
    r"|BlueOak-1\.0\.0|HPND|BSL-1\.0"
)
"""Licences of which one must be named for each package."""

_PINNED = re.compile(
    r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\\n]+)([^\\\n]*)(?:\\)?\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)*)",
    re.M,
)
_SAID = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache-2.0 license": "Apache-2.0",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "BSD License": "BSD",
    "BSD": "BSD",
    "3-Clause BSD License": "BSD-3-Clause",
    "New BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""How packages spell their licences, and the names by which the page calls them."""


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes by package, of a file with hashes."""
    return {plain(one[1]): (one[2], one[4].count("--hash=")) for one in _PINNED.finditer(text)}


def constraints() -> dict[str, str]:
    """Return the versions that ``constraints.txt`` pins."""
    lines = (line.partition(";")[0].strip() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    return {plain(name): version for name, _, version in (line.partition("==") for line in lines) if version}


def problems() -> list[str]:
    """Return what is wrong with the files, in words."""
    found = []
    fixed = constraints()
    for kind, path in FILES.items():
        pinned = pins(path.read_text("utf-8"))
        found += [f"{path.name}: {name} has no hash" for name, (_, hashes) in pinned.items() if not hashes]
        found += [
            f"{path.name}: {name} is {version}, and {fixed[name]} in constraints.txt"
            for name, (version, _) in pinned.items()
            if name in fixed and fixed[name] != version
        ]
        found += [f"{path.name}: {one} is missing" for one in _wanted(kind) if one not in pinned]
    return found + licence_problems()


def licence_problems() -> list[str]:
    """Return what is wrong with the page of licences."""
    rows = page_rows()
    pinned = {name: version for path in FILES.values() for name, (version, _) in pins(path.read_text("utf-8")).items()}
    found = [f"{PAGE.name}: {name} {version} is missing" for name, version in pinned.items() if name not in rows]
    found += [f"{PAGE.name}: {name} is not used any more" for name in rows if name not in pinned]
    for name, (version, licence) in rows.items():
        if name in pinned and pinned[name] != version:
            found.append(f"{PAGE.name}: {name} is {pinned[name]}, and the page says {version}")
        if not ALLOWED.search(licence):
            found.append(f"{PAGE.name}: {name}: {licence!r} is none of the licences that may be used")
        said = installed_licence(name, version)
        if said is not None and said != licence:
            found.append(f"{PAGE.name}: {name} says {said!r} of itself, and the page {licence!r}")
    return found


def page_rows() -> dict[str, tuple[str, str]]:
    """Return version and licence by package, as the page has them."""
    table = PAGE.read_text("utf-8").partition("| package | version |")[2] if PAGE.exists() else ""
    rows = re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \| ([^|]+) \| ([^|]+) \|", table, re.M)
    return {name: (version.strip(), licence.strip()) for name, version, licence in rows}


def installed_licence(name: str, version: str) -> str | None:
    """Return the licence that an installed package of that version states, or None where it is not installed."""
    try:
        facts = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if facts["Version"] != version:
        return None
    if facts.get("License-Expression"):
        return str(facts.get("License-Expression"))
    said = [one.rpartition(" :: ")[2] for one in facts.get_all("Classifier") or () if one.startswith("License ::")]
    said = [one for one in said if one != "OSI Approved"] or [str(facts.get("License") or "").strip().split("\n")[0]]
    return " AND ".join(_SAID.get(one, one) for one in said) or "not stated"


def _wanted(kind: str) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [
        *project["dependencies"],
        *(one for extra in EXTRAS[kind] for one in project["optional-dependencies"][extra]),
    ]
    return [*BUILD, *(plain(re.split(r"[<>=!\[; ]", one)[0]) for one in named)]


def write() -> None:
    """Make the files with hashes, and the page."""
    for kind, path in FILES.items():
        extras = [part for extra in EXTRAS[kind] for part in ("--extra", extra)]
        done = subprocess.run(
            [
                "uv",
                "pip",
                "compile",
                "pyproject.toml",
                "-",
                *extras,
                "--constraint",
                "constraints.txt",
                "--universal",
                "--python-version",
                "3.11.5",
                "--generate-hashes",
                "--no-header",
                "--no-annotate",
                "--quiet",
                "--no-emit-index-url",
                "--no-emit-find-links",
            ],
            cwd=ROOT,
            input="\n".join(BUILD),
            capture_output=True,
            text=True,
            check=True,
        )
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Made by: python bench/supply.py --write\n{done.stdout}", "utf-8")
    _write_page()


def _write_page() -> None:
    runtime = pins(FILES["runtime"].read_text("utf-8"))
    everything = runtime | pins(FILES["development"].read_text("utf-8"))
    before = page_rows()
    rows = []
    for name, (version, _) in sorted(everything.items()):
        licence = installed_licence(name, version) or before.get(name, ("", "not stated"))[1]
        use = "Foedus" if name in runtime else "building and testing"
        rows.append(f"| {name} | {version} | {licence} | {use} |")
    head, _, rest = PAGE.read_text("utf-8").partition("| package | version |")
    tail = rest.partition("\n\n")[2]
    table = "\n".join(["| package | version | licence | used for |", "| --- | --- | --- | --- |", *rows])
    PAGE.write_text(f"{head}{table}\n" + (f"\n{tail}" if tail else ""), "utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    wrong = problems()
    sys.stdout.write("\n".join([*wrong, f"{len(page_rows())} packages; {len(wrong)} problems"]) + "\n")
    sys.exit(bool(wrong))
