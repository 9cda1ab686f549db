import cases.procedure.states
import django.db.models.deletion
import lishu_law.registry.encrypted
import lishu_law.registry.models.parties
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clue_no", models.CharField(max_length=30, unique=True)),
                ("case_no", models.CharField(max_length=40, null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("P00", "线索登记"),
                            ("P01", "线索核查"),
                            ("P02", "立案审批"),
                            ("P03", "调查取证"),
                            ("P04", "调查报告审批"),
                            ("P05", "拟处罚·待告知"),
                            ("P06", "陈述申辩期"),
                            ("P07", "陈述申辩复核"),
                            ("P08", "听证"),
                            ("P09", "法制审核"),
                            ("P10", "集体讨论"),
                            ("P11", "决定审批"),
                            ("P12", "已决定·待送达"),
                            ("P13", "已送达·履行期"),
                            ("P14", "延期、分期履行"),
                            ("P15", "逾期·加处和催告"),
                            ("P16", "强制执行"),
                            ("P17", "履行完毕"),
                            ("P18", "结案审批"),
                            ("P19", "已结案"),
                            ("P20", "已归档"),
                            ("X1", "不予立案"),
                            ("X2", "撤销立案、终止调查"),
                            ("X3", "已移送"),
                            ("X4", "不予行政处罚"),
                            ("S0", "现场发现"),
                            ("S1", "亮证、查明身份"),
                            ("S2", "现场取证"),
                            ("S3", "裁量"),
                            ("S4", "口头告知"),
                            ("S5", "听取与复核"),
                            ("S6", "当场决定"),
                            ("S7", "当场交付"),
                            ("S8", "缴款"),
                            ("S9", "已备案"),
                            ("S10", "简易案件已结案"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("ordinary", "普通程序"), ("summary", "简易程序")], default="ordinary", max_length=8
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("inspection", "行政检查中发现"),
                            ("report", "举报经核实"),
                            ("superior", "上级机关交办"),
                            ("subordinate", "下级机关报请查处"),
                            ("department", "有关部门移送"),
                            ("other", "其他途径"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=100)),
                ("check_action_code", models.CharField(blank=True, max_length=50)),
                ("received_at", models.DateTimeField()),
                ("item_code", models.CharField(max_length=40)),
                ("violation", models.CharField(max_length=200)),
                ("domain", models.CharField(max_length=20)),
                ("act_at", models.DateTimeField()),
                ("act_ended_at", models.DateTimeField(blank=True, null=True)),
                ("route", models.CharField(blank=True, max_length=200)),
                ("stake", models.CharField(blank=True, max_length=20)),
                ("direction", models.CharField(blank=True, max_length=20)),
                ("township", models.CharField(blank=True, max_length=40)),
                ("is_in_county", models.BooleanField(default=True)),
                ("designation", models.CharField(blank=True, max_length=100)),
                ("safety_harm_note", models.CharField(blank=True, max_length=300)),
                ("same_act_note", models.CharField(blank=True, max_length=300)),
                ("other_filer", models.CharField(blank=True, max_length=200)),
                ("summary", models.TextField()),
                ("is_for_discussion", models.BooleanField(default=False)),
                ("filed_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("decision_served_on", models.DateField(null=True)),
                ("disclosed_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("archived_on", models.DateField(null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="registry.party",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="registry.vehicle",
                    ),
                ),
            ],
            options={
                "permissions": [("handle_case", "承办案件"), ("hear_case", "听证案件")],
                "indexes": [
                    models.Index(fields=["state", "-id"], name="case_by_state"),
                    models.Index(fields=["unit", "-id"], name="case_by_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act_ended_at__isnull", True), ("act_ended_at__gte", models.F("act_at")), _connector="OR"
                        ),
                        name="case_act_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case_no__isnull", True), ("filed_on__isnull", True)),
                            models.Q(("case_no__isnull", False), ("filed_on__isnull", False)),
                            models.Q(
                                ("filed_on__isnull", True), ("procedure", cases.procedure.states.Procedure["SUMMARY"])
                            ),
                            _connector="OR",
                        ),
                        name="case_no_with_filing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("filed_on__isnull", False),
                            ("procedure", cases.procedure.states.Procedure["SUMMARY"]),
                            _connector="OR",
                        ),
                        name="case_decided_after_filing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True), ("decided_on__gte", models.F("filed_on")), _connector="OR"
                        ),
                        name="case_dates_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField()),
                ("data", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("approved", "批准"), ("refused", "不批准")], max_length=10),
                ),
                ("opinion", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outcome", "kind"], name="approval_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("case", "kind", "part"), name="approval_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="approval_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("receiver_name", models.CharField(max_length=50)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("self", "当事人本人"),
                            ("representative", "法定代表人或者主要负责人"),
                            ("receiving_staff", "单位负责收件的人"),
                            ("family", "同住的成年家属"),
                            ("agent", "委托代理人或者指定代收人"),
                        ],
                        max_length=20,
                    ),
                ),
                ("id_kind", models.CharField(blank=True, max_length=30)),
                ("id_number", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("accepts_electronic", models.BooleanField()),
                ("mobile", lishu_law.registry.encrypted.EncryptedTextField()),
                ("email", models.CharField(blank=True, max_length=100)),
                ("fax", models.CharField(blank=True, max_length=30)),
                ("other_means", models.CharField(blank=True, max_length=100)),
                ("address", models.CharField(max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=6)),
                ("signed_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.storedfile"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="address_confirmations",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="address_by_case")],
            },
        ),
        migrations.CreateModel(
            name="CaseOfficer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("lead", "主办"), ("assistant", "协办")], max_length=10)),
                ("conflict_declared_at", models.DateTimeField(null=True)),
                ("assigned_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="officers", to="cases.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("case", "user"), name="officer_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("role", "lead")),
                        fields=("case",),
                        name="one_lead_officer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CasePermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="cases.case"
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CasePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("driver", "驾驶员"),
                            ("representative", "法定代表人"),
                            ("agent", "委托代理人"),
                            ("staff", "当事人员工"),
                            ("party", "当事人本人"),
                            ("witness", "证人"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=50)),
                ("gender", models.CharField(blank=True, max_length=6)),
                ("id_number", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("phone", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("address", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("employer", models.CharField(blank=True, max_length=100)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(default="performed", max_length=20)),
                ("result", models.TextField()),
                ("execution", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closure", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CorrectionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                ("due_on", models.DateField(null=True)),
                ("issued_on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "已经改正"),
                            ("not_corrected", "没有改正"),
                            ("not_possible", "行为已经结束，无需或者无法再改正"),
                        ],
                        max_length=16,
                    ),
                ),
                ("recheck_note", models.TextField(blank=True)),
                ("rechecked_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="correction_orders", to="cases.case"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rechecked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="correction_due_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rechecked_at__isnull", True), ("rechecked_by__isnull", True), ("result", "")),
                            models.Q(
                                models.Q(("result", ""), _negated=True),
                                ("rechecked_at__isnull", False),
                                ("rechecked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="correction_rechecked_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_on", models.DateField()),
                ("filed_on", models.DateField(null=True)),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="court_application",
                        to="cases.approval",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="court_applications", to="cases.case"
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filed_by__isnull", True), ("filed_on__isnull", True)),
                            models.Q(("filed_by__isnull", False), ("filed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="court_filed_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_on__isnull", True), ("filed_on__gte", models.F("approved_on")), _connector="OR"
                        ),
                        name="court_filed_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("document_no", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="cases.courtapplication"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CrimeTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "已报告，待局长决定"),
                            ("approved", "已批准，待移送"),
                            ("declined", "不批准移送"),
                            ("handed_over", "已移送，待公安机关答复"),
                            ("filed", "公安机关已立案，待移交物品"),
                            ("refused", "公安机关不予立案"),
                            ("objected", "已提请复议或者建议立案监督"),
                            ("material_given", "物品和材料已移交"),
                            ("ended", "已终结"),
                        ],
                        default="reported",
                        max_length=16,
                    ),
                ),
                ("offence", models.CharField(max_length=100)),
                ("report", models.TextField()),
                ("reported_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(blank=True)),
                ("police", models.CharField(blank=True, max_length=100)),
                ("receiver", models.CharField(blank=True, max_length=50)),
                ("goods", models.JSONField(default=list)),
                ("enclosures", models.JSONField(default=list)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("answer_note", models.TextField(blank=True)),
                ("objection", models.CharField(blank=True, max_length=20)),
                ("objected_on", models.DateField(null=True)),
                ("material_given_at", models.DateTimeField(null=True)),
                ("criminal_fine", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("ended_on", models.DateField(null=True)),
                ("end_note", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="crime_transfers", to="cases.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "second_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_member", models.F("second_member")), _negated=True),
                        name="crime_team_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="crime_decided_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["declined", "ended"]), _negated=True),
                        fields=("case",),
                        name="crime_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("started_on", models.DateField()),
                ("started_at", models.DateTimeField(null=True)),
                ("due", models.DateField()),
                ("due_at", models.DateTimeField(null=True)),
                ("due_strict", models.DateField()),
                ("due_lenient", models.DateField()),
                ("provisional", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "计时中"),
                            ("met", "按期完成"),
                            ("met_late", "逾期完成"),
                            ("cancelled", "已取消"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("length", models.PositiveSmallIntegerField(null=True)),
                ("pauses", models.JSONField(default=list)),
                ("extensions", models.JSONField(default=list)),
                ("moves", models.JSONField(default=list)),
                ("told_at", models.DateTimeField(null=True)),
                ("tell_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deadlines", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due"], name="deadline_running"),
                    models.Index(condition=models.Q(("state", "running")), fields=["tell_at"], name="deadline_to_tell"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("case", "code", "part"),
                        name="deadline_runs_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=60, unique=True)),
                ("item_code", models.CharField(blank=True, max_length=60)),
                ("tier", models.CharField(blank=True, max_length=20)),
                ("decided_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("penalty_types", models.JSONField(default=list)),
                ("facts", models.TextField()),
                ("breached", models.TextField()),
                ("basis", models.TextField()),
                ("discretion_text", models.TextField()),
                ("result_text", models.TextField()),
                ("opinion", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="decision", to="cases.case"
                    ),
                ),
                (
                    "former_case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_decisions",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("amount__isnull", False), ("case__isnull", False)),
                        fields=["item_code", "tier", "-decided_on", "-id"],
                        include=("amount", "number", "case"),
                        name="decision_similar",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                        name="decision_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case__isnull", False), ("former_case__isnull", True), ("superseded_at__isnull", True)
                            ),
                            models.Q(
                                ("case__isnull", True), ("former_case__isnull", False), ("superseded_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="decision_stands_or_stood",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Defence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "期满未陈述申辩"),
                            ("written", "书面陈述申辩"),
                            ("oral", "口头陈述申辩"),
                            ("waiver", "书面放弃陈述申辩"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("content", models.TextField(blank=True)),
                ("waiver_note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                ("review", models.TextField(blank=True)),
                ("is_adopted", models.BooleanField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="defence", to="cases.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="defence_reviewed_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deferral", to="cases.approval"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deferrals", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("approved_on"))), name="deferral_ends_later"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("place", models.CharField(max_length=100)),
                ("reporter", models.CharField(max_length=50)),
                ("recorder", models.CharField(max_length=50)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("penalise", "同意按拟处理意见作出处罚"),
                            ("no_penalty", "不予处罚"),
                            ("return", "退回补正"),
                        ],
                        max_length=10,
                    ),
                ),
                ("conclusion", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="discussions", to="cases.case"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("started_at"))), name="discussion_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("ended_at"))), name="discussion_recorded_after"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscussionOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opinion", models.TextField()),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="cases.discussion"
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("discussion", "head"), name="discussion_head_once"),
                    models.CheckConstraint(
                        condition=models.Q(("opinion", ""), _negated=True), name="discussion_head_spoke"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=60)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("data", models.JSONField()),
                ("template_version", models.CharField(max_length=20)),
                ("sealed_at", models.DateTimeField()),
                (
                    "pdf_state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("rendering", "正在生成"),
                            ("done", "已生成"),
                            ("failed", "生成失败"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("pdf_started_at", models.DateTimeField(null=True)),
                ("pdf_path", models.CharField(blank=True, max_length=200)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                ("pdf_pages", models.PositiveSmallIntegerField(null=True)),
                ("pdf_error", models.CharField(blank=True, max_length=300)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("hearing_offered", models.BooleanField(default=False)),
                ("must_be_served", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="cases.case"
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["case", "id"], name="document_by_case"),
                    models.Index(
                        condition=models.Q(("pdf_state", "done"), _negated=True),
                        fields=["pdf_state", "id"],
                        name="document_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="document_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pdf_state", "done"), _negated=True),
                            models.Q(("pdf_sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_pdf_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=40)),
                ("fine", models.DecimalField(decimal_places=2, max_digits=12)),
                ("additional", models.DecimalField(decimal_places=2, max_digits=12)),
                ("made_on", models.DateField()),
                (
                    "statement_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "期满没有陈述、申辩"),
                            ("written", "书面陈述、申辩"),
                            ("oral", "口头陈述、申辩"),
                        ],
                        max_length=10,
                    ),
                ),
                ("statement", models.TextField(blank=True)),
                ("stated_on", models.DateField(null=True)),
                ("review", models.TextField(blank=True)),
                ("is_adopted", models.BooleanField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="cases.case"
                    ),
                ),
                (
                    "heard_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="demand", to="cases.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("additional__gte", 0), ("fine__gte", 0)), name="demand_amounts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("heard_at__isnull", True), ("heard_by__isnull", True), ("statement_kind", "")),
                            models.Q(
                                ("heard_at__isnull", False),
                                ("heard_by__isnull", False),
                                models.Q(("statement_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="demand_heard_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statement_kind__in", ["", "none"]),
                            models.Q(
                                models.Q(("statement", ""), _negated=True), models.Q(("review", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="demand_statement_reviewed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="courtapplication",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="court_application", to="cases.document"
            ),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("terms", models.TextField()),
                ("remedy", models.TextField(blank=True)),
                ("reduced", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("agreed_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("remedied_on", models.DateField(null=True)),
                ("breached_on", models.DateField(null=True)),
                ("outcome_note", models.CharField(blank=True, max_length=500)),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="cases.approval"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="cases.case"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="cases.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reduced", 0),
                            models.Q(("reduced__gt", 0), models.Q(("remedy", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreement_reduced_for_remedy",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=200)),
                ("verified_on", models.DateField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duty_checks", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "duty"), name="duty_checked_once")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=lishu_law.registry.models.parties.new_reference,
                        editable=False,
                        max_length=10,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("benchmark", "裁量基准"), ("lists", "裁量清单"), ("statutes", "法律法规版本")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("label", models.CharField(max_length=60)),
                ("is_own", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待法制审核"),
                            ("returned", "审核未通过"),
                            ("reviewed", "已审核，待备案公布"),
                            ("published", "已公布"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("notices", models.JSONField(default=list)),
                ("imported_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("review_opinion", models.TextField(blank=True)),
                ("adopted_on", models.DateField(null=True)),
                ("document_no", models.CharField(blank=True, max_length=60)),
                ("filed_no", models.CharField(blank=True, max_length=60)),
                ("filed_on", models.DateField(null=True)),
                ("published_on", models.DateField(null=True)),
                ("published_at", models.CharField(blank=True, max_length=200)),
                ("in_force_from", models.DateField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "load",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="registry.registerimport",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "-in_force_from", "-id"], name="edition_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("in_force_from__isnull", False),
                                ("published_on__isnull", False),
                                ("released_at__isnull", False),
                                models.Q(("document_no", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="edition_published_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_from__isnull", True), ("state", "published"), _connector="OR"),
                        name="edition_in_force_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_on__isnull", True), models.Q(("filed_no", ""), _negated=True), _connector="OR"
                        ),
                        name="edition_filing_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("kind", "in_force_from"),
                        name="edition_one_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discretion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=170)),
                ("facts", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("action", models.CharField(max_length=20)),
                ("tier", models.CharField(max_length=20)),
                ("minimum", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("reason", models.TextField()),
                ("answers", models.JSONField(default=dict)),
                ("needs_confirmation", models.BooleanField(default=False)),
                ("similar", models.JSONField(default=dict)),
                ("deviation", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="discretion", to="cases.case"
                    ),
                ),
                (
                    "benchmark_edition",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.edition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EditionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("item_code", models.CharField(blank=True, max_length=60)),
                ("cells", models.JSONField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="cases.edition"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "line"], name="edition_row_order")],
                "constraints": [models.UniqueConstraint(fields=("edition", "key"), name="edition_row_key")],
            },
        ),
        migrations.CreateModel(
            name="Enforcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("demolition", "强制拆除"),
                            ("proxy", "代履行"),
                            ("proxy_now", "立即代履行"),
                            ("auction", "拍卖已查封、扣押的财物抵缴罚款"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("decided", "已决定"),
                            ("suspended", "已中止"),
                            ("ended", "已终结"),
                            ("performed", "已实施"),
                        ],
                        default="decided",
                        max_length=10,
                    ),
                ),
                ("power", models.CharField(max_length=200)),
                ("manner", models.TextField()),
                ("planned_at", models.DateTimeField()),
                ("urgency", models.CharField(blank=True, max_length=300)),
                ("decided_on", models.DateField()),
                ("demolish_by", models.DateField(null=True)),
                ("suspended_on", models.DateField(null=True)),
                ("performed_at", models.DateTimeField(null=True)),
                ("performed_note", models.TextField(blank=True)),
                ("cost", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enforcement", to="cases.approval"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enforcements", to="cases.case"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enforcement", to="cases.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("power", ""), _negated=True), name="enforcement_has_power"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "performed"), _negated=True),
                            ("performed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="enforcement_performed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "suspended"), _negated=True),
                            ("suspended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="enforcement_suspended_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("documentary", "书证"),
                            ("physical", "物证"),
                            ("audiovisual", "视听资料"),
                            ("electronic", "电子数据"),
                            ("witness", "证人证言"),
                            ("party_statement", "当事人的陈述"),
                            ("expert", "鉴定意见"),
                            ("record", "勘验笔录、现场笔录"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("purpose", models.CharField(max_length=300)),
                ("copies", models.PositiveSmallIntegerField(default=1)),
                ("obtained_at", models.DateTimeField()),
                ("obtained_place", models.CharField(max_length=200)),
                ("method", models.CharField(blank=True, max_length=100)),
                (
                    "medium",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("system", "办案系统（上传原始文件）"),
                            ("usb", "U盘"),
                            ("disc", "光盘"),
                            ("drive", "移动硬盘"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                    ),
                ),
                ("is_copy", models.BooleanField(default=False)),
                ("copy_source", models.CharField(blank=True, max_length=200)),
                ("is_checked_copy", models.BooleanField(default=False)),
                ("is_confidential", models.BooleanField(default=False)),
                ("is_onscene", models.BooleanField(default=False)),
                ("warnings", models.JSONField(default=dict)),
                ("added_at", models.DateTimeField()),
                ("verified_at", models.DateTimeField(null=True)),
                ("voided_at", models.DateTimeField(null=True)),
                ("void_reason", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="cases.case"
                    ),
                ),
                (
                    "collected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="evidence_by_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_verified_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "documentary",
                                    "physical",
                                    "audiovisual",
                                    "electronic",
                                    "witness",
                                    "party_statement",
                                    "expert",
                                    "record",
                                ],
                            )
                        ),
                        name="evidence_of_eight_kinds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_accepted", "逾期申请，不予受理"),
                            ("requested", "已申请，待负责人确定听证人员"),
                            ("accepted", "已受理，待主持人确定时间地点"),
                            ("scheduled", "已定时间地点"),
                            ("postponed", "已延期，待主持人另定时间"),
                            ("suspended", "已中止"),
                            ("ended", "听证会已结束，待主持人提交报告"),
                            ("terminated", "已终止"),
                            ("reported", "已提交听证报告"),
                        ],
                        default="requested",
                        max_length=12,
                    ),
                ),
                ("applicant", models.CharField(max_length=100)),
                ("is_oral", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("requested_at", models.DateTimeField()),
                ("refusal_reason", models.TextField(blank=True)),
                ("scheduled_at", models.DateTimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("is_public", models.BooleanField(default=True)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "attendance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("attended", "当事人或者代理人到场参加"),
                            ("absent", "无正当理由拒不出席"),
                            ("left", "未经许可中途退出"),
                        ],
                        max_length=8,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                ("conclusion", models.TextField(blank=True)),
                ("reported_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hearings", to="cases.case"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["not_accepted", "terminated", "reported"]), _negated=True),
                        fields=("case",),
                        name="one_open_hearing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_accepted"), _negated=True),
                            models.Q(("refusal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="hearing_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "scheduled"), _negated=True),
                            ("scheduled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="hearing_scheduled_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", True), models.Q(("closed_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="hearing_closed_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                            models.Q(
                                ("reported_at__isnull", False), ("reported_by__isnull", False), ("state", "reported")
                            ),
                            _connector="OR",
                        ),
                        name="hearing_reported_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingOfficer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("chair", "主持人"), ("member", "听证员"), ("recorder", "记录员")], max_length=8
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="officers", to="cases.hearing"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("hearing", "user"),
                        name="hearing_officer_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), models.Q(("role", "member"), _negated=True)),
                        fields=("hearing", "role"),
                        name="one_chair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingTranscript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("place", models.CharField(max_length=200)),
                ("proxies", models.JSONField(default=list)),
                ("third_party", models.CharField(blank=True, max_length=100)),
                ("others", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField()),
                ("investigators_stated", models.BooleanField()),
                ("party_answered", models.BooleanField()),
                ("order_note", models.CharField(blank=True, max_length=500)),
                (
                    "signing",
                    models.CharField(choices=[("signed", "已逐页签名"), ("refused", "拒绝签名")], max_length=10),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=300)),
                (
                    "hearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transcript", to="cases.hearing"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("started_at"))), name="hearing_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signing", "signed"), models.Q(("refusal_note", ""), _negated=True), _connector="OR"
                        ),
                        name="hearing_refusal_noted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=40)),
                ("rule", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=300)),
                ("happened_at", models.DateTimeField()),
                ("explanation", models.TextField(blank=True)),
                ("explained_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incidents", to="cases.case"
                    ),
                ),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "part", "rule"), name="incident_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("explained_at__isnull", True), ("explained_by__isnull", True), ("explanation", "")
                            ),
                            models.Q(
                                models.Q(("explanation", ""), _negated=True),
                                ("explained_at__isnull", False),
                                ("explained_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incident_explained_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Informant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "电话举报"),
                            ("visit", "来访举报"),
                            ("letter", "来信举报"),
                            ("online", "网络举报"),
                            ("other", "其他"),
                        ],
                        max_length=6,
                    ),
                ),
                ("name", lishu_law.registry.encrypted.EncryptedTextField()),
                ("gender", models.CharField(blank=True, choices=[("male", "男"), ("female", "女")], max_length=6)),
                ("id_number", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("address", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("contact", lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ("content", models.TextField()),
                ("remarks", models.CharField(blank=True, max_length=300)),
                ("reported_at", models.DateTimeField()),
                ("answered_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="informant", to="cases.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="informant_answered_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "deferral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="instalments", to="cases.deferral"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("deferral", "ordinal"), name="instalment_once"),
                    models.UniqueConstraint(fields=("deferral", "due_on"), name="instalment_one_a_day"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="instalment_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvestigationReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.TextField()),
                ("facts", models.TextField()),
                ("opinion", models.TextField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LegalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gate",
                    models.CharField(
                        choices=[("report", "告知前对调查报告的审核"), ("decision", "作出决定前的审核")],
                        default="decision",
                        max_length=8,
                    ),
                ),
                ("triggers", models.JSONField(default=list)),
                ("requested_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("passed", "同意"), ("returned", "退回补正")], max_length=10),
                ),
                ("items", models.JSONField(default=list)),
                ("opinion", models.TextField(blank=True)),
                ("departure_opinion", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="legal_reviews", to="cases.case"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("case", "gate"), name="one_open_review"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("reviewed_at__isnull", True), ("reviewer__isnull", True)),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewer__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="legal_review_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preservation", "证据先行登记保存"),
                            ("seizure", "扣押（扣留）物品"),
                            ("vehicle", "扣留（暂扣）车辆"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("C0", "拟采取，待批准"),
                            ("C1", "已批准，待实施"),
                            ("C1U", "已紧急实施，待补批"),
                            ("C2", "实施中"),
                            ("C3", "延长中"),
                            ("C4", "检测、鉴定中（停止计时）"),
                            ("C5", "公告认领，待处理"),
                            ("C6", "已解除"),
                            ("C7", "已依法处理"),
                            ("C8", "已随案移送"),
                        ],
                        max_length=3,
                    ),
                ),
                ("power", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField()),
                ("answers", models.JSONField(default=dict)),
                ("is_urgent", models.BooleanField(default=False)),
                ("urgent_reason", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("taken_at", models.DateTimeField(null=True)),
                ("party_present", models.BooleanField(default=False)),
                ("witness_name", models.CharField(blank=True, max_length=50)),
                ("statement", models.TextField(blank=True)),
                ("video_reference", models.CharField(blank=True, max_length=200)),
                ("kept_with_party", models.BooleanField(default=False)),
                ("extended_at", models.DateTimeField(null=True)),
                ("testing_body", models.CharField(blank=True, max_length=100)),
                ("testing_from", models.DateField(null=True)),
                ("testing_until", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refused", "未批准，没有实施"),
                            ("unapproved", "未获补批，已解除"),
                            ("lifted", "已解除"),
                            ("lapsed", "期满自动解除"),
                            ("disposed", "已依法处理"),
                            ("transferred", "已随案移送"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "当事人没有违法行为"),
                            ("2", "扣押的场所、设施或者财物与违法行为无关"),
                            ("3", "行政机关对违法行为已经作出处理决定，不再需要扣押"),
                            ("4", "扣押期限已经届满"),
                            ("5", "其他不再需要采取扣押措施的情形"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="cases.case"
                    ),
                ),
                (
                    "first_officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scene_record",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.evidence"
                    ),
                ),
                (
                    "second_officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "id"], name="measure_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_urgent", False),
                            models.Q(("is_urgent", True), models.Q(("urgent_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="measure_urgency_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_urgent", False), ("kind", "preservation"), ("power", "")),
                            models.Q(
                                models.Q(("kind", "preservation"), _negated=True),
                                models.Q(("power", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_has_power",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_officer__isnull", True),
                                ("second_officer__isnull", True),
                                ("taken_at__isnull", True),
                            ),
                            models.Q(
                                ("first_officer__isnull", False),
                                ("second_officer__isnull", False),
                                ("taken_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="measure_taken_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["C0", "C1"]), ("taken_at__isnull", True)),
                            models.Q(("ending", "refused"), ("state", "C6"), ("taken_at__isnull", True)),
                            models.Q(models.Q(("state__in", ["C0", "C1"]), _negated=True), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_taken_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_officer__isnull", True),
                            models.Q(("first_officer", models.F("second_officer")), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="measure_ended_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "preservation"),
                            ("taken_at__isnull", True),
                            models.Q(("video_reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_on_video",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "接收保管"),
                            ("returned", "退还当事人"),
                            ("disposed", "依法处理"),
                            ("transferred", "随案移送"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("handed_by", models.CharField(max_length=50)),
                ("received_by", models.CharField(max_length=50)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("condition", models.CharField(blank=True, max_length=300)),
                ("answers", models.JSONField(default=dict)),
                ("late_reason", models.CharField(blank=True, max_length=300)),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="cases.measure"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["measure", "id"], name="custody_by_measure")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "received")), fields=("measure",), name="custody_received_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lte", models.F("recorded_at"))), name="custody_not_ahead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("specification", models.CharField(blank=True, max_length=100)),
                ("quantity", models.CharField(max_length=30)),
                ("condition", models.CharField(blank=True, max_length=200)),
                ("kept_at", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "拟采取"),
                            ("held", "在保管"),
                            ("returned", "已退还"),
                            ("confiscated", "已没收"),
                            ("destroyed", "已销毁"),
                            ("auctioned", "已拍卖"),
                            ("transferred", "已移送"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="cases.measure"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["measure", "id"], name="item_by_measure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state__in", ["planned", "held"])),
                            models.Q(
                                models.Q(("state__in", ["planned", "held"]), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_settled_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dynamic_scale", "动态称重检测设备"),
                            ("static_scale", "静态称重设备"),
                            ("camera", "电子抓拍设备"),
                            ("other", "其他检测设备"),
                        ],
                        max_length=16,
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("place", models.CharField(max_length=200)),
                ("is_monitoring", models.BooleanField()),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("legal_opinion", models.CharField(blank=True, max_length=300)),
                ("legally_reviewed_on", models.DateField(null=True)),
                ("technical_body", models.CharField(blank=True, max_length=100)),
                ("technical_opinion", models.CharField(blank=True, max_length=300)),
                ("technically_reviewed_on", models.DateField(null=True)),
                ("published_on", models.DateField(null=True)),
                ("published_at", models.CharField(blank=True, max_length=200)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "legal_reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_reviewer__isnull", True), ("legally_reviewed_on__isnull", True)),
                            models.Q(("legal_reviewer__isnull", False), ("legally_reviewed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="device_legal_review_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("technical_body", ""), ("technically_reviewed_on__isnull", True)),
                            models.Q(
                                ("technically_reviewed_on__isnull", False),
                                models.Q(("technical_body", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="device_technical_review_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", ""), ("published_on__isnull", True)),
                            models.Q(("published_on__isnull", False), models.Q(("published_at", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="device_publication_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="device",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.monitoringdevice"
            ),
        ),
        migrations.CreateModel(
            name="Calibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("certificate_no", models.CharField(max_length=60)),
                ("organ", models.CharField(max_length=100)),
                ("calibrated_on", models.DateField()),
                ("valid_until", models.DateField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calibrations",
                        to="cases.monitoringdevice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("device", "certificate_no"), name="calibration_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("calibrated_on"))), name="calibration_period"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_no", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("place", models.CharField(max_length=200)),
                ("plate", models.CharField(max_length=20)),
                ("measured", models.CharField(max_length=200)),
                ("clarity", models.CharField(max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("passed", "审核通过"), ("failed", "审核未通过")], max_length=8
                    ),
                ),
                ("checks", models.JSONField(default=dict)),
                ("technical_reviewer", models.CharField(blank=True, max_length=50)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("opinion", models.CharField(blank=True, max_length=500)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=200)),
                ("query_means", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="monitoring_records", to="cases.case"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="cases.monitoringdevice"
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="monitoring", to="cases.evidence"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("device", "record_no"), name="monitoring_record_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("reviewed_at__isnull", True), ("reviewer__isnull", True)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("reviewed_at__isnull", False),
                                ("reviewer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="monitoring_reviewed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_at__isnull", True), ("outcome", "passed"), _connector="OR"),
                        name="monitoring_told_after_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoPenalty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("minor", "违法行为轻微并及时改正，没有造成危害后果"),
                            ("first_offence", "初次违法且危害后果轻微并及时改正"),
                            ("no_fault", "当事人有证据足以证明没有主观过错"),
                            ("under_14", "当事人不满十四周岁"),
                            ("incapable", "当事人在不能辨认或者不能控制自己行为时有违法行为"),
                            ("already_fined", "同一个违法行为已经给予罚款"),
                            ("lighter_law", "作出决定时的规定不认为是违法或者不予处罚"),
                            ("not_established", "违法事实不能成立"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("education", models.TextField()),
                ("decided_on", models.DateField()),
                ("opinion", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="no_penalty", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberLease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("leased_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("prints", models.PositiveSmallIntegerField(default=0)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "leased_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["holder", "-id"], name="lease_by_holder")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="lease_has_numbers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("leased_at"))), name="lease_runs"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder", models.F("leased_by")), _negated=True),
                        name="lease_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlankNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "end",
                    models.CharField(
                        choices=[("open", "未用"), ("used", "已用（补录）"), ("void", "作废"), ("returned", "已交回")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField(null=True)),
                ("late_reason", models.CharField(blank=True, max_length=300)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "late_allowed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blank_number",
                        to="cases.document",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="numbers", to="cases.numberlease"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lease", "serial"), name="blank_once_per_lease"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "open"), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                models.Q(("end", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="blank_end_has_time_and_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document__isnull", False),
                                ("end", "used"),
                                ("scan__isnull", False),
                                ("written_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("end", "used"), _negated=True),
                                ("document__isnull", True),
                                ("written_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="blank_used_by_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end__in", ["open", "returned"]), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="blank_end_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("late_allowed_by__isnull", True), ("late_reason", "")),
                            models.Q(("late_allowed_by__isnull", False), models.Q(("late_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="blank_late_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("receipt_no", models.CharField(max_length=40, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("bank", "代收银行"),
                            ("electronic", "电子支付系统"),
                            ("court", "法院执行到账"),
                            ("auction", "拍卖所得抵缴"),
                            ("spot", "依法当场收缴"),
                        ],
                        default="bank",
                        max_length=10,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("additional", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="payments", to="cases.case"
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("additional__gte", 0),
                            ("amount__gte", 0),
                            models.Q(("amount__gt", 0), ("additional__gt", 0), _connector="OR"),
                        ),
                        name="payment_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(choices=[("self", "本人自行回避"), ("party", "当事人申请回避")], max_length=5),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "执法人员"),
                            ("squad_leader", "经办机构负责人"),
                            ("reviewer", "法制审核人员"),
                            ("leader", "负责人"),
                            ("hearing", "听证人员"),
                            ("examiner", "检验、检测、鉴定人员"),
                            ("expert", "专家"),
                            ("interpreter", "翻译人员"),
                        ],
                        max_length=12,
                    ),
                ),
                ("person_name", models.CharField(max_length=50)),
                ("applicant", models.CharField(max_length=100)),
                ("is_oral", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("granted", "回避"), ("refused", "不予回避")], max_length=8),
                ),
                ("opinion", models.TextField(blank=True)),
                ("discussed_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("acts_stand", models.BooleanField(null=True)),
                ("effect_note", models.TextField(blank=True)),
                ("effect_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="cases.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "effect_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("case", "person_name"), name="recusal_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recusal_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acts_stand__isnull", True), ("effect_at__isnull", True), ("effect_by__isnull", True)
                            ),
                            models.Q(
                                ("acts_stand__isnull", False),
                                ("effect_at__isnull", False),
                                ("effect_by__isnull", False),
                                ("outcome", "granted"),
                            ),
                            _connector="OR",
                        ),
                        name="recusal_effect_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", "self"),
                            ("decided_by__isnull", True),
                            ("person__isnull", True),
                            models.Q(("decided_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="recusal_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("review", "行政复议"), ("lawsuit", "行政诉讼")], max_length=8)),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("direct", "复议机关或者法院转来副本"),
                            ("on_the_spot", "当事人对当场处罚决定，通过本机关提交复议申请"),
                            ("monitoring", "当事人对电子监控设备取证的处罚决定，通过本机关提交复议申请"),
                        ],
                        default="direct",
                        max_length=12,
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("normal", "普通程序"), ("simple", "简易程序")], default="normal", max_length=8
                    ),
                ),
                ("organ", models.CharField(max_length=100)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("applicant", models.CharField(max_length=100)),
                ("claim", models.TextField()),
                ("received_on", models.DateField()),
                ("accepted_on", models.DateField(null=True)),
                ("forwarded_on", models.DateField(null=True)),
                ("copy_on", models.DateField(null=True)),
                ("replied_on", models.DateField(null=True)),
                ("stopped_from", models.DateField(null=True)),
                ("stop_document", models.CharField(blank=True, max_length=100)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "维持决定、驳回请求"),
                            ("revoked", "撤销处罚决定"),
                            ("changed", "变更处罚决定"),
                            ("unlawful", "确认处罚决定违法"),
                            ("void", "确认处罚决定无效"),
                            ("remade", "撤销并责令重新作出决定"),
                            ("withdrawn", "申请人撤回，程序终止"),
                            ("rejected", "不予受理、驳回申请"),
                        ],
                        max_length=10,
                    ),
                ),
                ("outcome_document", models.CharField(blank=True, max_length=100)),
                ("ended_on", models.DateField(null=True)),
                ("served_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remedies", to="cases.case"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remedies", to="cases.decision"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reply_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-received_on", "-id"], name="remedy_newest"),
                    models.Index(fields=["case", "id"], name="remedy_by_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("decision", "kind"),
                        name="remedy_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("outcome", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="remedy_ended_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("received_on")), _connector="OR"
                        ),
                        name="remedy_dates_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stop_document", ""), ("stopped_from__isnull", True)),
                            models.Q(("stopped_from__isnull", False), models.Q(("stop_document", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="remedy_stop_has_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "review"), ("route", "direct"), _connector="OR"),
                        name="remedy_route_of_reviews",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_key", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=300)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("row_key", "digest"), name="row_confirmed_once")],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "自行纠正"),
                            ("review", "复议决定"),
                            ("court", "法院裁判"),
                            ("supervision", "监督决定"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("revoke", "撤销"),
                            ("change", "变更"),
                            ("confirm_unlawful", "确认违法"),
                            ("order_remake", "撤销并重新作出决定"),
                            ("void", "确认无效"),
                        ],
                        max_length=16,
                    ),
                ),
                ("organ", models.CharField(max_length=100)),
                ("document_no", models.CharField(max_length=100)),
                ("effective_on", models.DateField()),
                ("reason", models.TextField()),
                ("is_procedural", models.BooleanField(default=False)),
                ("back_to", models.CharField(blank=True, max_length=3)),
                ("remake_by", models.DateField(null=True)),
                ("old_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("new_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="cases.case"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rulings", to="cases.decision"
                    ),
                ),
                (
                    "new_decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by",
                        to="cases.decision",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "remedy",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ruling", to="cases.remedy"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "id"], name="ruling_by_case"),
                    models.Index(
                        condition=models.Q(("withdrawn_on__isnull", True)), fields=["id"], name="ruling_to_withdraw"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "change"), ("new_decision__isnull", False)),
                            models.Q(
                                models.Q(("effect", "change"), _negated=True),
                                ("new_amount__isnull", True),
                                ("new_decision__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_change_has_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "order_remake"), models.Q(("back_to", ""), _negated=True)),
                            models.Q(
                                models.Q(("effect", "order_remake"), _negated=True),
                                ("back_to", ""),
                                ("remake_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_remake_goes_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remedy__isnull", False), ("source__in", ["review", "court"])),
                            models.Q(("remedy__isnull", True), ("source__in", ["self", "supervision"])),
                            _connector="OR",
                        ),
                        name="ruling_from_its_remedy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document_no", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="ruling_has_document_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("fine", models.DecimalField(decimal_places=2, max_digits=12)),
                ("paid_to", models.CharField(blank=True, max_length=100)),
                ("receipt_no", models.CharField(blank=True, max_length=60)),
                ("done_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ruling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refund", to="cases.ruling"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("fine__gte", 0), ("fine__lte", models.F("amount"))),
                        name="refund_positive",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("receipt_no", ""), _negated=True),
                        fields=("receipt_no",),
                        name="refund_receipt_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_on__isnull", True),
                                ("paid_to", ""),
                                ("receipt_no", ""),
                                ("recorded_by__isnull", True),
                            ),
                            models.Q(
                                ("done_on__isnull", False),
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                                models.Q(("receipt_no", ""), _negated=True),
                                models.Q(("paid_to", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refund_done_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("items", models.JSONField()),
                ("is_sealed", models.BooleanField()),
                (
                    "signing",
                    models.CharField(choices=[("signed", "已逐页签名"), ("refused", "拒绝签名")], max_length=10),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=300)),
                ("witness_name", models.CharField(blank=True, max_length=50)),
                ("remarks", models.CharField(blank=True, max_length=300)),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sample", to="cases.evidence"
                    ),
                ),
                (
                    "first_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "second_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))), name="sample_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                        name="sample_two_officers",
                    ),
                    models.CheckConstraint(condition=models.Q(("is_sealed", True)), name="sample_sealed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Serving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=100)),
                ("is_for_party", models.BooleanField(default=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("electronic", "电子送达"),
                            ("mail", "邮寄送达"),
                            ("entrusted", "委托送达"),
                            ("transferred", "转交送达"),
                            ("public", "公告送达"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("effective", "已送达"), ("pending", "等待回执"), ("failed", "未能送达")],
                        default="effective",
                        max_length=10,
                    ),
                ),
                ("receiver_name", models.CharField(blank=True, max_length=50)),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "当事人本人"),
                            ("representative", "法定代表人或者主要负责人"),
                            ("receiving_staff", "单位负责收件的人"),
                            ("family", "同住的成年家属"),
                            ("agent", "委托代理人或者指定代收人"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("served_at", models.DateTimeField()),
                ("effective_on", models.DateField(null=True)),
                ("strict_on", models.DateField(null=True)),
                ("through", models.CharField(blank=True, max_length=200)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("refusal_reason", models.CharField(blank=True, max_length=300)),
                ("witness_name", models.CharField(blank=True, max_length=50)),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "受送达人不在，没有可以代收的人"),
                            ("wrong_address", "地址不详或者有误"),
                            ("unknown_whereabouts", "下落不明"),
                            ("returned", "邮件退回"),
                            ("refused", "拒收，没有条件留置"),
                            ("not_delivered", "电子发送失败"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("warnings", models.JSONField(default=dict)),
                ("recorded_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="servings", to="cases.case"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="servings", to="cases.document"
                    ),
                ),
                (
                    "first_server",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.storedfile",
                    ),
                ),
                (
                    "second_server",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "pending")), fields=["method", "outcome"], name="serving_pending"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_server", models.F("second_server")), _negated=True),
                        name="serving_two_servers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("effective_on__isnull", False), ("outcome", "effective"), ("strict_on__isnull", False)
                            ),
                            models.Q(
                                models.Q(("outcome", "effective"), _negated=True),
                                ("effective_on__isnull", True),
                                ("strict_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="serving_effective_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "failed"), models.Q(("failure", ""), _negated=True)),
                            models.Q(models.Q(("outcome", "failed"), _negated=True), ("failure", "")),
                            _connector="OR",
                        ),
                        name="serving_failure_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "mail"), ("outcome", "effective"), _negated=True),
                            ("receipt__isnull", False),
                            _connector="OR",
                        ),
                        name="serving_mail_slip",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending")),
                        fields=("document", "recipient"),
                        name="serving_pending_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotCollection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("bank", "十五日内到银行或者电子支付缴款"),
                            ("within_100", "当场收缴：罚款在一百元以下"),
                            ("hard", "当场收缴：不当场收缴事后难以执行"),
                            ("remote", "当场收缴：边远、水上、交通不便，当事人提出"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("collected_at", models.DateTimeField()),
                ("handed_in_at", models.DateTimeField(null=True)),
                ("hand_in_no", models.CharField(blank=True, max_length=40)),
                ("banked_on", models.DateField(null=True)),
                ("bank_slip_no", models.CharField(blank=True, max_length=40)),
                (
                    "banked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spot_collections", to="cases.case"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spot_collection", to="cases.payment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way", "bank"), _negated=True), name="spot_collection_has_ground"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "within_100"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="spot_collection_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bank_slip_no", ""), ("banked_by__isnull", True), ("banked_on__isnull", True)),
                            models.Q(
                                ("banked_by__isnull", False),
                                ("banked_on__isnull", False),
                                ("handed_in_at__isnull", False),
                                models.Q(("bank_slip_no", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="spot_cash_banked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hand_in_no", ""), ("handed_in_at__isnull", True)),
                            models.Q(("handed_in_at__isnull", False), models.Q(("hand_in_no", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="spot_cash_handed_in_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("licence_shown_at", models.DateTimeField()),
                ("mental_doubt", models.BooleanField(default=False)),
                ("other_penalties", models.CharField(blank=True, max_length=200)),
                ("told_text", models.TextField(blank=True)),
                ("told_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("statement", models.TextField(blank=True)),
                ("review", models.TextField(blank=True)),
                ("is_adopted", models.BooleanField(null=True)),
                ("is_disputed", models.BooleanField(default=False)),
                ("heard_at", models.DateTimeField(null=True)),
                (
                    "payment_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bank", "十五日内到银行或者电子支付缴款"),
                            ("within_100", "当场收缴：罚款在一百元以下"),
                            ("hard", "当场收缴：不当场收缴事后难以执行"),
                            ("remote", "当场收缴：边远、水上、交通不便，当事人提出"),
                        ],
                        max_length=12,
                    ),
                ),
                ("payment_reason", models.CharField(blank=True, max_length=300)),
                ("is_asked_by_party", models.BooleanField(default=False)),
                (
                    "signing",
                    models.CharField(
                        blank=True, choices=[("signed", "已逐页签名"), ("refused", "拒绝签名")], max_length=10
                    ),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=300)),
                ("handed_over_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spot_record", to="cases.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statement", ""),
                            models.Q(models.Q(("review", ""), _negated=True), ("is_adopted__isnull", False)),
                            ("is_disputed", True),
                            _connector="OR",
                        ),
                        name="spot_statement_reviewed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heard_at__isnull", True), ("told_at__isnull", False), _connector="OR"),
                        name="spot_told_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signing", "refused"), _negated=True),
                            models.Q(("refusal_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="spot_refusal_noted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "期满未陈述申辩"),
                            ("written", "书面陈述申辩"),
                            ("oral", "口头陈述申辩"),
                            ("waiver", "书面放弃陈述申辩"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("speaker", models.CharField(blank=True, max_length=50)),
                ("speaker_role", models.CharField(blank=True, max_length=50)),
                ("content", models.TextField()),
                ("evidence_note", models.TextField(blank=True)),
                ("is_late", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="cases.case"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["written", "oral"])), name="statement_kind"
                    ),
                    models.CheckConstraint(condition=models.Q(("content", ""), _negated=True), name="statement_said"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("is_adopted", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="cases.statement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "number"), name="statement_point_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("is_adopted__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("is_adopted__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statement_point_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("from_state", models.CharField(max_length=3)),
                ("to_state", models.CharField(max_length=3)),
                ("outcome", models.CharField(default="done", max_length=20)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("opinion", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="step_by_case")],
            },
        ),
        migrations.CreateModel(
            name="TestingCommission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=100)),
                ("qualification", models.CharField(blank=True, max_length=100)),
                ("matter", models.CharField(max_length=300)),
                ("sample", models.CharField(max_length=300)),
                ("begins_on", models.DateField()),
                ("due_on", models.DateField()),
                ("warnings", models.JSONField(default=dict)),
                ("commissioned_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("result", "已出结果"), ("withdrawn", "已撤回委托")], max_length=10
                    ),
                ),
                ("result_on", models.DateField(null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("told_on", models.DateField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commissions", to="cases.case"
                    ),
                ),
                (
                    "commissioned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commission",
                        to="cases.evidence",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("begins_on"))), name="commission_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("result_on__isnull", True)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("result_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="commission_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "result"), _negated=True), ("evidence__isnull", False), _connector="OR"
                        ),
                        name="commission_result_is_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_on__isnull", True), ("told_on__gte", models.F("result_on")), _connector="OR"
                        ),
                        name="commission_told_after_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transcript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("onscene", "现场笔录"), ("questioning", "询问笔录"), ("inquest", "勘验笔录")],
                        max_length=12,
                    ),
                ),
                ("session_no", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("licence_shown", models.BooleanField(default=False)),
                ("rights_told", models.BooleanField(default=False)),
                ("body", models.TextField(blank=True)),
                ("answers", models.JSONField(default=list)),
                (
                    "signing",
                    models.CharField(choices=[("signed", "已逐页签名"), ("refused", "拒绝签名")], max_length=10),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=300)),
                ("witness_name", models.CharField(blank=True, max_length=50)),
                ("guardian_name", models.CharField(blank=True, max_length=50)),
                ("weather", models.CharField(blank=True, max_length=40)),
                ("invited_name", models.CharField(blank=True, max_length=50)),
                ("invited_employer", models.CharField(blank=True, max_length=100)),
                ("warnings", models.JSONField(default=dict)),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transcript", to="cases.evidence"
                    ),
                ),
                (
                    "first_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="cases.caseperson"),
                ),
                (
                    "second_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["started_at", "ended_at"], name="transcript_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("started_at"))), name="transcript_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_officer", models.F("second_officer")), _negated=True),
                        name="transcript_two_officers",
                    ),
                ],
            },
        ),
        migrations.AlterUniqueTogether(
            name="casepermission",
            unique_together={("user", "permission", "content_object")},
        ),
    ]
