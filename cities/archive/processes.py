"""Work done in several processes at once, told in the order in which it was given."""

import os
from multiprocessing import get_context

from django.db import connection, connections

# Where the system says how many processors are ours: elsewhere forking is not safe.
MOST = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def spread(work, items, processes):
    """Yield what `work` makes of each item, in their order.

    Each process takes every n-th item, and ends with the one that hears it: a pool would
    wait for ever for a parent that was killed.
    """
    if connection.in_atomic_block:  # what is not committed, no other process sees
        processes = 1
    count = min(processes, len(items))
    if count < 2:
        yield from map(work, items)
        return
    connections.close_all()  # one that two processes use breaks; each opens its own
    context = get_context("fork")
    ears, started = [], []
    for number in range(count):
        ear, mouth = context.Pipe(duplex=False)
        process = context.Process(
            target=tell, args=(work, items[number::count], mouth), daemon=True
        )
        process.start()
        mouth.close()
        ears.append(ear)
        started.append(process)
    try:
        for number in range(len(items)):
            yield ears[number % count].recv()
    finally:
        for ear, process in zip(ears, started, strict=True):
            ear.close()
            process.join()


def tell(work, items, mouth):
    for item in items:
        mouth.send(work(item))
