"""Who says 'we' in a document: its author, who delivers a statement, a briefing's ministry, a body, each speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from foedus.base.days import Day
from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.holders import BODY
from foedus.evidence.coder.predicates import predicates
from foedus.evidence.documents import Document, Passage
from foedus.world import World

_OFFICE = re.compile(
    r"\b(?:delegation|mission|embassy|legation|consulate|high commission|ministry|department(?: of)?|government|"
    r"cabinet|prime minister|minister|president|chancellor|premier|ambassador|representative|charg[e\u00e9]|secretary|"
    r"envoy|spokes(?:person|man|woman)|secretariat)\b",
    re.IGNORECASE,
)
_OBSERVER = re.compile(
    r"\b(?:institute|university|college|school|fellow|professor|research|centre|center|foundation|think tank|news|"
    r"times|post|journal|agency|correspondent|reporter|editor|former|ex|association|society)\b",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"(?:^|[.:\u2013\u2014-] ?)(?:(?:as )?delivered|(?:opening |national |joint |general )?(?:statements?|remarks|"
    r"speech|address|intervention|explanation of (?:vote|position))(?: delivered| made| given)?) by (?P<who>.{3,200})",
    re.IGNORECASE,
)
"""The line at the head of a statement that says who delivered it."""

_MISSION = re.compile(
    r"^(?:the )?(?:permanent |diplomatic )?(?:mission|delegation|embassy|representation) of (?P<who>.{3,90})$",
    re.IGNORECASE,
)
_HONOUR = re.compile(
    r"\b(?:I (?:have the (?:honou?r|privilege) (?:to|of)|am (?:pleased|honou?red|speaking|delivering|making)|"
    r"(?:would|should) like to|will|shall|speak|deliver|make|take the floor)|it is my (?:honou?r|privilege) to)\b"
    r"[^.]{0,200}?\bon behalf of (?P<who>[^.]{2,900})",
    re.IGNORECASE,
)
"""How a speaker says for whom he speaks beside or instead of his own state."""

_OPENING = re.compile(
    r"\b(?:I|we) (?:have the (?:honou?r|privilege) (?:to|of)|(?:would|should) like to|wish to|will|shall|am|are)\b"
    r".{0,60}?"
    r"\b(?:(?:explanation|statement) of (?:\w+ )?(?:vote|position)|(?:speak|speaking) on behalf of)\b",
    re.IGNORECASE,
)

_OWN = re.compile(r"\b(?:my own (?:country|delegation|government)|my (?:country|delegation))\b", re.IGNORECASE)
_BRIEFING = re.compile(
    r"\b(?:(?:press|media) (?:briefing|conference)|(?:daily|weekly|department) briefing)\b", re.IGNORECASE
)
_ASKED = re.compile(
    r"\b(?i:what is|what's|do you know|could you give|does|do) (?P<who>[A-Z][\w. -]{1,30}?)"
    r"(?:['\u2019]s | have (?:a |any ))(?:comment|response|reaction|position|view|take|stance)"
)
"""A question that tells whose spokesman answers: 'What is China's comment?'."""

_COMMUNIQUE = re.compile(
    r"^\W*(?:[\w'\u2019]+\W+){0,3}?(?:communiqu[e\u00e9]|declaration|conclusions|decision)\b"
    r"|\b(?:resolves?|decides|decided|has agreed) as follows\b|\badopted the following\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^\W*(?:[\w'\u2019]+\W+){0,4}?(?:(?:joint|common|chair(?:man|person|woman)?['\u2019]s|final|presidential|ministerial|summit|(?:leaders|"
    r"ministers|presidents)['\u2019]?|press|collective)\W+){1,3}statement\b",
    re.IGNORECASE,
)
"""The head of a statement that several make together, or a chair for all."""

_TOGETHER = re.compile(
    r"\bjoint (?:\w+ )?(?:statement|declaration|communiqu[e\u00e9])s?\b.{0,80}?"
    r"\b(?:by|of|from|between)\b(?P<who>.{3,300})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:on|about|regarding|concerning|following|after)\b.*", re.IGNORECASE)
_OF_BODY = re.compile(
    r"^(?:the |of )?(?:authority|(?:\w+ (?:and \w+ )?)?council|assembly|heads of state|summit|conference|commission|"
    r"(?:\w+ )?(?:ministers|leaders|presidents)|\d{4})\b",
    re.IGNORECASE,
)
_BODY_OF = re.compile(
    r"\b(?:council|authority|assembly|summit|union|states?|members?|government|heads|meeting|session) of(?: the)?$"
)
_COUNCIL = re.compile(r"\b(?:council|authority|assembly)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:the )?(?P<title>mr|mrs|ms|miss|sir|dame|dr|h\.e|lord|lady|baroness|the president|the chair)\b\.?"
    r"(?P<name>[^():]{1,60}?)?(?: ?\((?P<state>[^()]{3,60})\))(?: ?\([^()]{3,60}\))*"
    r"|(?P<bare>(?-i:[A-Z][\w.'\u2019-]*(?: [A-Z(][\w.'\u2019)-]*){0,5}(?:, [A-Z][\w ]{2,40})?))"
    r")\s?(?:, speaking [^:]{3,80})?:[^\S\n]+(?=\S)",
    re.IGNORECASE,
)
"""The label of a speaker before what he says: 'Mr. Lind (Norway) (spoke in French):', 'Q:', 'MR PRICE:'."""

_CHAIRED = re.compile(
    r"(?:^|[\n.!] ?)(?:(?:I )?thank you,? |dear |distinguished )?(?:very much,? )?(?:Mr\.?|Mister|Madam|Mme\.?)? ?"
    r"(?:Chair(?:man|person|woman)?|President|Moderator)(?:[,.!\n]| for )",
    re.IGNORECASE,
)
"""How somebody addresses the chair of a meeting in which he speaks for his own."""

_FIRST = re.compile(r"\b(?:we|my delegation|our delegation|my capital|my country|my government)\b", re.IGNORECASE)
_DOING = re.compile(
    r",?\s+(?:(?:also|has|have|is|was|will|would|can|cannot|always|fully|strongly|firmly|therefore|further|once|again)"
    r"\s+)*[a-z]+(?:s|ed|n)?\b"
)
_OFTEN = 2
_QUESTION = re.compile(r"^(?:q|question)\b", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:a|answer|mr|mrs|ms|miss|dr|.*\bspokes(?:person|man|woman)\b.*)\b", re.IGNORECASE)
_HEAD, _HEAD_CHARACTERS, _HEAD_WORDS = 12, 2500, 70
"""How many passages at the head of a text may tell who speaks, how long they are together, and each of them."""

_LONGEST_LABEL = 200

_ITEM = re.compile(
    r"(?:\d{1,2}[.)]\s*|[-\u2022*]\s*)?(?:(?:Further|Also|Again|Once again|Moreover|Finally|Strongly|Deeply|Firmly"
    r"|Warmly|Urgently|Fully),? ){0,2}(?P<verb>[A-Z][a-z]{2,}s|[A-Z]{4,})(?= )",
    re.IGNORECASE,
)
"""How an item of a communique begins that leaves the body out: '3. Reiterates', 'FURTHER REQUESTS'."""

SUBJECT = "NATO "
"""What the parser is given as the subject of such an item; any name does."""

_NEAR = 4
"""Words between an office and the state whose it is."""

Voice = tuple[Mention, ...]


def author_voice(author: str, world: World, on: Day | None) -> Mention | None:
    """Return the actor for whom a document's author speaks, or ``None`` for journalists, scholars and unknown names.

    Parameters
    ----------
    author
        As the document names its author.
    world
        Who exists.
    on
        The day of the document.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> world = read_dossier(packaged_dossiers()["tokyo-office"]).world
    >>> author_voice("Norwegian Ministry of Foreign Affairs", world, None).actor
    'NOR'
    >>> author_voice("A. Lind, Norwegian Institute for Defence Studies", world, None)
    """
    if not _OFFICE.search(author) or _OBSERVER.search(author):
        return None
    mentions = [mention for mention in Cast(author, world, on).mentions if not mention.person]
    states = [mention for mention in mentions if world.actors[mention.actor].kind == "state"]
    chosen = next(iter(states or mentions), None)
    return None if chosen is None else _as_author(chosen)


def voices_of(document: Document, passages: Sequence[Passage], world: World, on: Day | None) -> list[Voice]:
    """Return for each passage for whom 'we' speaks in it: nobody where the document does not tell.

    The author tells it, or else the head of the text: who delivers a statement and on whose behalf, whose spokesman
    briefs, which body has adopted a communique. In a record or a briefing each speaker's label tells it anew.

    Parameters
    ----------
    document, passages
        What is read, and those of its passages that are coded.
    world, on
        Who exists, and the day of the document.
    """
    author = author_voice(document.author, world, on)
    labels = [
        _LABEL.match(document.text[passage.start : min(passage.end, passage.start + _LONGEST_LABEL)])
        for passage in passages
    ]
    home: Voice = (author,) if author is not None else _of_head(document, world, on, briefs=any(labels))
    briefing = bool(home) and any(map(_BRIEFING.search, _lines(document)))
    voices: list[Voice] = []
    current = home
    for label in labels:
        if label is not None and label["state"]:
            states = _states(label["state"], world, on)
            current = states[:1] if states else current
        elif label is not None and _QUESTION.match(label["bare"] or ""):
            current = ()
        elif label is not None and briefing:
            known = _ANSWER.match(label["bare"]) or label["bare"].split()[-1].lower() in document.title.lower()
            current = home if known else ()
        voices.append(current)
    return voices


def leaves_out_body(item: str) -> bool:
    """Tell whether an item of a communique begins with what its body does: 'Strongly condemns the attack'.

    Examples
    --------
    >>> leaves_out_body("Requests the Commission to send a team"), leaves_out_body("Members support it")
    (True, False)
    """
    match = _ITEM.match(item)
    if match is None or not item.lstrip("0123456789.)-\u2022* ")[:1].isupper():
        return False
    verb = match["verb"].lower()
    if item[match.end() :].startswith(" of "):
        return False  # 'Heads | of state welcome it' names who does
    lemmas = (verb[:-1], verb[:-2], f"{verb[:-3]}y") if verb.endswith("s") else ()
    return any(
        predicate.part == "verb" and predicate.words[0] == lemma
        for lemma in lemmas
        for predicate in predicates().get(lemma, ())
    )


def opens(sentence: str) -> bool:
    """Tell whether a sentence only announces a statement: 'I have the honour to deliver an explanation of vote on'."""
    return _OPENING.search(sentence) is not None


def adopts(document: Document) -> bool:
    """Tell whether a document is what a body has adopted, so that its items have the body for their subject."""
    lines = [document.title, *_head(document).split("\n")]
    heads = [line for line in lines if not line.rstrip().endswith((".", '"', "\u201d"))]
    return any(_COMMUNIQUE.search(head) or _STATED.search(head) for head in heads)


def _head(document: Document) -> str:
    lines = [document.text[passage.start : passage.end] for passage in document.passages[:_HEAD]]
    return "\n".join(lines)[:_HEAD_CHARACTERS]


def _lines(document: Document) -> list[str]:
    """Return the title and the short passages at the head of a text."""
    return [line for line in (document.title, *_head(document).split("\n")) if 0 < len(line.split()) <= _HEAD_WORDS]


def _of_head(document: Document, world: World, on: Day | None, *, briefs: bool) -> Voice:
    """Return who speaks by the head of a text: who delivers it, on whose behalf, which body, whose spokesman."""
    lines = _lines(document)
    own = next((mention for line in lines for mention in _delivering(line, world, on)), None)
    others = _represented(_head(document), world, on, own)
    if others or own is not None:
        return others or (_as_author(own),) if own is not None else others
    body = _together(lines, world, on) or (_body(lines, world, on) if adopts(document) else ())
    return body or (_asked(document, lines, world, on) if briefs else _of_itself(document, world, on))


def _delivering(line: str, world: World, on: Day | None) -> Iterator[Mention]:
    """Yield for whom somebody speaks of whom a line says that he delivers the text."""
    match = _DELIVERED.search(line) or _MISSION.search(line.strip())
    if match is None or _OBSERVER.search(match["who"]):
        return
    who = match["who"] if match.re is _DELIVERED else f"mission of {match['who']}"
    yield from _of_office(who, world, on)


def _of_office(words: str, world: World, on: Day | None) -> Iterator[Mention]:
    """Yield the states near an office: 'Permanent Representative of | Norway', '| Norwegian envoy A. Lind'."""
    offices = list(_OFFICE.finditer(words))
    for state in _states(words, world, on):
        for office in offices:
            between = (
                words[office.end() : state.start] if state.start >= office.end() else words[state.end : office.start()]
            )
            ahead = state.end <= office.start()
            apart = len(between.split()) > _NEAR or (not ahead and state.how == "adjective")
            if not apart and not re.search(r"\b(?:to|at|in|with|on|after|before|against)\b", between.lower()):
                yield state
                break


def _represented(head: str, world: World, on: Day | None, own: Mention | None) -> Voice:
    """Return on whose behalf a speaker says that he speaks."""
    match = _HONOUR.search(head.replace("\n", " "))
    if match is None:
        return ()
    mentions = [mention for mention in Cast(match["who"], world, on).mentions if mention.actor and not mention.person]
    bodies = [mention for mention in mentions if world.actors[mention.actor].kind == "organisation"]
    if bodies and bodies[0] == mentions[0]:
        return (_as_author(bodies[0]),)  # 'on behalf of the European Union and its member states'
    every = [*mentions, *([own] if own is not None and _OWN.search(match["who"]) else ())]
    return tuple({mention.actor: _as_author(mention) for mention in every}.values())


def _together(lines: Sequence[str], world: World, on: Day | None) -> Voice:
    """Return the states that make a statement together: 'Joint statement by the ministers of Chad, Mali and Niger'."""
    for line in lines:
        match = _TOGETHER.search(line) if not line.rstrip().endswith((".", '"', "\u201d")) else None
        states = _states(_ABOUT.sub("", match["who"]), world, on) if match is not None else ()
        if len({state.actor for state in states}) > 1:
            return tuple({state.actor: _as_author(state) for state in states}.values())
    return ()


def _body(lines: Sequence[str], world: World, on: Day | None) -> Voice:
    """Return the organisation whose communique or decision a text is."""
    for line in lines:
        bodies = [
            mention for mention in Cast(line, world, on).mentions
            if mention.actor in world.actors and world.actors[mention.actor].kind == "organisation"
        ]  # fmt: skip
        headed = len(bodies) == 1 and (_COMMUNIQUE.search(line) or _STATED.search(line)) is not None
        for body in bodies:
            after = line[body.end :].lstrip(" )'\u2019s,")
            before = line[: body.start].rstrip().lower()
            if before.endswith(" and"):
                continue  # 'Peace and | Security Council' is another council
            if (
                headed
                or _BODY_OF.search(before)
                or _OF_BODY.match(after)
                or _COUNCIL.search(line[body.start : body.end])
            ):
                return (Mention(0, 0, body.actor, how=BODY),)
    return ()


def _asked(document: Document, lines: Sequence[str], world: World, on: Day | None) -> Voice:
    """Return whose spokesman holds a briefing: by the head, or by whom most questions ask for a comment."""
    announced = [line for line in lines if _BRIEFING.search(line) or re.search(r"\bBriefing\b.*\bSpokes", line)]
    if not announced:
        return ()
    for line in announced:
        named = next(_of_office(line, world, on), None)
        if named is not None:
            return (_as_author(named),)
    asked = Counter(
        state.actor for match in _ASKED.finditer(document.text) for state in _states(match["who"], world, on)[:1]
    )
    most = asked.most_common(1)
    doubt = "speaks for whom the questions ask"
    return (Mention(0, 0, most[0][0], how="author", doubt=doubt),) if most else ()


def _of_itself(document: Document, world: World, on: Day | None) -> Voice:
    """Return the state of which a speech to a chair tells what it does: 'Thank you, Chair. India supports'."""
    text = document.text
    if not _CHAIRED.search(_head(document)) or not _FIRST.search(text):
        return ()
    told = Counter(
        mention.actor for mention in Cast(text, world, on).mentions
        if mention.how == "name" and not mention.person and mention.actor in world.actors
        and world.actors[mention.actor].kind == "state" and _DOING.match(text, mention.end)
    )  # fmt: skip
    (most, count), *others = told.most_common(2) or [("", 0)]
    if count < _OFTEN or (others and count < _OFTEN * others[0][1]):
        return ()
    return (Mention(0, 0, most, how="author", doubt="speaks for the state of which it tells most"),)


def _states(words: str, world: World, on: Day | None) -> Voice:
    """Return the states that some words name, also in capitals."""
    plain = words.title() if words.isupper() else words
    return tuple(
        _at(mention)
        for mention in Cast(plain, world, on).mentions
        if mention.how in ("name", "adjective", "demonym") and not mention.person
        and mention.actor in world.actors and world.actors[mention.actor].kind in ("state", "organisation")
    )  # fmt: skip


def _at(mention: Mention) -> Mention:
    return Mention(mention.start, mention.end, mention.actor, how=mention.how)


def _as_author(mention: Mention) -> Mention:
    return Mention(0, 0, mention.actor, how="author")
