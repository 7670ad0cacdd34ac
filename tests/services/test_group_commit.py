"""Many small writes share a transaction, and each gets its own answer."""

import threading

import pytest

from portal.services.writing import GroupCommit


def test_a_write_gets_its_result():
    assert GroupCommit(lambda writes: [write(None) for write in writes]).do(lambda transaction: 7) == 7


def test_a_write_that_failed_raises_what_it_raised():
    writer = GroupCommit(lambda writes: [ValueError("mine")])
    with pytest.raises(ValueError, match="mine"):
        writer.do(lambda transaction: None)


def test_when_the_transaction_fails_everyone_in_it_is_told_and_the_next_goes_on():
    answers = [OSError("disk full")]

    def together(writes):
        if answers:
            raise answers.pop()
        return [write(None) for write in writes]

    writer = GroupCommit(together)
    with pytest.raises(OSError, match="disk full"):
        writer.do(lambda transaction: 1)
    assert writer.do(lambda transaction: 2) == 2


def test_those_who_wait_while_another_writes_are_written_together():
    sizes, first_is_in, others_wait = [], threading.Event(), threading.Event()

    def together(writes):
        sizes.append(len(writes))
        if len(sizes) == 1:
            first_is_in.set()
            others_wait.wait(10)
        return [write(None) for write in writes]

    writer, results = GroupCommit(together), []
    threads = [
        threading.Thread(target=lambda number=number: results.append(writer.do(lambda transaction: number)))
        for number in range(9)
    ]
    threads[0].start()
    first_is_in.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(writer._waiting) < 8:
        pass
    others_wait.set()
    for thread in threads:
        thread.join()
    assert sizes == [1, 8] and sorted(results) == list(range(9))


def test_no_more_are_taken_together_than_may_be():
    sizes, first_is_in, others_wait = [], threading.Event(), threading.Event()

    def together(writes):
        sizes.append(len(writes))
        if len(sizes) == 1:
            first_is_in.set()
            others_wait.wait(10)
        return [None for _ in writes]

    writer = GroupCommit(together, most=3)
    threads = [threading.Thread(target=writer.do, args=(lambda transaction: None,)) for _ in range(8)]
    threads[0].start()
    first_is_in.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(writer._waiting) < 7:
        pass
    others_wait.set()
    for thread in threads:
        thread.join()
    assert sizes == [1, 3, 3, 1]
