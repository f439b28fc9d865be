"""How others answer, as sections: the record, the sign and its break-even, misreading, the ledger."""

from __future__ import annotations

from foedus.base.wording import and_, at_the_start
from foedus.reports.numbers import Number, change, count, share
from foedus.reports.response_ledger import ledger_section
from foedus.reports.sections import (
    HEADLINE,
    ON_PAPER,
    STRONG,
    Block,
    Cell,
    Figure,
    Part,
    Section,
    Table,
    Text,
    bullets,
    cell,
    muted,
    table,
    text,
)
from foedus.strategy import Responded
from foedus.strategy.deterrence import AGREED, HARDLY, NOTICEABLE, WORDS, Deterrence
from foedus.strategy.games.card import CHECKED
from foedus.strategy.names import possessive
from foedus.strategy.record import KINDS, Comparable, RecordAnswer, Share, Tested
from foedus.strategy.result import OptionAnswer
from foedus.strategy.verdicts import CARDS

KIND_WORDS = {
    "none": "no answer found",
    "diplomatic": "words or protests",
    "economic": "economic measures",
    "military": "military posture",
    "force": "force",
}
"""The five kinds as people read them."""


_RANKS = {
    "leader": "a leader",
    "minister": "a minister",
    "official": "an official",
    "other": "not named, or out of office",
    "none": "nobody is named",
}
"""The ranks of speakers as people read them."""

DETER_OR_PROVOKE = "Does it deter or provoke?"

_FEW = 5
"""Comparable acts below which no kind of answer is called the likeliest."""
_LEAST = 0.001
"""The least cost, in stakes, that is told in digits."""


def response_sections(response: Responded) -> tuple[Section, ...]:
    """Return the whole answer, in the order in which a reader asks."""
    rests = (
        "{} draws, seed {}. SHA-256 of the inputs: {}.",
        count(response.draws),
        str(response.seed),
        response.inputs_sha256,
    )
    made = (
        _question(response),
        _answers(response),
        _comparable(response),
        _deterrence(response),
        _games(response),
        _beliefs(response),
        ledger_section(response),
        _turns(response),
        Section("limits", "What this does not say", (bullets(response.caveats),)),
        _sources(response),
        Section("colophon", "", (muted(*rests),)),
    )
    return tuple(section for section in made if section is not None)


def _question(response: Responded) -> Section:
    known = f"Option: {response.main.label}. From what was known on {response.as_of}."
    warned = tuple(text(warning, tone=STRONG) for warning in response.warnings)
    said = (*warned, text(response.dossier), muted(known))
    return Section("question", f"How would {response.rival_name} answer?", said, level=1)


def sentence(response: Responded) -> Text:
    """Return the answer in one sentence, with its basis in cases."""
    record, option = response.main.record, response.main.label
    if record is None:
        why = "No share is given" if response.no_game else "No act on record is comparable"
        left = f"{why}: how {response.rival_name} answers {option!r} is left open."
        return text(left, tone=HEADLINE)
    kind = max(KINDS, key=lambda kind_: record.counts[kind_])
    if record.alike == 0:
        words = (
            f"Too little to say how {response.rival_name} answers {option!r}: none of the {{}} comparable acts known "
            f"by {record.known_by} is of its class, {response.main.act!r}. After {{}} of them came {KIND_WORDS[kind]}."
        )
        return text(words, count(record.acts), count(record.counts[kind]), tone=HEADLINE)
    if record.basis == "all acts":
        return _by_all_acts(response, record, kind)
    if record.acts < _FEW or sorted(record.counts.values())[-2] == record.counts[kind]:
        seen = and_([f"{KIND_WORDS[kind_]} {{}}" for kind_ in KINDS if record.counts[kind_]])
        acts = f"comparable {'act' if record.acts == 1 else 'acts'} known by {record.known_by}"
        words = f"Too few acts to say how {response.rival_name} answers {option!r}: of {{}} {acts}, {seen}."
        counts = [count(record.counts[kind_]) for kind_ in KINDS if record.counts[kind_]]
        return text(words, count(record.acts), *counts, tone=HEADLINE)
    words = f"{_most_likely(response, kind)}: it did so after {{}} of {{}} comparable acts known by {record.known_by}."
    return text(words, count(record.counts[kind]), count(record.acts), tone=HEADLINE)


def _most_likely(response: Responded, kind: str) -> str:
    """Return the start of the sentence that names the likeliest answer."""
    rival, option = at_the_start(response.rival_name), response.main.label
    if kind == "none":
        return f"{rival} most likely leaves {option!r} unanswered"
    return f"{rival} most likely answers {option!r} with {KIND_WORDS[kind]}"


def _by_all_acts(response: Responded, record: RecordAnswer, commonest: str) -> Text:
    """Return the sentence where the shares are those of all acts, and what followed the comparable ones beside it."""
    likeliest = max(record.shares, key=lambda kind: kind.share or 0.0)
    came = "left unanswered" if commonest == "none" else f"answered with {KIND_WORDS[commonest]}"
    words = (
        f"{_most_likely(response, likeliest.kind)}, by its answers to all acts on record ({{}}). Of {{}} comparable "
        f"acts known by {record.known_by}, {{}} were {came}, but comparable acts have not "
        "foretold later ones any better."
    )
    told = (share(likeliest.share or 0.0), count(record.acts), count(record.counts[commonest]))
    return text(words, *told, tone=HEADLINE)


def _answers(response: Responded) -> Section:
    record, other = response.main.record, response.main.coincident
    if record is None:
        return Section("answers", "How others answer", (sentence(response),))
    of = "share of all acts" if record.basis == "all acts" else "share"
    headings = ("gravest answer", "seen", of, "from", "to", "with doubtful ones")
    shown = table(headings, [_kind_row(kind_share, other) for kind_share in record.shares], numbers=(1, 2, 3, 4))
    note = muted(
        f"Comparable: {record.words}. Each act counts once, by its gravest answer; milder ones do not show. "
        f"{_resting(record, response.rival_name)}; 'from' and 'to' enclose nine "
        f"tenths.{_gap(record)} The last column also counts doubtful answers: disputed ones, those linked "
        "to the act only by date, and those that only others call an answer and that came before the act "
        "was public."
    )
    above: tuple[Block, ...] = (sentence(response), *unseen(record), *soon(record), Figure("strip"), shown, note)
    below = (*_missed(record), *_tested(record), *after_meeting(response))
    return Section("answers", "How others answer", (*above, *below))


def _resting(record: RecordAnswer, rival: str) -> str:
    """Return what the shares rest on."""
    if record.basis == "all acts":
        return f"Shares are those of all acts that {rival} may have answered, whether comparable or not"
    return "Shares are shrunk towards those of all acts on record"


def _missed(record: RecordAnswer) -> tuple[Text, ...]:
    """Return what the shares were if answers that were not found had been given all the same."""
    if not record.counts["none"]:
        return ()
    half, every = (next(missed for missed in record.missed if missed.missed == part) for part in (0.5, 1.0))
    words = (
        "An answer may have been given and not found. Had half of the unanswered acts been answered in words, the "
        "share of words or protests would be {}; had all, {}."
    )
    return (muted(words, share(half.diplomatic), share(every.diplomatic)),)


def _gap(record: RecordAnswer) -> str:
    """Return why the shares do not add up, where they do not."""
    unseen = any(kind_share.share is None for kind_share in record.shares)
    return " A kind that never occurred has a bound but no share, so the shares need not add up." if unseen else ""


def unseen(record: RecordAnswer) -> tuple[Text, ...]:
    """Return the kinds of which there is no case, with their common bound."""
    kinds = [kind_share for kind_share in record.shares if kind_share.share is None and kind_share.kind != "none"]
    if not kinds:
        return ()
    named = and_([KIND_WORDS[kind.kind] for kind in kinds], "or")
    return (text(f"No case of {named} after such an act ({kinds[0].words})."),)


def soon(record: RecordAnswer) -> tuple[Text, ...]:
    """Return how soon half of the answers came."""
    days = record.lag.median
    if days is None:
        return ()
    if days <= 1:
        return (text(f"Half of the answers came {'within a day' if days else 'on the day'} of the act."),)
    return (text("Half of the answers came within {} days of the act.", count(days)),)


def _kind_row(kind_share: Share, other: RecordAnswer | None) -> tuple[Part | Cell, ...]:
    """Return a kind of answer: a share only where it was seen, and else a bound."""
    seen = f"{kind_share.seen} of {kind_share.of}"
    apart = "" if other is None else f"{other.counts[kind_share.kind]} of {other.acts}"
    if kind_share.share is None or kind_share.low is None or kind_share.high is None:
        return KIND_WORDS[kind_share.kind], seen, "no case", "", cell("below ", share(kind_share.bound or 0.0)), apart
    return (
        KIND_WORDS[kind_share.kind],
        seen,
        share(kind_share.share),
        share(kind_share.low),
        share(kind_share.high),
        apart,
    )


def _tested(record: RecordAnswer) -> tuple[Text, ...]:
    """Return how well such shares foretold acts that they were not shown."""
    if record.tested.acts < 2:
        return ()
    words = (
        "Each of {} acts was predicted from the others: log loss {} by the shares of comparable acts, {} by "
        "those of all acts together"
    )
    alone = _scored(words, record.tested, "so the class of the act adds nothing here")
    later = record.tested_by_time
    if record.basis != "all acts":
        return (alone,)
    words = (
        f"But {{}} acts after {later.trained_to} were predicted from those before with a log loss of {{}} by the "
        "shares of comparable acts and {} by those of all acts together"
    )
    then = "so comparable acts tell no more of later ones, and the table gives the shares of all acts"
    return alone, _scored(words, later, then)


def _scored(words: str, test: Tested, nothing_gained: str) -> Text:
    """Return how comparable acts foretold, beside all acts together."""
    ours, pool = (test.of(name).log_loss for name in ("shrunk", "pool"))
    better = "lower is better" if ours < pool else f"lower is better, {nothing_gained}"
    return muted(f"{words}; {better}.", count(test.acts), *(Number(score, "score") for score in (ours, pool)))


def after_meeting(response: Responded) -> tuple[Text, ...]:
    """Return what comes once the body has met, over all that it may decide."""
    if not response.mixed or response.meeting is None or response.status_quo_decided is None:
        return ()
    chances = [
        (f"{KIND_WORDS[mixed.kind]} {'' if mixed.bound is None else 'at most '}{{}}", mixed.probability, mixed.bound)
        for mixed in response.mixed
    ]
    may = (
        f"Over everything that {response.meeting} may decide ({response.status_quo!r} in {{}} of draws, with nothing "
        "to answer): "
    )
    words = ", ".join(kind for kind, _, _ in chances)
    shares = (share(bound or 0.0 if chance is None else chance) for _, chance, bound in chances)
    return (text(f"{may}{words}.", share(response.status_quo_decided), *shares),)


def _comparable(response: Responded) -> Section | None:
    record = response.main.record
    if record is None or not record.nearest:
        return None
    shown = nearest_acts(record)
    return Section("comparable", "The nearest acts and what was answered", (Figure("lags"), shown))


def nearest_acts(record: RecordAnswer, folded: int | None = None) -> Table:
    """Return the nearest acts, each with its gravest answer.

    Parameters
    ----------
    record
        Whose.
    folded
        How many rows a page shows at once; by default all.
    """
    headings = ("act", "on", "answer", "days to it", "lasted", "linked to the act")
    rows = [_act_row(comparable) for comparable in record.nearest]
    rest = "" if folded is None else f"{len(rows) - folded} more of the nearest acts"
    return table(headings, rows, numbers=(1, 3, 4), widths=(4.6, 3, 5, 1.5, 1.8, 2), folded=folded, rest=rest)


def _act_row(comparable: Comparable) -> tuple[Part | Cell, ...]:
    """Return an act with its gravest answer, the publisher of the source below each."""
    act = cell(comparable.name, below=(_publisher(comparable.source, comparable.verified),))
    if not comparable.answers:
        return act, comparable.on.isoformat(), "none found", "", "", ""
    seen = next((each for each in comparable.answers if each.kind == comparable.kind), comparable.answers[-1])
    told = cell(f"{seen.kind}: {seen.measure}", below=(_publisher(seen.source, seen.verified),))
    lag: Part = "" if seen.lag_days is None else count(seen.lag_days)
    lasted: Part = "" if seen.duration_days is None else count(seen.duration_days)
    return act, comparable.on.isoformat(), told, lag, lasted, seen.attribution


def _publisher(source: str, verified: bool) -> str:
    return f"{source.partition(',')[0]}{'' if verified else ' (not read)'}"


def _sources(response: Responded) -> Section | None:
    """Return the sources of the nearest acts and of the games, on paper, where there is room for addresses."""
    acts = () if response.main.record is None else response.main.record.nearest
    read = {True: "", False: " (not read)"}
    lines = [f"{act.on} {act.name}: {act.source}{read[act.verified]}" for act in acts]
    lines += [
        f"{each.on} {each.kind} after {act.name!r}: {each.source}{read[each.verified]}"
        for act in acts
        for each in act.answers
    ]
    lines += [f"{model.model}: {CARDS[model.model].reference}" for model in response.models]
    return Section("sources", "Sources", (bullets(dict.fromkeys(lines)),), media=ON_PAPER) if lines else None


def _deterrence(response: Responded) -> Section:
    main, label = response.main.deterrence, response.main.label
    if main is None:
        return Section("deterrence", DETER_OR_PROVOKE, (judged(response),))
    rows = [_option_row(option, option.deterrence) for option in response.options if option.deterrence is not None]
    headings = ("option", "decided", "change, 5 %", "95 %", "deters", "provokes", "neither", "tips", "verdict")
    shown = table(headings, rows, numbers=range(1, 8), widths=(3.4, 2.6, 2.6, 1.8, 2.3, 2.9, 2.5, 1.6, 3))
    rule = muted(
        "An act is said to deter or provoke only if {} of draws agree, and to hardly change the chance if "
        f"nine tenths of them move it by less than {Number(100 * NOTICEABLE, 'order')} point. It tips if the peaceful "
        f"equilibrium is gone. Of {label!r}, {{}} draws have one equilibrium, {{}} several; {{}} were not "
        "solved and are left out.",
        share(AGREED),
        count(main.one),
        count(main.several),
        count(main.unsolved),
    )
    return Section(
        "deterrence", DETER_OR_PROVOKE, (judged(response), shown, rule, Figure("break-even"), *voices(response))
    )


def judged(response: Responded) -> Text:
    """Return whether the option that is looked at deters or provokes, in words and in points; or why no game tells."""
    main = response.main.deterrence
    if main is None:
        return text(f"No game is played: {response.no_game}.", tone=STRONG)
    return text(
        f"{at_the_start(response.main.label)}: {main.words}. In the middle nine tenths of draws the chance of a "
        f"challenge within {response.horizon_days} days moves by {{}} to {{}} points, from {{}} (median).",
        change(main.q05),
        change(main.q95),
        share(main.before),
        tone=STRONG,
    )


def voices(response: Responded) -> tuple[Text | Table, ...]:
    """Return where voices put the act, each with the statement that says so."""
    rows = [
        (
            cell(voice.name, below=(f"{_RANKS[voice.rank]}; {voice.statement}, {voice.passage}",)),
            voice.said,
            WORDS[voice.side],
        )
        for voice in response.picture.voices
    ]
    if not rows:
        return ()
    place = muted("Each voice is placed within the declared ranges by its words; the words are its own.")
    return (table(("voice", "what it says", "then it"), rows, widths=(3, 6, 2)), place)


def _option_row(answer: OptionAnswer, deterrence: Deterrence) -> tuple[Part | Cell, ...]:
    decided: Part = "" if answer.decided is None else share(answer.decided)
    kind = answer.act if answer.about in {"alliance", answer.act} else f"{answer.act}, {answer.about}"
    return (
        cell(answer.label, below=(kind,)),
        decided,
        change(deterrence.q05),
        change(deterrence.q95),
        share(deterrence.deters),
        share(deterrence.provokes),
        share(deterrence.neither),
        share(deterrence.tips),
        deterrence.words,
    )


def _games(response: Responded) -> Section | None:
    if not response.models:
        return None
    rows = [
        (
            cell(model.model, below=(CARDS[model.model].question,)),
            model.reading,
            WORDS[model.verdict],
            cell(model.decided_by, below=(CHECKED[CARDS[model.model].checked],)),
        )
        for model in response.models
    ]
    note = muted("Each game models one mechanism; they are shown side by side and never averaged.")
    shown = table(("game", "reading", "then it", "depends on"), rows, widths=(4, 5, 2.2, 5))
    return Section("games", "What each game says", (shown, note))


def _beliefs(response: Responded) -> Section | None:
    if not response.perception:
        return None
    side = f"{possessive(response.target_name)} side"
    who = {
        "nobody": "nobody",
        "rival": at_the_start(response.rival_name),
        "defender": at_the_start(side),
        "both": "both",
    }
    rows = [
        (
            who[belief.who],
            {"nobody": "", "both": "each as above"}.get(belief.who, belief.what),
            {None: "", True: "yes", False: "no"}[belief.shared],
            Number(1000 * belief.challenge, "place"),
            Number(1000 * belief.war, "place"),
            "" if belief.regret is None else _cost(belief.regret),
        )
        for belief in response.perception
    ]
    headings = ("who errs", "how", "the other shares it", "challenges in 1,000", "wars in 1,000", "costs it")
    shown = table(headings, rows, numbers=(3, 4, 5), widths=(3, 6, 2, 2.2, 2, 2))
    basis = muted(f"How far {side} overrates who would join it: {response.gap}. Costs are in stakes.")
    return Section("beliefs", "What each side may misread", (*misread(response), Figure("beliefs"), shown, basis))


def misread(response: Responded) -> tuple[Text, Text]:
    """Return what follows where either side errs, a sentence for each."""
    side = f"{possessive(response.target_name)} side"
    by = {(belief.who, belief.shared): belief.war for belief in response.perception}
    accurate = by["nobody", None]
    alone = "likelier" if by["defender", False] > accurate else "no likelier"
    shared = "rarer" if by["defender", True] < accurate else "no rarer"
    own = text(
        f"If {side} overrates who would join it and {response.rival_name} sees through that, war becomes {alone}; if "
        f"{response.rival_name} shares the belief, {shared}."
    )
    return own, _early(response)


def _cost(stakes: float) -> Part | Cell:
    """Return a cost in stakes; below a thousandth of one its digits tell nothing."""
    return Number(stakes, "pull") if not 0 < stakes < _LEAST else cell("below ", Number(_LEAST, "pull"))


def _early(response: Responded) -> Text:
    """Return what follows where the rival overrates the opposition: deterrence, unless it believes in its growth."""
    words = "A rival that overrates its opposition is deterred by this error"
    bias = next((turn.value for turn in response.turns if turn.verdict_below == HARDLY), None)
    if bias is None:
        return text(f"{words}.")
    return text(
        f"{words}. It gains by striking early only if it believes that the opposition grows: from {{}} times the true "
        "decline of its chances (median).",
        Number(1 + bias, "pull"),
    )


def _turns(response: Responded) -> Section | None:
    if not response.turns:
        return None
    rows = [
        (
            turn.assumption,
            "no value" if turn.value is None else Number(turn.value, "pull"),
            WORDS[turn.verdict_below],
            WORDS[turn.verdict_above],
            "" if turn.drawn is None else Number(turn.drawn, "pull"),
        )
        for turn in response.turns
    ]
    headings = ("assumption", "turns at", "below it", "above it", "drawn (median)")
    shown = table(headings, rows, numbers=(1, 4), widths=(6, 2, 3, 3, 2))
    sunk = [(option.label, option.sunk, "yes" if option.tied else "no") for option in response.options]
    return Section(
        "turns", "What would change the sign", (shown, table(("option", "cost that is sunk", "ties hands"), sunk))
    )
