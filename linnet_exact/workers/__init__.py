"""Where tasks are worked on: in this process or in others (`ways`, `processes`), or on a cluster
(`dask`).

Each way takes a function and an iterator of tasks, keeps a bounded number of tasks under way, and
yields (task, result) as they come. When `stop` says so, no further task is begun, and those that
are under way are finished. A worker that dies costs only the tasks that it had.
"""

from linnet_exact.workers.dask import on_dask
from linnet_exact.workers.ways import Workers, here, in_order, in_processes

__all__ = ["Workers", "here", "in_order", "in_processes", "on_dask"]
