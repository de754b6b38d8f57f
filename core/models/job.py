from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of background work that must not be lost: written with the change that asks for it, gone when done.

    The broker only carries the number of the job; a message that a killed process took with it is sent again from here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True)
    task = models.CharField(max_length=200)
    queue = models.CharField(max_length=40, default="default")
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"
