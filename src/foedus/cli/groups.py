"""``foedus --help``: the commands in the order of an analyst's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "Begin": {
        "demo": "What does an answer look like?",
        "tour": "Which parts of the system does Foedus model?",
        "new": "How do I set up a decision of my own?",
        "check": "Is my dossier sound, and what is still open?",
    },
    "Keep the case": {
        "rename": "How do I rename an issue, an option or a claim?",
        "option": "How does an option enter, or leave, on a day?",
        "meeting": "How do I add a meeting, such as a vote put off?",
        "actor": "How do I enter somebody whom Foedus does not know?",
    },
    "Read and code": {
        "read": "Who says what in these documents?",
        "statements": "Which statements count, and who decided so?",
        "serve": "How do I do all this in a browser?",
        "position": "Where does an actor stand, and on what does that rest?",
        "network": "Who stands with whom, and which camps form?",
    },
    "Forecast": {
        "forecast": "What would the body decide, and who objects?",
        "package": "What if several matters are decided together?",
        "disagree": "What does every other model make of it?",
        "rounds": "How do positions move, round by round?",
        "record": "How do I put my own forecast on record?",
        "score": "How good were the forecasts on record?",
    },
    "Ask why": {
        "levers": "What would change the answer?",
        "evidence": "On which statements does the answer rest?",
        "scenarios": "What if the case went another way?",
        "sensitivity": "Which unknowns matter most?",
        "compare": "Why do two dossiers disagree?",
        "study": "How do assumptions, days and models move it?",
    },
    "Run through time": {
        "timeline": "How did the forecast change with the news?",
        "replay": "How did it come about, and what if it had not?",
    },
    "The wider system": {
        "respond": "How would a rival answer, and does it deter or provoke?",
        "tailor": "Which cooperation suits a partner and the alliance?",
        "forum": "In which forum would an actor put the question?",
        "allocate": "Where do limited means fall short?",
    },
    "Facts and law": {
        "world": "Who belonged to what, and who was bound, on a day?",
        "measure": "Who votes like whom in the General Assembly?",
        "power": "Who can adopt, who can block, what is a vote worth?",
        "obligations": "What must treaty parties do when somebody is attacked?",
    },
    "Methods": {
        "models": "What does each model assume and claim?",
        "backtest": "How good are the models on known decisions?",
        "evaluate": "How well does Foedus read?",
        "schema": "Which keys does an answer or a file have?",
    },
}
"""Every command by group, at most six to a group, each with the question that it answers."""


class ByQuestion(TyperGroup):
    """A group of commands whose help lists them under the questions that they answer."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; one that is unknown here and stands in a group, such as resolve in world, is told with it."""
        names = [] if args[0] in self.list_commands(ctx) else self.list_commands(ctx)
        groups = [name for name in names if args[0] in getattr(self.get_command(ctx, name), "commands", ())]
        within = [f"'{ctx.info_name} {name} {args[0]}'" for name in groups]
        if within:
            ctx.fail(f"No such command '{args[0]}'. Did you mean {' or '.join(within)}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, group by group; a command that no group names stands last, under its own words."""
        shown = {
            name: command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name)) is not None
        }
        left = {
            name: known_command.get_short_help_str()
            for name, known_command in shown.items()
            if not known_command.hidden
        }
        for title, questions in QUESTIONS.items():
            rows = [(name, question) for name, question in questions.items() if left.pop(name, None) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows, col_max=14)
        if left:
            with formatter.section("More"):
                formatter.write_dl(list(left.items()), col_max=14)
