"""Messages in the user's language, and a catalogue that lacks none."""

from __future__ import annotations

import re
import runpy

import pytest

from report.i18n import _, language, ngettext, speaking


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh_CN"),
        ({"IIREPORT_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh_CN"),
        ({"IIREPORT_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_follows_the_locale(environment, spoken):
    assert language(environment) == spoken


def test_a_chosen_language_wins_and_ends():
    assert _("Commands") == "Commands"
    with speaking("zh"):
        assert _("Commands") == "命令"
        assert ngettext("{count} problem:", "{count} problems:", 3) == "{count} 个问题："
    assert _("Commands") == "Commands"


@pytest.fixture(scope="module")
def messages(project) -> dict:
    return runpy.run_path(str(project / "setup/messages.py"))


def test_every_message_has_a_chinese_translation(messages):
    assert messages["untranslated"]() == []


def test_translations_keep_the_placeholders(messages):
    for message in messages["catalogue"]():
        if not message.id or not messages["translated"](message):
            continue
        source = message.id if isinstance(message.id, str) else message.id[0]
        target = message.string if isinstance(message.string, str) else message.string[0]
        fields = re.compile(r"{\w+(?::[^{}]*)?}")
        assert sorted(fields.findall(source)) == sorted(fields.findall(target)), source
