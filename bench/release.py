"""Everything that a release needs, built and tried: wheel and sdist, each in an environment of its own.

``make release`` builds both into ``dist/`` and looks at what is in them. It then installs the wheel under each Python
from 3.11 to 3.14 that it finds on the path, the sdist under the one that runs this, and asks each installation for one
forecast, which must be the same everywhere. At the end it tells what is left for the owner to do, and leaves with
status 1 while something is. It publishes nothing.

``python bench/release.py tests/base tests/world`` runs these tests of the sdist under each Python, too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ASKED = ("forecast", "tokyo-office", "--as-of", "2023-07-10", "--draws", "500", "--json")
BELONG = (
    "README.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "paper.md",
    "paper.bib",
    "Dockerfile",
    "Makefile",
    "constraints.txt",
    "pyproject.toml",
    "requirements/runtime.txt",
    "docs/index.md",
    "docs/notebooks/tokyo.ipynb",
    "r/DESCRIPTION",
    "r/man/forecast.Rd",
    "tests/test_r.py",
)
"""What a source distribution must hold, beside the package."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def built() -> tuple[Path, Path]:
    """Build wheel and sdist anew, and return where they lie."""
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", DIST], cwd=ROOT, check=True, capture_output=True)
    [wheel], [sdist] = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    return wheel, sdist


def missing(wheel: Path, sdist: Path) -> list[str]:
    """Return what the two should hold and do not."""
    package = {
        str(place.relative_to(ROOT / "src"))
        for place in (ROOT / "src" / "foedus").rglob("*")
        if place.is_file() and "__pycache__" not in place.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {*BELONG, *(f"src/{name}" for name in package)}
    return [f"{wheel.name} has no {name}" for name in sorted(package - in_wheel)] + [
        f"{sdist.name} has no {name}" for name in sorted(wanted - in_sdist)
    ]


def owed(wheel: Path) -> list[str]:
    """Return what the owner must still decide: names of hosts that do not exist, versions that differ, a blank log."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    left = [
        f"pyproject.toml: [project.urls] names {url}; put the real address there"
        for url in metadata.get_all("Project-URL", [])
        if ".invalid" in url
    ]
    if not metadata.get_all("Project-URL"):
        left.append("pyproject.toml: [project.urls] is not there")
    described = (ROOT / "r" / "DESCRIPTION").read_text("utf-8")
    if ".invalid" in described:
        left.append("r/DESCRIPTION: the maintainer's address is one that does not exist")
    version = metadata["Version"]
    for place, text, found in (
        ("CITATION.cff", (ROOT / "CITATION.cff").read_text("utf-8"), r"^version: (\S+)"),
        ("r/DESCRIPTION", described, r"^Version: (\S+)"),
    ):
        named = re.findall(found, text, re.M)
        if named != [version]:
            left.append(f"{place}: version {', '.join(named)}, and the package has {version}")
    if "repository-code:" not in (ROOT / "CITATION.cff").read_text("utf-8"):
        left.append("CITATION.cff: repository-code is not there")
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if "## Unreleased" in log or f"## {version}" not in log:
        left.append(f"CHANGELOG.md: what is unreleased belongs under a heading for {version}, or for a newer version")
    return left


def pythons() -> list[Path]:
    """Return the Pythons on the path that Foedus supports and that run."""
    found = [shutil.which(f"python{version}") for version in PYTHONS]
    there = [Path(place) for place in found if place is not None]
    return [place for place in there if subprocess.run([place, "-V"], capture_output=True, check=False).returncode == 0]


def answer(python: Path, file: Path, tests: list[str], sdist: Path) -> str:
    """Install a file into a new environment, run the tests that are asked for, and return one forecast."""
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        subprocess.run([python, "-m", "venv", inside / "env"], check=True)
        place = inside / "env" / ("Scripts" if os.name == "nt" else "bin")
        extra = "[dev]" if tests else ""
        pip = [place / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", ROOT / "constraints.txt", f"{file}{extra}"], check=True, cwd=inside)
        if tests:
            with tarfile.open(sdist) as archive:
                archive.extractall(inside, filter="data")
            [source] = [found for found in inside.iterdir() if found.name.startswith("foedus-")]
            shutil.rmtree(source / "src")  # what is tested is what was installed
            asked = [place / "python", "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *tests]
            subprocess.run(asked, check=True, cwd=source)
        told = subprocess.run([place / "foedus", *ASKED], check=True, cwd=inside, capture_output=True, text=True)
        options = json.loads(told.stdout)["options"]
        return ", ".join(f"{option['label']} {option['probability']:.6f}" for option in options)


def main() -> int:
    """Build, look, try, and say what is left."""
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    wheel, sdist = built()
    for file in (wheel, sdist):
        say(f"built {file.relative_to(ROOT)}, {file.stat().st_size / 1e6:.1f} MB, for Python {supported}")
    left = missing(wheel, sdist)
    told = {}
    for python, file in [*((place, wheel) for place in pythons()), (Path(sys.executable), sdist)]:
        version = subprocess.run([python, "-V"], check=True, capture_output=True, text=True).stdout.strip()
        told[version, file.name] = answer(python, file, sys.argv[1:], sdist)
        say(f"{version}, {file.name}: {told[version, file.name]}")
    if len(set(told.values())) > 1:
        left.append("installations give different forecasts")
    left += owed(wheel)
    say("\n".join(["", "Left to do before a release:", *(f"- {line}" for line in left)]) if left else "\nReady.")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
