"""Settings of the processes that answer ordinary requests."""

import multiprocessing
import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", str(2 * multiprocessing.cpu_count() + 1)))
threads = int(os.environ.get("WEB_THREADS", "2"))
worker_class = "gthread"
# A worker is renewed now and then, so that a slow leak never becomes an incident; spread, not all at once.
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeats in memory instead of on a disk that may stall
accesslog = None
