"""案卷评查: the items of law/procedure.md §11, judged over a case file as its papers and records stand. Pure.

Not the legal review before a decision (法制审核, ``legal_review``) and not the review the party may ask for (行政复议,
``remedies``): here the bureau looks at the quality of its own case files.
"""
