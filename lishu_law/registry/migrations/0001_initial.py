import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.manager
import lishu_law.registry.encrypted
import lishu_law.registry.models.parties
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(max_length=40, unique=True)),
                ('staff_number', models.CharField(max_length=20, unique=True)),
                ('full_name', models.CharField(max_length=50)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('officer', '执法人员'), ('squad_leader', '中队长'), ('legal_reviewer', '法制审核员'), ('deputy_head', '分管负责人'), ('head', '局长'), ('disclosure_checker', '公示审核员'), ('dossier_reviewer', '案卷评查员'), ('supervisor', '监督员'), ('archivist', '档案员'), ('property_keeper', '涉案财物管理员'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20), blank=True, default=list, size=None)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('is_active', models.BooleanField(default=True)),
                ('legal_qualification_no', models.CharField(blank=True, max_length=40)),
                ('reviewing_since', models.DateField(blank=True, null=True)),
                ('big_type', models.BooleanField(default=False)),
                ('unread_messages', models.PositiveIntegerField(default=0)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'abstract': False,
            },
            managers=[
                ('signed_in', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HolidayNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('published', '已公布'), ('refused', '未采用')], max_length=10)),
                ('opinion', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('kind', models.CharField(choices=[('off', 'off'), ('makeup', 'makeup')], max_length=6)),
                ('name', models.CharField(max_length=20)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='registry.holidaynotice')),
            ],
        ),
        migrations.CreateModel(
            name='OfficerAbsence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leave', '请假'), ('training', '培训'), ('other_task', '其他任务')], max_length=10)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=100)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OfficerYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('training_hours', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('exam', models.CharField(blank=True, max_length=20)),
                ('appraisal', models.CharField(blank=True, max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=lishu_law.registry.models.parties.new_reference, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('citizen', '个人'), ('organisation', '单位'), ('individual_business', '个体工商户')], max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('name_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('name_initials', models.CharField(blank=True, editable=False, max_length=100)),
                ('name_needs_check', models.BooleanField(default=False)),
                ('uscc', models.CharField(blank=True, max_length=18)),
                ('person_name', models.CharField(blank=True, max_length=50)),
                ('person_post', models.CharField(blank=True, max_length=30)),
                ('gender', models.CharField(blank=True, choices=[('male', '男'), ('female', '女')], max_length=6)),
                ('id_kind', models.CharField(blank=True, choices=[('111', '居民身份证'), ('112', '临时居民身份证'), ('414', '普通护照'), ('999', '其他证件')], max_length=3)),
                ('id_number', lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ('id_index', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('phone', lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ('address', lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('checked_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['name_key', 'id'], name='party_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('uscc', ''), _negated=True), fields=('uscc',), name='party_uscc_once'), models.UniqueConstraint(condition=models.Q(('kind', 'citizen'), models.Q(('id_index', ''), _negated=True)), fields=('id_index',), name='party_id_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'organisation'), _negated=True), models.Q(('uscc', ''), _negated=True), _connector='OR'), name='party_organisation_has_uscc')],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=lishu_law.registry.models.parties.new_reference, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('objects', '监管对象'), ('matters', '检查事项'), ('powers', '权责清单'), ('benchmark', '裁量基准'), ('lists', '裁量清单'), ('statutes', '法律法规版本')], max_length=10)),
                ('state', models.CharField(choices=[('checking', '正在检查'), ('checked', '检查完，等待导入'), ('loading', '正在导入'), ('loaded', '已导入'), ('failed', '没有成功'), ('dropped', '已放弃')], default='checking', max_length=8)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('progress', models.PositiveIntegerField(default=0)),
                ('faults', models.PositiveIntegerField(default=0)),
                ('faulty_rows', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('skip_faulty', models.BooleanField(default=False)),
                ('failure', models.CharField(blank=True, max_length=300)),
                ('uploaded_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('ordered_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ImportFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('column', models.CharField(blank=True, max_length=40)),
                ('message', models.CharField(max_length=200)),
                ('is_notice', models.BooleanField(default=False)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='found', to='registry.registerimport')),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('original_name', models.CharField(max_length=120)),
                ('size', models.BigIntegerField()),
                ('content_type', models.CharField(max_length=80)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('pages', models.PositiveIntegerField(blank=True, null=True)),
                ('scan_state', models.CharField(choices=[('unscanned', '未扫描'), ('passed', '通过'), ('quarantined', '隔离')], default='unscanned', max_length=12)),
                ('received_at', models.DateTimeField()),
                ('photo_taken', models.CharField(blank=True, max_length=19)),
                ('photo_position', models.CharField(blank=True, max_length=40)),
                ('derivative_path', models.CharField(blank=True, max_length=120)),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OfficerProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sex', models.CharField(blank=True, choices=[('male', '男'), ('female', '女')], max_length=6)),
                ('post', models.CharField(blank=True, max_length=30)),
                ('staff_type', models.CharField(choices=[('established', '在编在岗'), ('seconded', '借调'), ('assistant', '辅助人员'), ('temporary', '临时人员')], max_length=11)),
                ('specialities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('passenger', '客运'), ('freight', '货运'), ('dangerous', '危货'), ('repair', '维修'), ('road', '路政'), ('works', '工程'), ('water', '水路')], max_length=9), blank=True, default=list, size=None)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('pairing_group', models.CharField(blank=True, max_length=30)),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.storedfile')),
                ('updated_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='officer_profile', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='registerimport',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.storedfile'),
        ),
        migrations.CreateModel(
            name='SupervisedSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_no', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('enterprise', '企业'), ('shop', '个体工商户'), ('cooperative', '合作社'), ('institution', '事业单位'), ('person', '自然人'), ('vehicle', '车辆'), ('ship', '船舶'), ('site', '场所'), ('project', '工程项目'), ('route', '线路')], max_length=12)),
                ('name', models.CharField(blank=True, max_length=100)),
                ('name_initials', models.CharField(blank=True, editable=False, max_length=100)),
                ('industry', models.CharField(choices=[('道路客运', '道路客运'), ('道路货运', '道路货运（普货）'), ('危货运输', '道路货运（危货）'), ('客运站', '客运站'), ('公交', '公交'), ('出租', '出租（巡游）'), ('网约车', '网约车'), ('机动车维修', '机动车维修'), ('驾培', '驾培'), ('汽车租赁', '汽车租赁'), ('公路施工', '公路施工'), ('超限源头', '超限源头'), ('水路运输', '水路运输'), ('港口', '港口'), ('工程质量', '工程质量')], max_length=30)),
                ('address', models.CharField(max_length=200)),
                ('area_code', models.CharField(default='220322', max_length=6)),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True)),
                ('contact_name', models.CharField(blank=True, max_length=50)),
                ('contact_phone', lishu_law.registry.encrypted.EncryptedTextField(blank=True)),
                ('employees', models.PositiveIntegerField(blank=True, null=True)),
                ('vehicle_count', models.PositiveIntegerField(blank=True, null=True)),
                ('scale', models.CharField(blank=True, choices=[('large', '大型'), ('medium', '中型'), ('small', '小型'), ('micro', '微型')], max_length=6)),
                ('quality_level', models.CharField(blank=True, choices=[('AAA', 'AAA'), ('AA', 'AA'), ('A', 'A'), ('B', 'B')], max_length=3)),
                ('risk_class', models.CharField(choices=[('A', 'A 守信、低风险'), ('B', 'B 一般'), ('C', 'C 失信、较高风险'), ('D', 'D 高风险')], default='B', max_length=1)),
                ('risk_tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('dangerous_goods', '危货'), ('major_hazard', '重大隐患'), ('accident', '近一年事故'), ('penalty', '近一年处罚'), ('complaint', '近一年投诉')], max_length=20), blank=True, default=list, size=None)),
                ('status', models.CharField(choices=[('operating', '在营'), ('suspended', '停业'), ('closed', '注销')], default='operating', max_length=9)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('updated_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('loaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.registerimport')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='registry.supervisedsubject')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='registry.party')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('moved', models.JSONField(default=dict)),
                ('taken', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.supervisedsubject')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.supervisedsubject')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectLicence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('operating', '经营许可证'), ('transport', '道路运输证'), ('other', '其他许可')], default='operating', max_length=9)),
                ('number', models.CharField(max_length=40)),
                ('scope', models.CharField(blank=True, max_length=200)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licences', to='registry.supervisedsubject')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('created', '登记'), ('updated', '修改'), ('imported', '导入更新'), ('merged', '合并'), ('unmerged', '撤销合并'), ('listed', '列入白名单'), ('removed', '移出白名单')], max_length=8)),
                ('changes', models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('load', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.registerimport')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.supervisedsubject')),
            ],
        ),
        migrations.CreateModel(
            name='OfficerConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('interest', '有利害关系'), ('relative', '近亲属任职或经营'), ('last_post', '两年内曾在该单位任职'), ('other', '其他可能影响公正的情形')], max_length=9)),
                ('note', models.CharField(blank=True, max_length=100)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.supervisedsubject')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('kind', models.CharField(choices=[('authority', '执法机关'), ('section', '内设机构'), ('squad', '执法中队')], max_length=12)),
                ('uscc', models.CharField(blank=True, max_length=18)),
                ('area_code', models.CharField(default='220322', max_length=6)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=6)),
                ('contact_name', models.CharField(blank=True, max_length=50)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.unit')),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='registry.unit'),
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plate', models.CharField(blank=True, max_length=20)),
                ('plate_kind', models.CharField(blank=True, max_length=20)),
                ('plate_reason', models.CharField(blank=True, max_length=100)),
                ('type_name', models.CharField(blank=True, max_length=40)),
                ('transport_certificate_no', models.CharField(blank=True, max_length=40)),
                ('rated_tonnes', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='registry.party')),
            ],
        ),
        migrations.AddField(
            model_name='supervisedsubject',
            name='vehicle',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='registry.vehicle'),
        ),
        migrations.CreateModel(
            name='WhiteListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('basis', models.CharField(max_length=200)),
                ('listed_at', models.DateTimeField()),
                ('removed_on', models.DateField(blank=True, null=True)),
                ('removal_reason', models.CharField(blank=True, choices=[('penalty', '受到行政处罚'), ('accident', '发生事故'), ('complaint', '投诉查证属实'), ('false_material', '提供虚假材料'), ('other', '其他')], max_length=14)),
                ('removal_note', models.CharField(blank=True, max_length=300)),
                ('listed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='white_listings', to='registry.supervisedsubject')),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30)),
                ('issuer', models.CharField(max_length=60)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('revoked_on', models.DateField(blank=True, null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=200)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='certificate_period'), models.UniqueConstraint(fields=('number', 'valid_from'), name='certificate_period_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='holidaynotice',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('year',), name='holiday_notice_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='holidaynotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='holiday_notice_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='holidaynotice',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='holiday_notice_by_another'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('notice', 'on'), name='holiday_once'),
        ),
        migrations.AddConstraint(
            model_name='officerabsence',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='absence_period'),
        ),
        migrations.AddConstraint(
            model_name='officeryear',
            constraint=models.UniqueConstraint(fields=('user', 'year'), name='officer_year_once'),
        ),
        migrations.AddIndex(
            model_name='importfault',
            index=models.Index(fields=['load', 'row', 'id'], name='fault_by_row'),
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(fields=['received_by', 'received_at'], name='file_by_receiver'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.UniqueConstraint(fields=('sha256', 'received_by'), name='file_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_not_empty'),
        ),
        migrations.AddIndex(
            model_name='registerimport',
            index=models.Index(fields=['state', 'id'], name='import_by_state'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'loaded'), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='import_loaded_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='merge_undone_whole'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='merged_into_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='subjectlicence',
            constraint=models.UniqueConstraint(fields=('subject', 'kind', 'number'), name='licence_once'),
        ),
        migrations.AddConstraint(
            model_name='subjectlicence',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('expires_on__isnull', True), ('expires_on__gte', models.F('issued_on')), _connector='OR'), name='licence_period'),
        ),
        migrations.AddIndex(
            model_name='subjectchange',
            index=models.Index(fields=['subject', '-id'], name='change_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='officerconflict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party__isnull', True), ('subject__isnull', False)), models.Q(('party__isnull', False), ('subject__isnull', True)), _connector='OR'), name='conflict_with_one'),
        ),
        migrations.AddConstraint(
            model_name='officerconflict',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='conflict_period'),
        ),
        migrations.AddConstraint(
            model_name='vehicle',
            constraint=models.UniqueConstraint(condition=models.Q(('plate', ''), _negated=True), fields=('plate',), name='vehicle_plate_once'),
        ),
        migrations.AddConstraint(
            model_name='vehicle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plate', ''), _negated=True), models.Q(('plate_reason', ''), _negated=True), _connector='OR'), name='vehicle_without_plate_says_why'),
        ),
        migrations.AddIndex(
            model_name='supervisedsubject',
            index=models.Index(fields=['party'], name='subject_by_party'),
        ),
        migrations.AddIndex(
            model_name='supervisedsubject',
            index=models.Index(fields=['industry', 'risk_class', 'id'], name='subject_by_stratum'),
        ),
        migrations.AddIndex(
            model_name='supervisedsubject',
            index=models.Index(fields=['name_initials'], name='subject_by_initials'),
        ),
        migrations.AddIndex(
            model_name='supervisedsubject',
            index=django.contrib.postgres.indexes.GinIndex(fields=['risk_tags'], name='subject_by_tag'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='subject_has_address'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(('area_code__regex', '^[0-9]{6}$')), name='subject_area_six_digits'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='subject_position_pair'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='subject_period'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'vehicle'), ('vehicle__isnull', False)), models.Q(models.Q(('kind', 'vehicle'), _negated=True), ('vehicle__isnull', True)), _connector='OR'), name='subject_vehicle_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['ship', 'site', 'project', 'route']), models.Q(('name', ''), _negated=True)), models.Q(models.Q(('kind__in', ['ship', 'site', 'project', 'route']), _negated=True), ('name', '')), _connector='OR'), name='subject_name_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='subject_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='supervisedsubject',
            constraint=models.UniqueConstraint(condition=models.Q(('merged_into__isnull', True), ('vehicle__isnull', False)), fields=('vehicle',), name='subject_vehicle_once'),
        ),
        migrations.AddConstraint(
            model_name='whitelisting',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='white_list_period'),
        ),
        migrations.AddConstraint(
            model_name='whitelisting',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='white_list_says_basis'),
        ),
        migrations.AddConstraint(
            model_name='whitelisting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removal_reason', ''), ('removed_by__isnull', True), ('removed_on__isnull', True)), models.Q(('removed_on__isnull', False), models.Q(('removal_reason', ''), _negated=True), models.Q(('removal_note', ''), _negated=True)), _connector='OR'), name='white_list_removed_with_reason'),
        ),
    ]
