"""A Celery worker and its clock as threads of the server: background work without a server to install."""

import asyncio
import logging
import threading
from typing import Any

from asgiref.sync import sync_to_async
from celery import signals
from celery.beat import EmbeddedService
from celery.worker import WorkController
from django.conf import settings

from cms import memory
from cms.celery import app
from cms.safety import refuse_demonstration
from core import background
from social import live

logger = logging.getLogger("guildhall.worker")
THREADS = 2


class EmbeddedWorker:
    """Starts and stops together with the server's process."""

    def __init__(self) -> None:
        self.controller = WorkController(
            app=app, pool_cls="threads", concurrency=THREADS, without_mingle=True, without_gossip=True
        )
        schedule = settings.VAR / "schedule"
        self.clock = EmbeddedService(app, thread=True, max_interval=30, schedule_filename=str(schedule))
        self.thread = threading.Thread(target=self.controller.start, name="celery-worker", daemon=True)

    def start(self) -> None:
        signals.task_postrun.connect(_trim, dispatch_uid="embedded-worker")
        due = background.recover()
        if due:
            logger.info("jobs taken up again: %s", due)
        self.thread.start()
        self.clock.start()

    def stop(self) -> None:
        self.clock.stop()
        self.controller.stop()
        self.thread.join(timeout=5)


def _trim(**kwargs: Any) -> None:
    memory.trim()


class Lifespan:
    """The ASGI lifespan protocol (asgi.readthedocs.io/en/latest/specs/lifespan.html)."""

    def __init__(self) -> None:
        self.worker: EmbeddedWorker | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await sync_to_async(refuse_demonstration)()
                if settings.EMBEDDED_WORKER:
                    live.stay_in(asyncio.get_running_loop())
                    self.worker = await sync_to_async(EmbeddedWorker)()
                    await sync_to_async(self.worker.start)()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                live.stay_in(None)
                if self.worker is not None:
                    await sync_to_async(self.worker.stop)()
                await send({"type": "lifespan.shutdown.complete"})
                return
