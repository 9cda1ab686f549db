"""What the desk keeps of its own: messages to a person, and a person's calendar subscription."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.api import Case, Deadline
from lishu_law.law.limits import find


class MessageKind(models.TextChoices):
    HALF = "half", "期限过半"
    MOST = "most", "期限将满"
    WARNING = "warning", "到期提醒"
    DUE = "due", "今天到期"
    DAY_AFTER = "day-after", "已经超期"
    MOVED = "moved", "日期变更"
    LEAK = "leak", "公示泄露"
    LEDGER = "ledger", "登记簿不一致"
    REFUSED = "refused", "提请没有同意"


NIGHTLY = ("leak", "ledger")  # found by a look over everything at night, not by a clock
OF_RECORDS = (*NIGHTLY, "refused")  # about a public record or the register, not a case


class Message(models.Model):
    """One message to one person about one limit, one public record or the register. No name of a party: numbers only.

    ``due`` is the end the message speaks of: after an extension the new end has messages of its own. For a record it is
    the day of the finding (or the end of the withdrawal that was refused), and ``about`` its public id; for the register
    ``about`` is the part that was checked.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    limit = models.ForeignKey(Deadline, models.CASCADE, null=True, related_name="+")
    about = models.CharField(max_length=15, blank=True)
    due = models.DateField()
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="message_by_user")]
        constraints = [
            # A task that runs twice sends once; an end that moves there and back is told each time.
            models.UniqueConstraint(
                fields=["user", "limit", "kind", "due"], condition=~Q(kind="moved"), name="message_once"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "about", "due"], condition=Q(kind__in=NIGHTLY), name="message_leak_once"
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=OF_RECORDS, case__isnull=True, limit__isnull=True) & ~Q(about=""))
                | (~Q(kind__in=OF_RECORDS) & Q(case__isnull=False, limit__isnull=False, about="")),
                name="message_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")), name="message_read_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.limit_id}"

    @property
    def lapses(self) -> bool:
        """Is it about a right or a waiting time, after whose end nobody is late?"""
        return self.limit is not None and find(self.limit.code).lapses

    @property
    def is_late(self) -> bool:
        """Does it say that something is late or will be today?"""
        return self.kind in (MessageKind.DUE, MessageKind.DAY_AFTER, *NIGHTLY) and not self.lapses

    @property
    def subject(self) -> str:
        """Which case, or which public record."""
        if self.kind == MessageKind.LEDGER:
            return "公示防篡改登记簿"
        return self.case.label if self.case else f"公示 {self.about}"

    @property
    def way(self) -> str:
        """The words of the link to it."""
        if self.kind == MessageKind.LEDGER:
            return "看登记簿"
        return "去案件" if self.case else "去公示"

    @property
    def word(self) -> str:
        """The kind in a word or two."""
        lapsed = {MessageKind.DUE: "今天期满", MessageKind.DAY_AFTER: "已经期满"}
        kind = MessageKind(self.kind)
        return lapsed.get(kind, str(kind.label)) if self.lapses else str(kind.label)


class CalendarSubscription(models.Model):
    """The secret address under which a person's calendar program reads the due dates. Only its digest is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_subscription")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    hour_began_at = models.DateTimeField(null=True)  # reads are counted by the hour
    reads = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.user_id}"
