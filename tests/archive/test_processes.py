"""Work done in several processes at once."""

import os
import time
from multiprocessing import get_context

import pytest

from cities.archive.processes import AT_ONCE, spread


@pytest.mark.parametrize("processes", [1, 2, 3, 200])
def test_what_is_made_is_told_in_the_order_of_the_items(processes):
    def work(item):
        time.sleep(item % 7 / 1000)
        return item * 2

    assert list(spread(work, range(100), processes)) == list(range(0, 200, 2))


def test_work_is_done_by_several_processes_at_once():
    both = get_context("fork").Barrier(2)

    def work(item):
        if item in (0, AT_ONCE):
            both.wait(60)
        return os.getpid()

    assert len(set(spread(work, range(2 * AT_ONCE), 2))) == 2


def test_who_waits_for_a_process_that_died_hears_of_it():
    def work(item):
        return os._exit(1) if item == 20 else item

    with pytest.raises(EOFError, match="A process ended before its work was done"):
        list(spread(work, range(100), 2))
