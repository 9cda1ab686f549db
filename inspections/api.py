"""What other packages may use of the inspections: nothing deeper than this page.

* ``RoadsideCheck`` and ``InspectionFiling``: the records; disclosure will read them for the exchange.
* ``open_case_from_check``, ``open_case_from_inspection``: a finding becomes a case.
"""

from inspections.actions.findings import open_case_from_check, open_case_from_inspection
from inspections.models import InspectionFiling, RoadsideCheck

__all__ = ["InspectionFiling", "RoadsideCheck", "open_case_from_check", "open_case_from_inspection"]
