"""Page furniture: what a web page puts around an article, set aside and never coded."""

from __future__ import annotations

import re

from foedus.evidence.folding import fold_same_length

_LINES: dict[str, str] = {
    "reply form": r"(?:leave (?:a|your) (?:reply|comment|response)|post (?:a |new |your )*comment|add (?:a "
    r"|your )?comment"
    r"|your e-?mail address will not be (?:published|shown).*|required fields are marked.*|cancel reply"
    r"|comments? \(\d+\)"
    r"|the content of this field is .*|save my name.*browser.*|\d+ comments?|no comments?(?: yet)?"
    r"|be the first to comment.*|log in to (?:comment|reply).*|comments? (?:are )?closed\.?)",
    "sum to solve": r"(?:\d{1,2}\s*[+x*\u00d7-]\s*\d{1,2}\s*=\s*\d*|(?:please )?solve this (?:simple )?(?:math"
    r"|sum).*|enter the result\b.*"
    r"|.{0,40}\b(?:captcha|prove (?:that )?you are (?:not a robot|human)).{0,80})",
    "share buttons": r"(?:share(?: (?:this|on|via|the)\b.{0,60})?:?|(?:facebook|twitter|x|linkedin|whatsapp"
    r"|telegram|reddit|e-?mail|print"
    r"|pinterest|copy link|tweet|share)(?:[ ,|/\u2022\u00b7]+(?:facebook|twitter|x|linkedin|whatsapp|telegram"
    r"|reddit|e-?mail|print|pinterest"
    r"|copy link|tweet|share))*|like this:?|follow us\b.{0,80}|like loading\.*)",
    "page control": r"(?:back to (?:the )?top(?: button)?|scroll to top|skip to (?:main )?content|(?:read|show"
    r"|load|see|view|click) more\b.{0,40}"
    r"|previous(?: article| post)?|next(?: article| post)?|print this page|toggle navigation|menu|search|home"
    r"|close|download(?: \(?pdf\)?)?)",
    "links to other pages": r"(?:related (?:articles?|posts?|stories|topics|content|news)|you may also like"
    r"|more (?:from|on|in) .{0,60}|most (?:read|popular|viewed)"
    r"|recommended(?: for you)?|trending(?: now)?|see also:?|further reading|don't miss|editor'?s picks?"
    r"|tags?:.{0,200}|topics?:.{0,200}|filed under:?.{0,200})",
    "subscription": r"(?:subscribe\b.{0,120}|sign up (?:for|to|now)\b.{0,160}|newsletters?|get (?:the"
    r"|our) (?:latest|newsletter)\b.{0,160}"
    r"|already a subscriber\?.{0,80}|support (?:our|independent) journalism.{0,160}|donate(?: now)?"
    r"|advertisements?|sponsored(?: content)?)",
    "notice": r"(?:(?:copyright|\u00a9|\(c\)).{0,200}|all rights reserved.{0,120}|(?:image|photo"
    r"|picture)(?: (?:source|credit|by|courtesy))?:.{0,160}"
    r"|image source.{0,160}|contact us|about us|privacy policy.{0,80}|terms (?:of|and) .{0,80}|(?:we"
    r"|this site) uses? cookies.*|accept(?: all)? cookies"
    r"|\(?the (?:paper|article) (?:is|does not).{0,80}(?:author'?s|represent).*|disclaimer:?.{0,400}"
    r"|.*views expressed.{0,80}(?:author'?s?|own).*)",
    "note on the author": r"(?:about the authors?:?"
    r"|[\u2022*-]?\s*[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,4} is an? (?:associate |senior "
    r"|junior |research |distinguished )*"
    r"(?:fellow|professor|researcher|analyst|journalist|reporter|writer|correspondent|editor|director|lecturer"
    r"|scholar)\b.{0,300})",
    "credit": r"(?:source: .{0,200}|(?:this|the) article (?:was )?(?:first |originally )*(?:published"
    r"|appeared) .{0,200}|originally published .{0,200}"
    r"|republished .{0,200}|reprinted .{0,200})",
}
_PATTERNS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _LINES.items()}
_STARTS_TAIL = re.compile(
    r"leave (?:a|your) (?:reply|comment)|post (?:a |new |your )*comment|about the authors?:?"
    r"|related (?:articles?|posts?|stories)|you may also like",
    re.IGNORECASE,
)
_LONGEST = 600


def furniture_of(lines: list[str]) -> list[str]:
    """Tell for each paragraph what page furniture it is, or an empty string.

    In the last third of a page, a reply form, a note on the author or a list of related articles begins a tail in
    which every further line is furniture.

    Parameters
    ----------
    lines
        The paragraphs, in their order.

    Examples
    --------
    >>> furniture_of(["France opposed the plan.", "Leave a Reply", "3 + 4 ="])
    ['', 'reply form', 'sum to solve']
    """
    kinds = [_kind(fold_same_length(line).strip()) for line in lines]
    for place in range(len(lines)):
        if (
            3 * place >= 2 * len(lines)
            and kinds[place]
            and _STARTS_TAIL.fullmatch(fold_same_length(lines[place]).strip())
        ):
            kinds[place:] = [kind or "after the article" for kind in kinds[place:]]
            break
    return kinds


def _kind(line: str) -> str:
    if len(line) > _LONGEST:
        return ""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(line)), "")
