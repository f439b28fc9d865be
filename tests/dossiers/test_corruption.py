"""Random damage to the packaged dossier: it is read, or refused with an `InputError`, and nothing else happens."""

from __future__ import annotations

import csv
import functools
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.forecasts import find_gaps

# Shrinking a whole folder costs minutes and the damage is small to begin with: the first failing one is shown.
DAMAGE = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@functools.cache
def pristine() -> dict[str, bytes]:
    folder = packaged_dossiers()["tokyo-office"]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def survives(damaged: dict[str, bytes | None]) -> None:
    """Write the damaged dossier, read it and look for gaps; it must come through or be refused in words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {**pristine(), **damaged}
        for file, data in files.items():
            if data is not None:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(data)
        said = "read"
        try:
            dossier = read_dossier(folder)
        except InputError as error:
            said = str(error)
        else:
            try:
                find_gaps(dossier)
            except FoedusError as error:
                said = str(error)
        assert said
        event("read" if said == "read" else "refused")
        left = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        assert left == {file: data for file, data in files.items() if data is not None}


TABLES = ["concepts.csv", "sources.csv", "statements.csv", "stakeholders.csv", "world/actors.csv", "world/sources.csv"]
FILES = [*TABLES, "dossier.yaml"]

_VALUES = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-1",
        "1e308",
        "-1e308",
        "1e-320",
        "NaN",
        "inf",
        "101",
        "0,5",
        "2023-02-30",
        "0001-01-01",
        "9999-12-31",
        "FRA",
        "France",
        "office",
        "text",
        "nobody",
        "yes",
        "x" * 5000,
        "x" * 300,
        "../x",
        "/etc/passwd",
        ".",
        "..",
        "a\nb",
        '"',
        "'",
        ";",
        "\t",
        "−1",
        "é",
        "\u200f",
        "😀",
        "１",
        "=1+1",
        "<b>",
        "{{x}}",
        "%s",
        "\x1f",
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@st.composite
def damaged_table(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table in which a few cells, headings, rows or columns were deleted, doubled, swapped or replaced."""
    file = draw(st.sampled_from(TABLES))
    rows = list(csv.reader(io.StringIO(pristine()[file].decode(), newline="")))
    if file == "stakeholders.csv":
        rows.append(
            [
                "FRA",
                "office",
                "private",
                "0",
                "5",
                "20",
                "0.5",
                "0.9",
                "1",
                "1",
                "2",
                "3",
                "40",
                "",
                "note",
                "2023-01-01",
            ]
        )
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(rows) - 1))
        row = rows[place]
        if not row:
            continue
        cell = draw(st.integers(0, len(row) - 1))
        match draw(
            st.sampled_from(["replace", "replace", "replace", "delete", "double", "swap", "row", "rows", "column"])
        ):
            case "replace":
                row[cell] = draw(_VALUES)
            case "delete":
                del row[cell]
            case "double":
                row.insert(cell, row[cell])
            case "swap":
                other = rows[draw(st.integers(0, len(rows) - 1))]
                if cell < len(other):
                    row[cell], other[cell] = other[cell], row[cell]
            case "row":
                rows.insert(place, list(row))
            case "rows":
                del rows[place:]
                rows = rows or [[]]
            case _:
                rows = [other[:cell] + other[cell + 1 :] for other in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=draw(st.sampled_from([",", ",", ";", "\t"])), lineterminator="\n").writerows(rows)
    return file, out.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"])))


@settings(DAMAGE, max_examples=60)
@given(damaged_table())
def test_damaged_tables(damage: tuple[str, bytes]) -> None:
    survives(dict([damage]))


@st.composite
def damaged_bytes(draw: st.DrawFn) -> tuple[str, bytes | None]:
    """A file cut off, missing, doubled, or with some bytes overwritten, put in or taken out."""
    file = draw(st.sampled_from(FILES))
    data = bytearray(pristine()[file])
    kind = draw(st.sampled_from(["overwrite", "insert", "delete", "truncate", "truncate", "double", "missing"]))
    start = draw(st.integers(0, max(0, len(data) - 1)))
    some = draw(
        st.binary(min_size=1, max_size=4)
        | st.sampled_from([b"\0", b"\n", b'"', b",", b"\xff\xfe", b"\xef\xbb\xbf", b"\r"])
    )
    match kind:
        case "overwrite":
            data[start : start + len(some)] = some
        case "insert":
            data[start:start] = some
        case "delete":
            del data[start : start + draw(st.integers(1, 40))]
        case "truncate":
            del data[start:]
        case "double":
            data += bytes(data)
        case _:
            return file, None
    return file, bytes(data)


@settings(DAMAGE, max_examples=60)
@given(damaged_bytes())
def test_damaged_bytes(damage: tuple[str, bytes | None]) -> None:
    survives(dict([damage]))


_SCALARS = st.sampled_from(
    [
        "",
        "null",
        "true",
        "NO",
        "1",
        "-1",
        "0.5",
        "1e308",
        "-1e308",
        "1e999",
        ".nan",
        "-.inf",
        "0x" + "f" * 400,
        "0x" + "f" * 5000,
        "9" * 400,
        "9" * 5000,
        "0o7",
        "1_000",
        "2023-07-11",
        "2023-02-30",
        "2023-07-11 10:00:00",
        "2023-07-11T00:00:00Z",
        "0001-01-01",
        "9999-12-31",
        "FRA",
        "nobody",
        "office",
        "nac",
        "liaison office",
        "[]",
        "{}",
        "[1, 2]",
        "{a: 1}",
        "&a 1",
        "*a",
        "!x 1",
        "|",
        ">-",
        "'",
        '"',
        "?",
        "- x",
        "~",
        "<<",
        "{low: 0, mode: 1, high: 2}",
        "[" * 60,
        "''",
        "' '",
        "\t",
    ]
)


@st.composite
def damaged_settings(draw: st.DrawFn) -> str:
    """The settings with a few lines deleted, doubled, moved or indented, or the value after a colon replaced."""
    lines = pristine()["dossier.yaml"].decode().splitlines()
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        match draw(
            st.sampled_from(
                ["value", "value", "value", "delete", "double", "move", "indent", "dedent", "key", "cut", "add"]
            )
        ):
            case "value":
                colons = [
                    n for n, sign in enumerate(line) if line[n : n + 2] == ": " or (sign == ":" and n == len(line) - 1)
                ]
                if colons:
                    colon = draw(st.sampled_from(colons))
                    rest = line[colon + 1 :]
                    ends = [end for end in (rest.find(","), rest.find("}")) if end >= 0]
                    lines[place] = f"{line[: colon + 1]} {draw(_SCALARS)}{rest[min(ends) :] if ends else ''}"
            case "delete":
                del lines[place]
            case "double":
                lines.insert(place, line)
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(place))
            case "indent":
                lines[place] = "  " + line
            case "dedent":
                lines[place] = line[2:]
            case "key":
                lines[place] = line.replace(":", draw(st.sampled_from(["", "::", "x:", ": :", " :", "?:"])), 1)
            case "cut":
                del lines[place + 1 :]
            case _:
                lines.insert(place, draw(_SCALARS))
        lines = lines or [""]
    return "\n".join(lines)


@settings(DAMAGE, max_examples=60)
@given(damaged_settings())
def test_damaged_settings(text: str) -> None:
    survives({"dossier.yaml": text.encode()})


_BODY = """\
id: {id}
name: {name}
aliases: {aliases}
seats: {{membership: {membership}, status: {status}}}
rule:
  - {{from: {start}, until: {end}, value: {value}, reference: {reference}}}
"""


@settings(DAMAGE, max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(("id", "name", "aliases", "membership", "status"), _SCALARS)), st.data())
def test_damaged_bodies(values: dict[str, str], data: st.DataObject) -> None:
    whole = {"id": "zz", "name": "A body", "aliases": "[]", "membership": "nato", "status": "member"}
    whole |= {"start": "2000-01-01", "end": "2050-01-01", "value": "consensus", "reference": "a treaty"}
    spoilt = data.draw(st.sampled_from(sorted(whole)))
    whole[spoilt] = values.get(spoilt) or data.draw(_SCALARS)
    survives({"institutions/zz.yaml": _BODY.format(**whole).encode()})
