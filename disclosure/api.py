"""What other packages may use of disclosure: nothing deeper than this page.

* ``drafts_to_check``: drafts that wait for the 公示审核员, the most urgent first, each with its light.
* ``withdrawals_waiting``: records whose decision fell, to be withdrawn in three working days.
* ``deliveries_to_work``: how many deliveries need a person (dead, to be fixed, stuck).
* ``differences_to_work``: how many differences with the exchange wait for a person.
"""

from disclosure.queries.board import RecordRow, WithdrawalRow, deliveries_to_work, drafts_to_check, withdrawals_waiting
from disclosure.queries.reconcile import differences_to_work

__all__ = [
    "RecordRow",
    "WithdrawalRow",
    "deliveries_to_work",
    "differences_to_work",
    "drafts_to_check",
    "withdrawals_waiting",
]
