import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RuiSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=40, unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='DisclosureRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=15, unique=True)),
                ('decision_id', models.BigIntegerField(null=True, unique=True)),
                ('case_no', models.CharField(max_length=60)),
                ('number', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('draft', '待审'), ('published', '公示中'), ('withdrawn', '已撤回'), ('expired', '公示期满'), ('excluded', '不予公示')], default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('content', models.JSONField(default=dict)),
                ('content_digest', models.CharField(max_length=64)),
                ('held_for', models.CharField(blank=True, max_length=200)),
                ('party_display', models.CharField(max_length=200)),
                ('is_person', models.BooleanField()),
                ('uscc_search', models.CharField(blank=True, max_length=18)),
                ('number_search', models.CharField(max_length=100)),
                ('search_text', models.TextField(blank=True)),
                ('violation', models.CharField(max_length=500)),
                ('domain', models.CharField(blank=True, max_length=40)),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
                ('year', models.PositiveSmallIntegerField()),
                ('decided_on', models.DateField()),
                ('handlers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('credit_class', models.CharField(choices=[('1', '轻微'), ('2', '一般'), ('3', '严重')], max_length=1)),
                ('exclusion_code', models.CharField(blank=True, max_length=3)),
                ('publish_due', models.DateField()),
                ('is_due_provisional', models.BooleanField(default=False)),
                ('display_until', models.DateField()),
                ('published_at', models.DateTimeField(null=True)),
                ('is_late', models.BooleanField(default=False)),
                ('late_reason', models.CharField(blank=True, max_length=300)),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(blank=True, max_length=50)),
                ('waits_for', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(max_length=20)),
                ('rui', models.CharField(max_length=40)),
                ('data_version', models.PositiveIntegerField()),
                ('op', models.CharField(choices=[('i', '公示'), ('u', '更正'), ('d', '删除'), ('w', '撤回')], max_length=1)),
                ('idem_key', models.CharField(max_length=128, unique=True)),
                ('body', models.BinaryField()),
                ('content_digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('PENDING', '待推送'), ('SENDING', '推送中'), ('SENT', '待确认'), ('CONFIRMED', '已确认'), ('FIX', '待修正'), ('DEAD', '死信'), ('SUPERSEDED', '已取代')], default='PENDING', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('give_up_on', models.DateField()),
                ('last_code', models.CharField(blank=True, max_length=20)),
                ('last_error', models.CharField(blank=True, max_length=500)),
                ('trace_id', models.CharField(blank=True, max_length=64)),
                ('receipt', models.JSONField(null=True)),
                ('receipt_no', models.CharField(blank=True, max_length=20)),
                ('polls', models.PositiveSmallIntegerField(default=0)),
                ('poll_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='disclosure.disclosurerecord')),
            ],
        ),
        migrations.CreateModel(
            name='FeedBreaker',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('open_until', models.DateTimeField(null=True)),
                ('open_seconds', models.PositiveIntegerField(default=0)),
                ('alarm', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='feed_one_breaker')],
            },
        ),
        migrations.CreateModel(
            name='RecordEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('digest_before', models.CharField(blank=True, max_length=64)),
                ('digest_after', models.CharField(blank=True, max_length=64)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='disclosure.disclosurerecord')),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ruling_id', models.BigIntegerField(unique=True)),
                ('successor_id', models.BigIntegerField(null=True)),
                ('reason_code', models.CharField(choices=[('W1', '变更'), ('W2', '撤销'), ('W3', '确认违法'), ('W4', '确认无效')], max_length=2)),
                ('reason', models.CharField(max_length=500)),
                ('event_on', models.DateField()),
                ('basis_no', models.CharField(max_length=128)),
                ('due', models.DateField()),
                ('proposed_by', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='disclosure.disclosurerecord')),
            ],
        ),
        migrations.AddIndex(
            model_name='disclosurerecord',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['-decided_on', '-public_id'], name='record_public_newest'),
        ),
        migrations.AddIndex(
            model_name='disclosurerecord',
            index=models.Index(fields=['number_search'], name='record_by_number'),
        ),
        migrations.AddIndex(
            model_name='disclosurerecord',
            index=models.Index(condition=models.Q(('uscc_search', ''), _negated=True), fields=['uscc_search'], name='record_by_uscc'),
        ),
        migrations.AddIndex(
            model_name='disclosurerecord',
            index=models.Index(fields=['state', 'publish_due', 'id'], name='record_by_due'),
        ),
        migrations.AddIndex(
            model_name='disclosurerecord',
            index=django.contrib.postgres.indexes.GinIndex(fields=['types'], name='record_types'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('exclusion_code', ''), ('published_at__isnull', False)), _connector='OR'), name='record_published_complete'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerecord',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'excluded'), ('exclusion_code', ''), _connector='OR'), name='record_excluded_has_code'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='record_withdrawn_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_person', True), _negated=True), ('uscc_search', ''), _connector='OR'), name='record_person_no_code'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'PENDING')), fields=['next_at', 'id'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'SENDING')), fields=['lease_until'], name='delivery_leased'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'SENT')), fields=['poll_at'], name='delivery_unconfirmed'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', '-id'], name='delivery_by_state'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('rui', 'data_version'), name='delivery_version_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('about', ''), _negated=True), fields=('about', 'data_version'), name='delivery_inspection_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'inspection-record'), models.Q(('about', ''), _negated=True)), models.Q(models.Q(('kind', 'inspection-record'), _negated=True), ('about', '')), _connector='OR'), name='delivery_inspection_named'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['SENT', 'CONFIRMED']), _negated=True), ('receipt__isnull', False), _connector='OR'), name='delivery_sent_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENDING'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='delivery_sending_is_leased'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'PENDING'), _negated=True), ('next_at__isnull', False), _connector='OR'), name='delivery_pending_is_due'),
        ),
        migrations.AddIndex(
            model_name='recordevent',
            index=models.Index(fields=['record', 'id'], name='record_event_order'),
        ),
        migrations.AddIndex(
            model_name='withdrawal',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['due', 'id'], name='withdrawal_waiting'),
        ),
        migrations.AddIndex(
            model_name='withdrawal',
            index=models.Index(condition=models.Q(('successor_id__isnull', False)), fields=['successor_id'], name='withdrawal_successor'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='withdrawal_done_pair'),
        ),
    ]
