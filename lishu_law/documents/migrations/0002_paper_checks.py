"""The table of the public check, with an entry for every paper sealed before (ADR 54)."""

import hashlib

from django.db import migrations, models

from lishu_law import clock
from lishu_law.registry.public_names import public_name

# As they are in cases.documents.resting on the day of this migration.
DECISIONS = ("penalty_decision", "spot_decision")
ON_THE_DECISION = (
    "deferral_notice", "demand_letter", "court_application", "enforcement_decision", "proxy_decision",
    "demolition_notice", "enforcement_change", "execution_agreement",
)
ABOUT_A_PAPER = ("document_correction", "public_serving_notice", "serving_receipt")
EFFECTS = {
    "revoke": "撤销", "change": "变更", "confirm_unlawful": "确认违法", "order_remake": "撤销并重新作出决定", "void": "确认无效",
}
SHORT, SIGNS, SLOW = 8, 6, 2**13


def enter_what_is_sealed(apps, schema_editor):
    """Codes are deciphered once here, by the owner of the tables; afterwards the check needs no key."""
    entries = apps.get_model("documents", "PaperCheck").objects
    rulings = {}
    for one in apps.get_model("cases", "Ruling").objects.select_related("decision", "new_decision").order_by("pk"):
        rulings[one.decision.number] = one
    cases = apps.get_model("cases", "Document").objects.filter(seal_digest__isnull=False).select_related("case")
    for row in cases.order_by("pk").iterator():
        rests_on = _rests_on(apps, row)
        ruling = rulings.get(rests_on or row.number)
        entries.create(
            reference_word="案号", amount=row.amount, rests_on=rests_on, **_told(row, row.case.case_no or ""),
            signs_digests=_signs(row) if row.code in DECISIONS else [], **_fallen(ruling),
        )
    for copy in apps.get_model("cases", "SignedCopy").objects.filter(seal_digest__isnull=False, pdf_state="done"):
        entries.filter(seal_digest=copy.seal_digest).update(
            signed_sha256=copy.pdf_sha256, signed_pages=copy.pdf_pages, signed_certificate=copy.seal_certificate
        )
    papers = apps.get_model("inspections", "InspectionDocument").objects.filter(seal_digest__isnull=False)
    for row in papers.select_related("filing").order_by("pk").iterator():
        entries.create(reference_word="备案号", **_told(row, row.filing.filing_no or ""))


def _told(row, reference):
    party = row.data.get("party")
    party = party if isinstance(party, dict) and party.get("kind") else None
    person = (((party or {}).get("person") or {}).get("name") or "").removesuffix("（经营者）")
    return {
        "seal_digest": row.seal_digest, "number_digest": _typed(row.number, row.seal_code),
        "reference_digest": _typed(reference, row.seal_code), "file_sha256": row.pdf_sha256,
        "certificate": row.seal_certificate, "pages": row.pdf_pages, "title": row.title, "number": row.number,
        "reference": reference, "organ": row.data.get("organ") or "",
        "party": public_name(party["kind"], party.get("name", ""), person)[0] if party else "",
        "sealed_on": clock.local(row.sealed_at).date(),
    }


def _typed(number, code):
    return hashlib.sha256(f"{number} {code[-SHORT:]}".encode()).hexdigest() if number else ""


def _signs(row):
    party = row.data.get("party") or {}
    numbers = ((party.get("organisation") or {}).get("credit_code"), (party.get("person") or {}).get("id_number"))
    salt = f"{row.number} {row.seal_code[-SHORT:]}".encode()
    return [
        hashlib.scrypt(one[-SIGNS:].upper().encode(), salt=salt, n=SLOW, r=8, p=1, dklen=32).hex()
        for one in numbers if one and len(one) >= SIGNS
    ]


def _rests_on(apps, row):
    """The decision that stood when the paper was sealed; of a paper about a paper, what that one rests on."""
    if row.code in ABOUT_A_PAPER:
        return _of_paper(apps, row)
    if row.code not in ON_THE_DECISION:
        return ""
    known = apps.get_model("cases", "Decision").objects.filter(
        models.Q(case=row.case_id) | models.Q(former_case=row.case_id, superseded_at__gt=row.sealed_at),
        approved_at__lte=row.sealed_at,
    )
    return known.order_by("-approved_at", "-pk").values_list("number", flat=True).first() or ""


def _of_paper(apps, row):
    """A paper is older than what is about it, so its entry is written before."""
    papers = apps.get_model("cases", "Document").objects.filter(case=row.case_id, pk__lt=row.pk).order_by("-pk")
    if row.code == "serving_receipt":
        served = row.data["rows"][0]
        papers = papers.filter(title=served["title"], code__in=(*DECISIONS, *ON_THE_DECISION))
        papers = papers.filter(number__in=(served["number"], ""))  # one without a number is named by the case's
    else:
        key = row.part.removeprefix("document:")
        papers = papers.filter(pk=key if key.isdecimal() else 0)
    paper = papers.first()
    if paper is None or paper.code not in (*DECISIONS, *ON_THE_DECISION):
        return ""
    if paper.code in DECISIONS:
        return paper.number
    entries = apps.get_model("documents", "PaperCheck").objects.filter(seal_digest=paper.seal_digest)
    return entries.values_list("rests_on", flat=True).first() or ""


def _fallen(ruling):
    if ruling is None:
        return {}
    return {
        "fallen_words": EFFECTS[ruling.effect], "fallen_organ": ruling.organ, "fallen_document": ruling.document_no,
        "fallen_on": ruling.effective_on, "fallen_decision": ruling.decision.number,
        "successor": ruling.new_decision.number if ruling.new_decision else "",
    }


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('cases', '0003_paper_signatures'),
        ('inspections', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_digest', models.CharField(max_length=64, unique=True)),
                ('number_digest', models.CharField(blank=True, max_length=64)),
                ('reference_digest', models.CharField(blank=True, max_length=64)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('certificate', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(null=True)),
                ('signed_sha256', models.CharField(blank=True, max_length=64)),
                ('signed_certificate', models.CharField(blank=True, max_length=64)),
                ('signed_pages', models.PositiveSmallIntegerField(null=True)),
                ('title', models.CharField(max_length=60)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('reference_word', models.CharField(max_length=10)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('organ', models.CharField(blank=True, max_length=100)),
                ('party', models.CharField(blank=True, max_length=200)),
                ('signs_digests', models.JSONField(default=list)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('sealed_on', models.DateField()),
                ('rests_on', models.CharField(blank=True, max_length=60)),
                ('fallen_words', models.CharField(blank=True, max_length=20)),
                ('fallen_organ', models.CharField(blank=True, max_length=100)),
                ('fallen_document', models.CharField(blank=True, max_length=100)),
                ('fallen_on', models.DateField(null=True)),
                ('fallen_decision', models.CharField(blank=True, max_length=60)),
                ('successor', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('file_sha256', ''), _negated=True), fields=['file_sha256'], name='paper_check_by_file'), models.Index(condition=models.Q(('signed_sha256', ''), _negated=True), fields=['signed_sha256'], name='paper_check_by_signed'), models.Index(condition=models.Q(('number_digest', ''), _negated=True), fields=['number_digest'], name='paper_check_by_number'), models.Index(condition=models.Q(('reference_digest', ''), _negated=True), fields=['reference_digest'], name='paper_check_by_reference'), models.Index(condition=models.Q(('number', ''), _negated=True), fields=['number'], name='paper_check_of_decision'), models.Index(condition=models.Q(('rests_on', ''), _negated=True), fields=['rests_on'], name='paper_check_resting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('fallen_decision', ''), ('fallen_on__isnull', True), ('fallen_words', '')), models.Q(('fallen_on__isnull', False), models.Q(('fallen_words', ''), _negated=True), models.Q(('fallen_decision', ''), _negated=True)), _connector='OR'), name='paper_check_fallen_whole')],
            },
        ),
        migrations.RunPython(enter_what_is_sealed, migrations.RunPython.noop),
    ]
