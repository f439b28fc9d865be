"""Words that point back to a concept: 'the move', 'it', or a predicate that governs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from foedus.evidence.coder.clauses import infinitive, nominal, object_of
from foedus.evidence.coder.comparing import backs_actor
from foedus.evidence.coder.echoes import seconds
from foedus.evidence.coder.lists import AGENTS
from foedus.evidence.coder.nouns import ANYBODY
from foedus.evidence.coder.qualifiers import TIMES, of_day, of_time
from foedus.evidence.coder.spots import Spot
from foedus.evidence.coder.stance import ATTITUDES
from foedus.evidence.coder.stances import Reader
from foedus.evidence.coder.whose import OBSTACLES
from foedus.evidence.coder.wordlists import wordset

NOUNS = wordset(
    "move plan plans idea proposal proposals step project initiative scheme suggestion bid prospect notion measure "
    "measures office change reform appointment candidacy candidate nomination goal target package sanctions base "
    "invitation accession membership deal text draft chairmanship offer venture concept push effort undertaking "
    "arrangement facility figure benchmark decision request application switch job post action resolution amendment "
    "motion treaty message statement communique force mission operation agreement protocol accord pact convention ban "
    "exercise undertaking affair enterprise policy delivery solution document paper approach issue matter question "
    "topic cause provision provisions scenario outcome compromise formula"
)
"""Nouns that with 'the' or 'this' may mean what was spoken of."""

_ACTING = ("tion", "sion", "ment", "ance", "ence", "ery", "ing", "al", "ure", "leap", "thought", "reform", "return")
"""How a noun ends that may name any act, and with 'such a' what was spoken of: 'such a delivery'."""

_DEMONSTRATIVES = wordset("the this that these such those")
_PRONOUNS = wordset("it this that them him these one so")
_AMID = wordset("with despite over amid amidst given against notwithstanding")
_MOODS = wordset("unhappy disappointed sad angry upset frustrated furious dismayed tired happy glad pleased delighted")
_AGAINST = wordset("abstention veto objection opposition rejection refusal")
_CLAUSAL = frozenset(
    [
        "ROOT",
        "nsubj",
        "attr",
        "conj",
        "acomp",
        "ccomp",
        "advcl",
        "relcl",
        "prep",
        "advmod",
        "xcomp",
        "acl",
        "pobj",
        "dobj",
    ]
)
_OBJECTS = frozenset(["dobj", "prep", "xcomp", "ccomp", "pobj", "pcomp", "dative", "nsubjpass", "oprd", "attr"])
_ASIDE = wordset("in on at since after before by during throughout for as except")
_WHILE = wordset("year decade month week day hour time moment reason sake now long while century part instance example")
_GROUNDS = wordset("ground principle behalf record balance condition proviso reason day night eve")
_DOING = wordset("let pass adopt open call see regard build do")
_OCCASIONS = wordset("opportunity chance occasion moment time privilege honour honor pleasure reason")
_QUOTES = ('"', "''", "``")
_JUDGING = frozenset(["support", "oppose", "good", "bad"])
_SIDES = ("support", "oppose", "block", "refuse", "weigh")
RECALLED = 0.85
"""What a concept that is only pointed to weighs beside one that is named."""


def pointers(
    doc: Any,
    here: list[Spot],
    latest: Spot | None,
    reader: Reader,
    taken: Iterable[int],
    known: Callable[[Any], Spot | None] = lambda _: None,
    against: Iterable[Spot] = (),
    matter: Spot | None = None,
) -> list[tuple[Spot, Any]]:
    """Return words that point back to a concept, each with the concept.

    Parameters
    ----------
    doc, reader
        The parse and its reader.
    here
        The concepts that the sentence names.
    latest
        The concept that was spoken of last before it, or ``None``.
    taken
        Tokens that name concepts.
    known
        Gives the concept of which a noun is the head, where the text has spoken of it: 'the ban'.
    against
        The places of the sentence that speak against a concept.
    matter
        The one concept of the dossier, on which somebody's objection is where nothing was named: 'the Slovak | veto'.
    """
    covered = set(taken)
    pointed: list[tuple[Spot, Any]] = []
    for token in doc:
        if token.i in covered:
            continue
        named = known(token) if token.pos_ == "NOUN" and _definite(token) else None
        if named is not None:
            pointed.append((Spot(named.concept, (token.i,), RECALLED * named.score, 1, named.prescriptive), token))
            continue
        meant = _meant(token, here, latest, doc) or matter if _judged_obstacle(token, reader) else None
        if meant is not None:  # 'condemned the | blockade' is for what is blocked
            pointed.append((Spot(meant.concept, (token.i,), RECALLED * meant.score, -1, meant.prescriptive), token))
            continue
        if not _points(token, reader, covered):
            continue
        alone = _alone(token, reader)
        spot = _meant(token, here, latest, doc) or (_ahead(here, latest) if alone else None)
        if spot is not None and spot.sign < 0 and token.lower_ not in _PRONOUNS:
            continue  # the thing that a claim would end: 'it' and 'them' mean it, and no 'proposal' does
        if spot is None and not here and alone and reader.whose.obstructs(token):
            spot = matter
        if spot is not None:
            tokens = () if alone else (token.i,)
            sign = _nearest_sign(token, against, spot) if alone else spot.sign
            pointed.append((Spot(spot.concept, tokens, RECALLED * spot.score, sign, spot.prescriptive), token))
    return pointed


def far_mood(token: Any, spot: Spot) -> bool:
    """Tell whether a word only tells how somebody feels, and not over what: 'we are all | unhappy'."""
    over = any(child.dep_ in ("prep", "ccomp", "xcomp") and child.i > token.i for child in token.children)
    return not spot.tokens and token.lemma_ in _MOODS and token.dep_ == "acomp" and not over


def _nearest_sign(token: Any, against: Iterable[Spot], spot: Spot) -> int:
    """Return -1 where what speaks against a concept stands between it and a word that takes a side on it."""
    between = [opposed for opposed in against if opposed.concept == spot.concept and min(opposed.tokens) < token.i]
    nearer = [word for word in between if not spot.tokens or min(word.tokens) > min(spot.tokens)]
    return -1 if nearer else 1


def _meant(token: Any, here: list[Spot], latest: Spot | None, doc: Any) -> Spot | None:
    """Return the concept that a word at this place would mean."""
    if not here:
        return latest
    before = [spot for spot in here if min(spot.tokens) < token.i]
    return max(before, key=lambda spot: min(spot.tokens)) if before else _quoted(token, here, doc)


def _ahead(here: list[Spot], latest: Spot | None) -> Spot | None:
    """Return the one concept of a sentence that names it later: 'objected when talks began on | the office'."""
    concepts = {spot.concept for spot in here} | ({latest.concept} if latest is not None else set())
    return here[0] if here and len(concepts) == 1 else None


def _quoted(token: Any, here: list[Spot], doc: Any) -> Spot | None:
    """Return the concept beside a quotation, for a word inside it."""
    marks = [word.i for word in doc if word.text in _QUOTES]
    inside = sum(place < token.i for place in marks) % 2 == 1
    outer = [spot for spot in here if sum(place < min(spot.tokens) for place in marks) % 2 == 0]
    return outer[0] if inside and outer else None


def _alone(token: Any, reader: Reader) -> bool:
    """Tell whether a word takes a side itself, so that nothing stands for the concept."""
    return (
        token.pos_ not in ("PRON", "DET")
        and any(predicate.tokens[0] == token.i for predicate in reader.predicates.get(token.i, ()))
        and token.lower_ not in NOUNS
    )


def _points(token: Any, reader: Reader, covered: set[int]) -> bool:
    """Tell whether a token points back to a concept."""
    lower = token.lower_
    this_kind = any(child.lower_ in ("such", "very") for child in token.children) and lower.endswith(_ACTING)
    if token.pos_ == "NOUN" and (lower in NOUNS or this_kind):
        return _definite(token)
    if lower in ("which", "that") and token.dep_ in ("dobj", "pobj", "nsubjpass") and token.tag_ in ("WDT", "WP"):
        return _relates(token, covered)
    if lower in ("this", "that", "these") and token.dep_ == "det" and token.head.lower_ in ("outright", "wholesale"):
        return True  # 'rejected | this outright'
    bare = lower == "one" and not list(token.children)
    if lower in _PRONOUNS and (token.pos_ in ("PRON", "DET") or bare or token.dep_ == "nsubj"):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return _subject_points(token, reader)
        if token.dep_ in ("dobj", "pobj", "attr", "dative"):
            return _object_points(token, reader)
    taking = token.dep_ == "amod" and token.head.lower_ in ANYBODY  # 'those | supporting'
    return (token.dep_ in _CLAUSAL or taking) and _governs_nothing(token, reader)


def _relates(token: Any, covered: set[int]) -> bool:
    """Tell whether a relative pronoun may mean a concept, named or not: not 'a debate | that was called for'."""
    verb = next((ancestor for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    noun = verb.head if verb is not None else None
    plain = noun is not None and noun.pos_ in ("NOUN", "PRON") and noun.lower_ not in NOUNS | {"one", "that", "those"}
    named = noun is not None and noun.i in covered
    return not plain or named or token.doc[token.i - 1].text == ","


def _definite(token: Any) -> bool:
    """Tell whether a noun stands with 'the' or 'this' and nothing that says which."""
    children = list(token.children)
    pointed = any(child.dep_ in ("det", "amod", "predet") and child.lower_ in _DEMONSTRATIVES for child in children)
    said = any(
        (child.dep_ in ("compound", "nmod") and child.lower_ not in NOUNS)
        or (child.dep_ == "prep" and child.lower_ in ("of", "for", "in", "on") and not of_time(child))
        for child in children
    )
    return (pointed and not said) or of_day(token)


def _kinds_near(token: Any, reader: Reader) -> tuple[Any, set[str]]:
    head = token.head if token.head.pos_ != "ADP" else token.head.head
    near = {token.head.i, head.i}
    return head, {predicate.predicate.kind for place in near for predicate in reader.predicates.get(place, ())}


def _subject_points(token: Any, reader: Reader) -> bool:
    """Tell whether 'it' as a subject means a concept: 'it should open', 'it was vetoed', 'it is a mistake'."""
    if token.lower_ not in ("it", "this", "that", "these"):
        return False
    head, kinds = _kinds_near(token, reader)
    wanted = head.dep_ in ("ccomp", "xcomp") and any(
        predicate.predicate.kind in ("support", "urge", "oppose")
        for predicate in reader.predicates.get(head.head.i, ())
    )
    if wanted and (infinitive(head) or head.tag_ == "VBN") and token.dep_ in ("nsubj", "nsubjpass"):
        return True  # 'wants | it to go ahead'
    modal = any(child.dep_ == "aux" and child.lower_ in ("should", "must", "ought") for child in head.children)
    if token.dep_ == "nsubjpass":
        return bool(kinds & ATTITUDES) or modal
    if head.lemma_ == "be":
        kinds |= {
            predicate.predicate.kind for child in head.children for predicate in reader.predicates.get(child.i, ())
        }
    ahead = [
        *head.children,
        *(each for child in head.children if child.lemma_ in _OCCASIONS for each in child.children),
    ]
    refers = not any(child.dep_ in ("xcomp", "ccomp", "csubj") for child in head.children) and not any(
        infinitive(word) or word.lower_ == "for" for word in ahead if word.dep_ in ("acl", "relcl", "advcl", "prep")
    )  # 'this is a great opportunity | for Malta to speak' is on what follows
    refers = refers and not _asked_how(head) and not _of_subject_above(token, reader)
    return (modal or bool(kinds & {"good", "bad"})) and refers


def _asked_how(verb: Any) -> bool:
    """Tell whether a verb only stands in what is asked: 'how does that | fit in'."""
    return any(child.dep_ == "advmod" and child.lower_ in ("how", "why", "where", "when") for child in verb.children)


def _of_subject_above(token: Any, reader: Reader) -> bool:
    """Tell whether 'it' means what its sentence is about: 'the closing of the strait is bad, | it hurts us'."""
    for verb in token.ancestors:
        if verb == token.head or verb.dep_ not in ("ROOT", "conj", "ccomp"):
            continue
        says = any(predicate.predicate.kind in ("say", "think") for predicate in reader.predicates.get(verb.i, ()))
        for child in verb.children:
            thing = child.dep_ == "nsubj" and child.i < token.i and child.pos_ == "NOUN" and child.tag_ == "NN"
            if thing and not says and reader.whose.holders.read(child).kind == "other":
                return True
    return False


def _object_points(token: Any, reader: Reader) -> bool:
    """Tell whether 'it' as an object means a concept: 'opposes it', 'let it pass'."""
    if token.lower_ in ("this", "that", "these", "one", "so") and token.dep_ == "attr":
        return False
    head, kinds = _kinds_near(token, reader)
    if (
        head.lemma_ in ("fight", "battle")
        and head.nbor().i == token.i
        and any(word.lower_ == "out" for word in head.subtree)
    ):
        return False  # 'they battle | it out'
    if bool(kinds & (ATTITUDES | {"keep", "refuse", "think", "expect"})) or head.lemma_ in _DOING:
        return bool(kinds) or token.dep_ == "dobj"
    above = [head.head, head.head.head] if head.dep_ in ("xcomp", "pcomp", "ccomp") else []
    taking = {predicate.predicate.kind for each in above for predicate in reader.predicates.get(each.i, ())}
    return token.dep_ == "dobj" and bool(taking & ATTITUDES - {"urge", "dissuade"})


def _beside(token: Any) -> bool:
    """Tell whether a noun says in what way something went: 'with the backing of', 'despite resistance from'."""
    return nominal(token) and token.dep_ == "pobj" and token.head.lower_ in _AMID


def _judged_obstacle(token: Any, reader: Reader) -> bool:
    """Tell whether somebody judges an objection that is nobody's here: 'praised the | blockade'."""
    if token.lemma_ not in OBSTACLES or token.pos_ != "NOUN" or not _definite(token) or reader.whose.obstructs(token):
        return False
    near = [token.head, *(child for child in token.head.children if child.dep_ in ("acomp", "attr", "oprd"))]
    kinds = {predicate.predicate.kind for each in near for predicate in reader.predicates.get(each.i, ())}
    return token.dep_ in ("dobj", "nsubj", "nsubjpass") and bool(kinds & _JUDGING) and not kinds - _JUDGING - {"say"}


def _governed(token: Any, child: Any, tokens: tuple[int, ...], reader: Reader) -> bool:
    """Tell whether a word under a predicate is what it is on: 'advocate | for democracy' is for that."""
    owned = (token.lemma_ in _AGAINST or _beside(token)) and child.lower_ in ("from", "of", "by")
    earlier = child.dep_ == "ccomp" and child.i < token.i  # 'the others agreed; only Spain | held out'
    loose = child.dep_ == "npadvmod" and child.i > token.i and child.pos_ == "NOUN" and child.lower_ not in TIMES
    if child.i in tokens or not (child.dep_ in _OBJECTS or loose) or owned or earlier:
        return False
    if child.dep_ != "prep" or child.lower_ not in _ASIDE or reader.doc[tokens[0]].lower_ == "for":
        return True
    inner = object_of(child)
    if child.lower_ == "on" and inner is not None:  # 'undecided | on the price cap' is so on that
        return inner.lemma_ not in _GROUNDS and not of_time(child)
    return child.lower_ == "for" and inner is not None and inner.lemma_ not in _WHILE


def _of_noun(verb: Any) -> bool:
    """Tell whether a participle is on the noun before it: 'the grants | blocked by Hungary'."""
    agent = any(child.dep_ == "agent" for child in verb.children)
    return bool(verb.dep_ == "acl" and verb.tag_ == "VBN" and agent and verb.head.pos_ == "NOUN"
                and verb.head.lower_ not in NOUNS)  # fmt: skip


def _governs_nothing(token: Any, reader: Reader) -> bool:
    """Tell whether a token takes a side on what was spoken of, because it governs nothing: 'France objected'."""
    own = [predicate for predicate in reader.predicates.get(token.i, ()) if predicate.predicate.kind in _SIDES]
    striving = token.lemma_ in ("fight", "battle") and token.pos_ == "VERB"  # 'we are | fighting hard' may be for it
    beside = striving or seconds(token) or backs_actor(token, reader.whose.holders)
    if beside or not own or own[0].tokens[0] != token.i:
        return False
    if any(
        _governed(token, child, own[0].tokens, reader)
        for place in own[0].tokens
        for child in reader.doc[place].children
    ):
        return False
    if reader.whose.obstructs(token):
        return True
    whose = token.lemma_ in AGENTS and any(child.dep_ == "poss" and child.pos_ != "PRON" for child in token.children)
    if whose or _of_noun(token) or (token.lemma_ in _AGAINST and token.dep_ in ("nsubj", "nsubjpass")):
        return False  # 'the country's | opposition' may be a party
    if _beside(token) or token.lemma_ in _AGAINST:
        owner = reader.whose.owner(token) if _beside(token) else reader.whose.subject(token)
        return owner is not None and owner.kind == "actor"
    answered = token.lower_ in ("no", "yes") and token.dep_ == "attr"
    return answered or token.tag_ not in ("NN", "NNS", "NNP") or reader.whose.called(token)
