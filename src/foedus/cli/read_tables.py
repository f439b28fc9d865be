"""What ``foedus read`` prints for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.base.wording import counted
from foedus.cli.tables import console, show

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.coding.intake import Intake, Taken, Wishes

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
    entry = f" (entry {found.entry.number} of the journal; undo takes all back)" if found.entry else ""
    again = sum(one.status == "same text" or bool(one.original) for one in found.documents)
    merged = f", {again} {'repeats' if again == 1 else 'repeat'} others and count once" if again else ""
    out.print(
        f"{counted(len(found.documents), 'document')} read into {found.folder}, {new} new{merged}: "
        f"{counted(len(found.statements), 'candidate statement')}, "
        f"{sum(one.accepted for one in found.documents)} accepted{entry}\n",
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
    words = {
        "new": f"coded by {one.coder}" if one.coder.startswith("lm:") else "",
        "known": "read before",
        "coded again": "coded again",
    }[one.status]
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
            f"\n{found.agreeing} of the {len(found.statements)} candidates agree with a statement by "
            "another coder: same actor, concept and stance"
        )
    if found.repeats:
        out.print(
            f"{len(found.repeats)} of them repeat one, by day or by source, and would count it twice; their notes "
            f"name it: foedus statements {found.folder} --status candidate",
            soft_wrap=True,
        )
    left = sum(one.left for one in found.documents)
    if left:
        out.print(f"Sure enough and not accepted, because they repeat accepted statements: {left}")


def _cell(counts: Counter[tuple[str, str, int]], actor: str, concept: str) -> str:
    return " ".join(
        f"{_SIGNS[stance]}{counts[actor, concept, stance]}" for stance in (1, -1, 0) if counts[actor, concept, stance]
    )


def _faults(out: Console, found: Intake) -> None:
    def listing(title: str, lines: list[str]) -> None:
        if lines:
            out.print(f"\n{title}", style="bold")
            for line in lines[:_MOST]:
                out.print(f"  {line}", soft_wrap=True)
            if len(lines) > _MOST:
                out.print(f"  ... and {len(lines) - _MOST:,} more; --json lists them all")

    listing("Refused", [str(one) for one in found.refused])
    listing("Stored and not coded", [f"{one.source}: {one.uncoded}" for one in found.documents if one.uncoded])
    listing(
        "Named with a stance, but unknown to Foedus (add a row to world/actors.csv and read again)",
        [f"{name} ({count})" for name, count in found.unknown.items()],
    )
    listing(
        "To be checked: what the reading could not settle",
        [f"{one.source}: {doubt}" for one in found.documents for doubt in one.doubts],
    )
    listing(
        "Files of other formats, passed over", [f"{suffix}: {count}" for suffix, count in found.passed_over.items()]
    )
    kept = [one for one in found.documents if one.kept_day]
    days = [f"{kept[0].source}: {kept[0].day}"] if len(kept) == 1 else [f"{len(kept)} sources"] if kept else []
    listing("Read before with a day, which is kept (to change it, edit sources.csv)", days)
    listing(
        "Dated after the day of reading: is the day right? (sources.csv)",
        [f"{one.source}: {one.day}" for one in found.documents if one.ahead],
    )
    undated = [one.source for one in found.documents if not one.dated]
    if undated:
        out.print(f"\nWithout a date: {', '.join(undated[:_MOST])}", soft_wrap=True)
        out.print("  They count as known from the day of reading. Read them again with --known DAY to change that.")
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
            f"'{_example(found)}', then run the same command again",
            soft_wrap=True,
        )
        return
    if _in_vain(out, found):
        return
    left = sum(one.status == "candidate" for one in found.statements)
    fresh = sum(one.status == "candidate" and one.id not in found.repeats for one in found.statements)
    if left:
        out.print(f"\nnext: foedus statements {home} --status candidate", soft_wrap=True)
    if fresh and wishes.accept_above is None:
        out.print(
            f"      foedus statements {home} accept --above P accepts those at least P certain; 'foedus evaluate coder "
            "--documents packaged' tells what a certainty P has meant",
            soft_wrap=True,
        )
    if not left:
        out.print(f"\nnext: foedus check {home}", soft_wrap=True)


def _in_vain(out: Console, found: Intake) -> bool:
    """Say which cues were sought where texts that are new gave nothing, and how to add some; return whether it did."""
    from foedus.coding.missed import words_beside_actors
    from foedus.dossiers import read_dossier
    from foedus.dossiers.texts import stored_documents

    coded = {one.source for one in found.documents if one.status in ("new", "coded again") and not one.uncoded}
    if not coded or any(one.candidates for one in found.documents):
        return False
    dossier = read_dossier(found.folder)
    out.print("\nNo sentence was found in which somebody is for or against a claim.", style="bold")
    for concept in dossier.concepts[:_MOST]:
        out.print(f"  {concept.id}: sought by {concept.cues or concept.text}", soft_wrap=True)
    documents = stored_documents(found.folder, [one for key, one in dossier.sources.items() if key in coded])
    cues = [cue.strip().removeprefix("-") for one in dossier.concepts for cue in one.cues.split(";")]
    beside = words_beside_actors(documents.values(), dossier.world, cues)
    if beside:
        out.print(f"  often beside actors in these documents: {'; '.join(beside)}", soft_wrap=True)
    if dossier.concepts:
        one = dossier.concepts[-1]
        wanted = "; ".join(filter(None, (one.cues, "MORE WORDS")))
        out.print(
            f'\nnext: foedus statements {found.folder} edit {one.id} --set "cues={wanted}"\n'
            "      a cue with a minus speaks against the claim; then run the same command again",
            soft_wrap=True,
        )
    return bool(dossier.concepts)


def _example(found: Intake) -> str:
    """Return a row of concepts.csv that fits the dossier's first issue."""
    from foedus.base.tables import render_table
    from foedus.dossiers import Concept, read_dossier

    issue = read_dossier(found.folder).issues[0]
    places = issue.option(issue.proposal).at, issue.option(issue.status_quo).at
    one = Concept(
        id="office", text="The office should open", cues="office; open an office", issue=issue.id,
        at_support=places[0], at_oppose=places[1],
    )  # fmt: skip
    return render_table(Concept, [one]).splitlines()[1]
