"""Who is answered, where, and from which library."""

from __future__ import annotations

from pathlib import Path

from fake_slack import BOT_ID, BOT_USER, FakeSlack
from homes import copied

from assistant.api import Assistant
from assistant.interfaces.slack.config import Config, Room

TWO_DOSES = "how long did mice given two doses of CLR 131 survive?"
ASK = f"<@{BOT_USER}> {TWO_DOSES}"
FOLLOW_UP = "And with one dose?"


def test_other_bots_are_ignored_unless_allowed_by_name_and_its_own_words_always(slack: FakeSlack, start, place: str) -> None:
    start(config=Config(bots=("Deploy",)))
    refused = slack.say(place, "U8", ASK, bot_id="B8", bot_profile={"name": "Other"})
    own = slack.say(place, BOT_USER, ASK, bot_id=BOT_ID)
    allowed = slack.say(place, "U9", ASK, bot_id="B9", bot_profile={"name": "Deploy"})
    slack.answered(place, allowed)
    slack.say(place, "U9", FOLLOW_UP, thread=allowed, bot_id="B9", bot_profile={"name": "Deploy"})
    slack.answered(place, slack.say(place, "U1", ASK))
    assert slack.replies(place, refused) == slack.replies(place, own) == []
    assert len(slack.replies(place, allowed)) == 1


def test_only_those_who_may_are_answered_where_it_is_allowed(slack: FakeSlack, start, place: str) -> None:
    bot = start(config=Config(channels=(place,), users=("U1", "U2")))
    ts = slack.say(place, "U1", ASK)
    slack.answered(place, ts)
    elsewhere = slack.say("C99999", "U1", ASK)
    stranger = slack.say(place, "U3", ASK)
    slack.command("C99999", "U2", TWO_DOSES)
    slack.wait(lambda: len(slack.ephemeral) == 3)
    slack.wait(lambda: bot.office.inbox.depth() == (0, 0))
    assert {message.ephemeral_to for message in slack.ephemeral} == {"U1", "U2", "U3"}
    assert not any("135.6" in message.words for message in slack.ephemeral)
    assert slack.replies("C99999", elsewhere) == slack.replies(place, stranger) == []


def test_the_buttons_of_an_answer_are_for_those_who_may_ask(slack: FakeSlack, start, place: str) -> None:
    bot = start(config=Config(users=("U1",)))
    ts = slack.say(place, "U1", ASK)
    (answer,) = slack.answered(place, ts)
    for action in ("show_proof", "draw_chart"):
        slack.press(answer, action, "U3")
    slack.press(answer, "feedback", "U3", answer.blocks[-1]["elements"][0]["positive_button"]["value"])
    (view,) = slack.wait(lambda: slack.views)
    assert "135.6" not in str(view)
    slack.wait(lambda: len([message for message in slack.ephemeral if message.ephemeral_to == "U3"]) == 2)
    slack.wait(lambda: bot.office.inbox.depth() == (0, 0))
    assert not [message for message in slack.replies(place, ts) if message.files]
    assert not [given for given in bot.office.rooms.default.feedback() if given.given_by.endswith("/U3")]


def test_a_channel_may_have_a_library_of_its_own(slack: FakeSlack, start, place: str, slack_home: Path, tmp_path: Path) -> None:
    own = copied(slack_home, tmp_path / "home")
    (tmp_path / "note.md").write_text("# A note on herons\n\nNothing was measured.\n", encoding="utf-8")
    with Assistant.open(own) as assistant:
        assistant.add(tmp_path / "note.md")
    start(config=Config(channel={f"D{place}": Room(home=own)}))
    for channel, documents in ((f"D{place}", "2 documents"), (f"D{place}x", "1 document ")):
        (greeting,) = slack.answered(channel, slack.opens_pane(channel, "U1"))
        assert documents in greeting.words
