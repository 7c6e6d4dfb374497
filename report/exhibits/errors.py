"""What an exhibit says when the data cannot support it."""

from __future__ import annotations


class NoData(Exception):
    """The data of this edition do not support an exhibit; ``reason`` says what is lacking, in Chinese.

    The manuscript prints the reason as one line in the exhibit's place and goes on.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
