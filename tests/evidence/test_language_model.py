"""The coder that asks a language model, against an endpoint of our own on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from foedus.base.errors import FoedusError
from foedus.coding.intake import Wishes, coder_named, read_into
from foedus.dossiers import Dossier, read_dossier
from foedus.evidence import language_model
from foedus.evidence.language_model import LanguageModelCoder, model_from_environment
from foedus.evidence.readers import document_of

TEXT = (
    "Norwegen sagte am Montag, dass das Büro in Tokio öffnen soll und dass es nicht zu früh ist.\n\n"
    "Frankreich ist gegen das Büro in Tokio, und das ist auch mit dem Rat nicht zu ändern.\n"
)
GOOD = {"passage": "p1", "quote": "das Büro in Tokio öffnen soll", "actor": "Norway", "concept": "office"}
GOOD |= {"stance": 1, "kind": "indirect", "certainty": 0.9}


class Endpoint:
    """Answers in turn with what it was given, and counts how often it was asked."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.asked: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                outer.asked.append(json.loads(self.rfile.read(length)))
                answer = outer.answers[min(len(outer.asked), len(outer.answers)) - 1]
                body = json.dumps(
                    {
                        "id": "x",
                        "object": "chat.completion",
                        "created": 0,
                        "model": "tiny",
                        "choices": [
                            {
                                "index": 0,
                                "finish_reason": "stop",
                                "message": {"role": "assistant", "content": answer},
                            }
                        ],
                        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
                    }
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    pytest.importorskip("pydantic_ai", reason="needs the extra 'lm'")
    found = Endpoint()
    yield found
    found.server.shutdown()
    found.server.server_close()


def listed(*statements: dict[str, Any]) -> str:
    return json.dumps({"statements": list(statements)})


@pytest.mark.filterwarnings("ignore")
def test_a_model_proposes_and_the_guard_refuses_what_the_text_does_not_say(
    tokyo: Dossier, endpoint: Endpoint, tmp_path: Path
) -> None:
    endpoint.answers = [
        listed(
            GOOD,
            GOOD | {"quote": "das Büro in Tokio soll brennen und verschwinden"},
            GOOD | {"quote": "das Büro in Tokyo öffnen soll"},
            GOOD | {"concept": "moon"},
        )
    ]
    coder = LanguageModelCoder("tiny", endpoint.url, "", tmp_path)
    document = document_of("note.txt", TEXT.encode())
    coded = coder.code(document, tokyo.world, tokyo.concepts)
    [one] = coded.candidates
    assert (one.actor, one.concept, one.stance, one.passage, one.kind) == ("NOR", "office", 1, "p1", "indirect")
    assert document.text[one.start : one.end] == one.quote == GOOD["quote"]
    assert [text.split(" ")[-1] for text in coded.refused] == ["source", "hand", "dossier"]
    assert "which says: 'das Büro in Tokio öffnen soll'" in coded.refused[1]
    assert (coded.tokens_in, coded.tokens_out, coded.from_cache) == (100, 20, False)


@pytest.mark.filterwarnings("ignore")
def test_what_was_asked_once_is_answered_from_disk_without_the_endpoint(
    tokyo: Dossier, endpoint: Endpoint, tmp_path: Path
) -> None:
    endpoint.answers = [listed(GOOD)]
    document = document_of("note.txt", TEXT.encode())
    first = LanguageModelCoder("tiny", endpoint.url, "", tmp_path).code(document, tokyo.world, tokyo.concepts)
    again = LanguageModelCoder("tiny", "", "", tmp_path).code(document, tokyo.world, tokyo.concepts)
    assert len(endpoint.asked) == 1
    assert again.candidates == first.candidates
    assert again.from_cache
    with pytest.raises(FoedusError, match="names no endpoint to ask"):
        LanguageModelCoder("other", "", "", tmp_path).code(document, tokyo.world, tokyo.concepts)


@pytest.mark.filterwarnings("ignore")
def test_an_answer_out_of_shape_is_asked_for_again_and_given_up_in_the_end(
    tokyo: Dossier, endpoint: Endpoint, tmp_path: Path
) -> None:
    document = document_of("note.txt", TEXT.encode())
    endpoint.answers = ["I would rather not.", listed(GOOD)]
    coder = LanguageModelCoder("tiny", endpoint.url, "", tmp_path)
    coded = coder.code(document, tokyo.world, tokyo.concepts)
    assert len(coded.candidates) == 1
    assert len(endpoint.asked) == 2
    endpoint.answers = ["No."]
    with pytest.raises(FoedusError, match="the model stubborn gave no answer"):
        LanguageModelCoder("stubborn", endpoint.url, "", tmp_path).code(document, tokyo.world, tokyo.concepts)


@pytest.mark.filterwarnings("ignore")
def test_reading_with_a_model_shows_its_cost_and_reads_what_rules_cannot(
    tokyo_copy: Path, endpoint: Endpoint, tmp_path: Path
) -> None:
    endpoint.answers = [listed(GOOD, GOOD | {"quote": "nicht da"})]
    (tmp_path / "note.txt").write_text(TEXT)
    before = len(read_dossier(tokyo_copy).statements)
    wishes = Wishes(coder=LanguageModelCoder("tiny", endpoint.url, "", tmp_path / "kept"))
    intake = read_into(tokyo_copy, [tmp_path / "note.txt"], wishes)
    assert (intake.coder, intake.tokens_in, intake.tokens_out, intake.paid) == ("lm:tiny", 100, 20, 1)
    [statement] = intake.statements
    assert (statement.coder, statement.status, statement.rule) == ("lm:tiny", "candidate", "answer of lm:tiny")
    assert [one.reason for one in intake.refused] == ["'nicht da' is not in the source"]
    again = read_into(tokyo_copy, [tmp_path / "note.txt"], wishes)
    assert [one.status for one in again.documents] == ["known"]
    assert len(read_dossier(tokyo_copy).statements) == before + 1


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tokyo: Dossier) -> None:
    monkeypatch.delenv(language_model.MODEL, raising=False)
    with pytest.raises(FoedusError, match=r"set FOEDUS_LM_MODEL .* pip install 'foedus\[lm\]'"):
        coder_named("lm")
    with pytest.raises(FoedusError, match="there are rules, lm"):
        coder_named("oracle")
    monkeypatch.setenv(language_model.MODEL, "tiny")
    monkeypatch.setenv(language_model.CACHE, str(tmp_path / "none"))
    monkeypatch.setattr(language_model, "_installed", lambda: False)
    with pytest.raises(FoedusError, match="is an extra that is not installed"):
        model_from_environment()
    coder = LanguageModelCoder("tiny", "http://127.0.0.1:9/v1", "", tmp_path)
    with pytest.raises(FoedusError, match=r"no answer is kept; install it with: pip install 'foedus\[lm\]'"):
        coder.code(document_of("note.txt", TEXT.encode()), tokyo.world, tokyo.concepts)
