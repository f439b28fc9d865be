"""What ``foedus read`` prints for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.cli.tables import console, show

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.dossiers.intake import Intake, Taken, Wishes

_MOST = 25
_SIGNS = {1: "+", 0: "0", -1: "-"}


def show_intake(found: Intake, wishes: Wishes) -> None:
    """Print what was read, who says what, what was refused, and what to do next."""
    out = console()
    _documents(out, found)
    _statements(out, found)
    _faults(out, found)
    _next(out, found, wishes)


def _documents(out: Console, found: Intake) -> None:
    new = sum(one.status == "new" for one in found.documents)
    plural = "" if len(found.documents) == 1 else "s"
    out.print(
        f"{len(found.documents)} document{plural} read into {found.folder}, {new} new: "
        f"{len(found.statements)} candidate statements, {sum(one.accepted for one in found.documents)} accepted\n",
        markup=False,
        soft_wrap=True,
    )
    rows = [
        [
            one.source,
            one.title if len(one.title) <= 48 else one.title[:47] + "…",
            str(one.day) if one.dated else f"{one.day} ?",
            one.language,
            str(one.candidates),
            str(one.accepted),
            _what(one),
        ]
        for one in found.documents[:_MOST]
    ]
    if rows:
        show(out, "", ["id", "title", "known", "language", "candidates", "accepted", ""], rows, numbers=[4, 5])
    if len(found.documents) > _MOST:
        out.print(f"... and {len(found.documents) - _MOST:,} more; --json lists them all")


def _what(one: Taken) -> str:
    if one.status == "same text":
        return f"the words of {one.source}, read before: nothing added"
    words = {"new": "", "known": "read before", "coded again": "coded again"}[one.status]
    if one.original:
        words = f"{words}, repeats {one.original}" if words else f"repeats {one.original}"
        if one.repeated:
            words += f": {one.repeated} statements of it not counted again"
    if one.uncoded:
        words = f"{words}; not coded" if words else "not coded"
    return words


def _statements(out: Console, found: Intake) -> None:
    counts = Counter((one.actor, one.concept, one.stance) for one in found.statements)
    actors = Counter(one.actor for one in found.statements)
    concepts = Counter(one.concept for one in found.statements)
    if not counts:
        return
    columns = [concept for concept, _ in sorted(concepts.items(), key=lambda item: (-item[1], item[0]))[:7]]
    listed = sorted(actors.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        [actor, *(_cell(counts, actor, concept) for concept in columns), str(number)]
        for actor, number in listed[:_MOST]
    ]
    out.print()
    show(out, "Candidates: for (+), against (-), neither (0)", ["actor", *columns, "all"], rows)
    rest = len(concepts) - len(columns)
    if rest > 0 or len(listed) > _MOST:
        out.print(f"... and {max(rest, 0)} more concepts, {max(len(listed) - _MOST, 0)} more actors")

    if found.agreeing:
        out.print(
            f"\n{found.agreeing} of the {len(found.statements)} candidates say what a statement coded by another says: "
            "same actor, concept and stance"
        )


def _cell(counts: Counter[tuple[str, str, int]], actor: str, concept: str) -> str:
    return " ".join(
        f"{_SIGNS[stance]}{counts[actor, concept, stance]}" for stance in (1, -1, 0) if counts[actor, concept, stance]
    )


def _faults(out: Console, found: Intake) -> None:
    def listing(title: str, lines: list[str]) -> None:
        if lines:
            out.print(f"\n[bold]{title}[/bold]")
            for line in lines[:_MOST]:
                out.print(f"  {line}", markup=False, soft_wrap=True)
            if len(lines) > _MOST:
                out.print(f"  ... and {len(lines) - _MOST:,} more; --json lists them all")

    listing("Refused", [str(one) for one in found.refused])
    listing("Stored and not coded", [f"{one.source}: {one.uncoded}" for one in found.documents if one.uncoded])
    listing(
        "Named with a stance, and not known to the world (add a row to world/actors.csv and read again)",
        [f"{name} ({count})" for name, count in found.unknown.items()],
    )
    listing(
        "Files of other formats, passed over", [f"{suffix}: {count}" for suffix, count in found.passed_over.items()]
    )
    undated = [one.source for one in found.documents if not one.dated]
    if undated:
        out.print(f"\n[bold]Without a date[/bold]: {', '.join(undated[:_MOST])}", soft_wrap=True)
        out.print("  They count as known from the day of reading. Read them again with --known DAY to mend it.")
    if found.tokens_in or found.tokens_out:
        out.print(
            f"\n{found.coder}: {found.tokens_in:,} tokens read and {found.tokens_out:,} written; "
            f"{found.paid} documents were asked for now, the others answered from the cache"
        )


def _next(out: Console, found: Intake, wishes: Wishes) -> None:
    home = found.folder
    if any("no concepts" in one.uncoded for one in found.documents):
        out.print(
            f"\nnext: write the claims to look for into {home}/concepts.csv, such as "
            "'office,The office should open,office; open an office,issue-1,100,0', then run the same command again",
            markup=False,
            soft_wrap=True,
        )
        return
    left = sum(one.status == "candidate" for one in found.statements)
    if left:
        out.print(f"\nnext: foedus statements {home} --status candidate", markup=False, soft_wrap=True)
    if left and wishes.accept_above is None:
        out.print("      the same command with --accept-above 0.6 accepts the surer ones", markup=False, soft_wrap=True)
    if not left:
        out.print(f"\nnext: foedus check {home}", markup=False, soft_wrap=True)
