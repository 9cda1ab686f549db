"""stub"""
from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    original_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
