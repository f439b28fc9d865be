"""``python -m foedus.backtests FILE DAY``: fit again and replace the packaged parameters.

``python -m foedus.backtests track-record`` fits the track-record model again and replaces its packaged numbers.
``python -m foedus.backtests nested`` scores it, for the meeting and for twelve months, with penalty and floor chosen
inside the folds, beside the base rate, and on the decisions coded only from earlier pages.
``python -m foedus.backtests tested`` scores the packaged consensus set again and replaces the packaged scores.
``python -m foedus.backtests agreement [unseen]`` prints how far the second pass over the packaged set, or over the
unseen decisions, agrees with the first.
``python -m foedus.backtests yielding`` tells how well it is told whether firm objectors yield, and the ceiling.
``python -m foedus.backtests persons`` scores appointments, each without its dispute, and keeps the scores.
``python -m foedus.backtests moves FILE`` counts how often the Council ended where stated positions gave no majority.
``python -m foedus.backtests silence [FILE]`` tells whether measured distance says where a silent member stands.
``python -m foedus.backtests leaning FILE`` fits what a dossier takes from it with ``prior: {from: measure}``.
"""

import sys
from pathlib import Path

from foedus.backtests.consensus_set import consensus_cases, packaged_consensus_set
from foedus.backtests.fitting import main
from foedus.backtests.layouts import read_cases
from foedus.backtests.leaning import leaning, write_leaning
from foedus.backtests.moves import moves
from foedus.backtests.persons import write_persons
from foedus.backtests.second_pass import write_agreement
from foedus.backtests.silence import silence
from foedus.backtests.testing import write_tested
from foedus.backtests.track_record import nested, write_track_record
from foedus.backtests.yielding import yielding

match sys.argv[1:]:
    case ["track-record"]:
        write_track_record(consensus_cases(packaged_consensus_set()))
    case ["nested"]:
        packaged = packaged_consensus_set()
        late = {decision.id for decision in packaged.decisions if decision.coded_after != "no"}
        for horizon in ("meeting", "year"):
            print(nested(consensus_cases(packaged), late, horizon))  # noqa: T201 - a maintainer's tool
    case ["tested"]:
        write_tested()
    case ["agreement", *names]:
        write_agreement(*names)
    case ["yielding"]:
        print(yielding(consensus_cases(packaged_consensus_set())))  # noqa: T201 - a maintainer's tool
    case ["persons"]:
        write_persons(consensus_cases(packaged_consensus_set()))
    case ["moves", file]:
        print(moves(read_cases(Path(file))))  # noqa: T201 - a maintainer's tool
    case ["silence", *files]:
        print(silence())  # noqa: T201 - a maintainer's tool
        for row in leaning([case for file in files for case in read_cases(Path(file))]):
            print(row)  # noqa: T201 - a maintainer's tool
    case ["leaning", file]:
        write_leaning(Path(file))
    case arguments:
        main(arguments)
