"""What other packages may use of disclosure: nothing deeper than this page.

* ``drafts_to_check``: drafts that wait for the 公示审核员, the most urgent first, each with its light.
* ``requests_waiting`` of ``RequestRow``: withdrawals, corrections, objections, credit repairs and exclusions that wait for
  a person, with light.
* ``deliveries_to_work``: how many deliveries need a person (dead, to be fixed, stuck).
* ``LeakAlarm`` rows of ``alarms_to_tell``: records in which the nightly look found something personal; ``alarms_told``
  remembers that the people were told. ``LedgerAlarm`` rows of ``ledger_alarms_to_tell`` and ``ledger_alarms_told``: nights
  in which the register, a page or a file was not what was committed to.
* ``Withdrawal`` rows of ``refusals_to_tell``: withdrawals a second person refused; ``refusals_told`` remembers that both know.
* ``differences_to_work``: how many differences with the exchange wait for a person.
"""

from disclosure.models import LeakAlarm, LedgerAlarm, Withdrawal
from disclosure.queries.alarms import (
    alarms_to_tell,
    alarms_told,
    ledger_alarms_to_tell,
    ledger_alarms_told,
    refusals_to_tell,
    refusals_told,
)
from disclosure.queries.board import RecordRow, deliveries_to_work, drafts_to_check
from disclosure.queries.reconcile import differences_to_work
from disclosure.queries.requests_waiting import RequestRow, requests_waiting

__all__ = [
    "LeakAlarm",
    "LedgerAlarm",
    "RecordRow",
    "RequestRow",
    "Withdrawal",
    "alarms_to_tell",
    "alarms_told",
    "deliveries_to_work",
    "differences_to_work",
    "drafts_to_check",
    "refusals_to_tell",
    "refusals_told",
    "requests_waiting",
    "ledger_alarms_to_tell",
    "ledger_alarms_told",
]
