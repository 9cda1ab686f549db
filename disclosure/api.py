"""What other packages may use of disclosure: nothing deeper than this page.

* ``drafts_to_check``: drafts that wait for the 公示审核员, the most urgent first, each with its light.
* ``deliveries_to_work``: how many deliveries need a person (dead, to be fixed, stuck).
"""

from disclosure.queries.board import RecordRow, deliveries_to_work, drafts_to_check

__all__ = ["RecordRow", "deliveries_to_work", "drafts_to_check"]
