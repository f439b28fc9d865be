"""Whose the stances of a sentence are, and which candidate is kept where a passage has several of one holder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.base.days import Day
from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.company import with_company
from foedus.evidence.coder.drafting import Draft
from foedus.evidence.coder.headings import asserts, without_repeats
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.speakers import Speakers
from foedus.evidence.coder.stance import Stance
from foedus.evidence.coder.turning import only_worried
from foedus.evidence.documents import Document, Passage
from foedus.evidence.readers.headers import RECORD

_BACKING = frozenset(["support", "back", "favour", "favor", "welcome", "endorse", "approve"])


class Kept:
    """The candidates of one document.

    Parameters
    ----------
    document, body
        What is read, and its passages with those of its titles.
    headings
        The places of passages that are headings.
    speakers
        Who speaks where.
    on
        The day of the document.
    """

    def __init__(
        self, document: Document, body: Sequence[Passage], headings: list[str], speakers: Speakers, on: Day | None
    ) -> None:
        self.document, self.body, self.headings, self.speakers, self.on = document, body, headings, speakers, on
        self.found: dict[tuple[str, str, str, str], tuple[tuple[int, int, int, float], Candidate]] = {}
        self.earlier: dict[tuple[str, str, str, str], Candidate] = {}

    def add(self, stance: Stance, sentence: Sentence, holders: Holders, *, recalled: bool) -> bool:
        """Keep a stance for each of its holders, and tell whether it counts.

        Doubts beside the support of the same actors do not: they only qualify it.
        """
        if self._beside_support(stance, sentence):
            return False
        self._emit(stance, sentence, holders, recalled=recalled)
        return True

    def against(self, actors: set[str]) -> set[str]:
        """Return the concepts to which one of some actors was said before to be opposed."""
        return {
            candidate.concept
            for _, candidate in self.found.values()
            if candidate.actor in actors and candidate.stance < 0
        }

    def candidates(self) -> list[Candidate]:
        """Return the candidates in the order of the text."""
        latest = {key: candidate for key, (_, candidate) in self.found.items()}
        earlier = [
            candidate
            for key, candidate in self.earlier.items()
            if key not in latest or latest[key].stance != candidate.stance
        ]
        ordered = sorted(
            [*latest.values(), *earlier],
            key=lambda candidate: (candidate.start, candidate.end, candidate.actor, candidate.concept),
        )
        return with_company(without_repeats(ordered, self.headings))

    def _beside_support(self, stance: Stance, sentence: Sentence) -> bool:
        """Tell whether doubts stand beside the support of the same actors, which they then only qualify; note that."""
        if stance.sign > 0 or not only_worried(stance.token):
            return False
        place = self.body[sentence.paragraph].id
        keys = [(place, each.actor, "", stance.concept) for each in stance.mentions]
        kept = [key for key in keys if key in self.found and self.found[key][1].start == sentence.starts[0]]
        if not kept:
            return bool(
                stance.token.head.lemma_ in _BACKING
            )  # 'has supported the | EU law but has also raised concerns'
        if any(self.found[key][1].stance <= 0 for key in kept):
            return False
        for key in kept:
            rank, held = self.found[key]
            self.found[key] = (rank, replace(held, doubts=(*held.doubts, "has raised doubts too")))
        return True

    def _emit(self, stance: Stance, sentence: Sentence, holders: Holders, *, recalled: bool) -> None:
        """Propose a stance for each of its holders."""
        place = holders.start + (holders.doc[stance.spot[0]].idx if stance.spot else stance.token.idx)
        cover = self.speakers.cover(place)
        mentions, said, reporter = stance.mentions, stance.said, ""
        if stance.holder == "speaker":
            mentions = self.speakers.source(cover, holders) if cover is not None else _author(stance, holders)
            said = True
        elif stance.holder == "pronoun":
            mentions = self.speakers.antecedent(stance.token, holders, cover)
        elif cover is not None and cover.source is not None and not said:
            own = {mention.actor for mention in mentions}
            said = any(each.actor in own for each in self.speakers.source(cover, holders))
            if not said and not self._ends_list(cover.source[0], mentions):
                reporter = " ".join(self.document.text[slice(*cover.source)].split())
        passage = self.body[sentence.paragraph]
        first, last = sentence.starts[0], sentence.ends[-1]
        for mention in mentions:
            if mention.actor or mention.person:
                self._keep(
                    Draft(
                        self.document, passage, first, last, stance, mention, cover, said, reporter, recalled, self.on
                    )
                )

    def _ends_list(self, place: int, mentions: Sequence[Mention]) -> bool:
        """Tell whether who is taken for the reporter is the last holder: 'Chad, Mali and | Togo have pledged'."""
        before = self.document.text[:place].rstrip().removesuffix(" the").rstrip()
        return before.endswith((" and", " or")) and all(mention.end < place for mention in mentions)

    def _keep(self, draft: Draft) -> None:
        """Keep one candidate for each actor, concept and passage: of the present before one of the past."""
        doc = draft.stance.token.doc
        if draft.passage.place in self.headings and not asserts(doc) and not RECORD.match(doc.text):
            return
        candidate = draft.candidate()
        holder = "" if candidate.actor else candidate.person
        key = (candidate.passage_id, candidate.actor, holder, candidate.concept)
        past = draft.past
        day = draft.own_day if past else None
        if day is not None:
            self.earlier[key] = replace(candidate, said_on=day, earlier=True)
            return
        rank = (0 if past else 1, 1 if draft.now else 0, 1 if draft.present else 0, draft.strength)
        kept = self.found.get(key)
        if kept is not None and kept[1].stance == candidate.stance:  # the tense matters only where sides differ
            rank = (rank[0], rank[1], max(rank[2], kept[0][2]), rank[3])
            better = rank[:2] > kept[0][:2] or (rank[:2] == kept[0][:2] and rank[3] > kept[0][3])
        else:
            better = kept is None or rank > kept[0]
        if better:
            self.found[key] = (rank, candidate)


def _author(stance: Stance, holders: Holders) -> tuple[Mention, ...]:
    """Return for whom a sentence outside quotations speaks, where it takes a side as its own."""
    judged = stance.own or stance.trail[-1:] in (("good",), ("bad",), ("should",), ("reason",))
    return holders.home if judged else ()
