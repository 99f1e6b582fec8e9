"""Work done in several processes at once, told in the order in which it was given."""

import os
from multiprocessing import get_context
from multiprocessing.connection import wait

from django.db import connection, connections

AT_ONCE = 8  # items that a process takes: what stands side by side is often read from the same
# Where the system says how many processors are ours: elsewhere forking is not safe.
MOST = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def spread(work, items, processes):
    """Yield what `work` makes of each item, in their order.

    A process that is done with some takes the next, and ends with the one that hears it: a pool
    would wait for ever for a parent that was killed.
    """
    if connection.in_atomic_block:  # what is not committed, no other process sees
        processes = 1
    count = min(processes, len(items))
    if count < 2:
        yield from map(work, items)
        return
    connections.close_all()  # one that two processes use breaks; each opens its own
    context = get_context("fork")
    turn = context.Value("l")  # the number of the item that is to be taken next
    ears, started, made = [], [], {}
    for _number in range(count):
        ear, mouth = context.Pipe(duplex=False)
        ears.append(ear)
        arguments = work, items, turn, mouth, ears
        process = context.Process(target=tell, args=arguments, daemon=True)
        process.start()
        mouth.close()
        started.append(process)
    talking = set(ears)
    try:
        for number in range(len(items)):
            while number not in made:
                made |= heard(talking)
            yield made.pop(number)
    finally:
        for ear, process in zip(ears, started, strict=True):
            ear.close()
            process.join()


def heard(talking):
    """Return {number: what was made} of what is told now; no longer listen to who has ended."""
    if not talking:
        raise EOFError("A process ended before its work was done.")
    made = {}
    for ear in wait(talking):
        try:
            number, told = ear.recv()
        except EOFError:
            talking.remove(ear)
        else:
            made[number] = told
    return made


def tell(work, items, turn, mouth, ears):
    for ear in ears:  # so that nobody listens when the parent is gone
        ear.close()
    while True:
        with turn:
            first, turn.value = turn.value, turn.value + AT_ONCE
        if first >= len(items):
            return
        for number, item in enumerate(items[first : first + AT_ONCE], first):
            mouth.send((number, work(item)))
