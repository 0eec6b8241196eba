"""Every way in which people in Slack reach the bot, through the real Bolt app and the real SDK."""

from __future__ import annotations

import pytest
from fake_slack import BOT_USER, FakeSlack, Message

from assistant.api import Assistant
from assistant.interfaces.slack.bot import Bot

TWO_DOSES = "how long did mice given two doses of CLR 131 survive?"
ASK = f"<@{BOT_USER}> {TWO_DOSES}"
FOLLOW_UP = "And with one dose?"


@pytest.fixture
def slack(team) -> FakeSlack:
    return team[0]


@pytest.fixture
def bot(team) -> Bot:
    return team[1]


def quiet(slack: FakeSlack, bot) -> None:
    """Waits until the bot has nothing left to do."""
    slack.wait(lambda: bot.office.inbox.depth() == (0, 0))


def test_a_mention_is_answered_once_in_its_thread_with_proof(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    (answer,) = slack.answered(place, ts)
    assert "135.6 days" in answer.words
    slack.press(answer, "show_proof", "U1")
    view = slack.wait(lambda: slack.views)[-1]
    assert "mean survival of 135.6 days" in Message("", "", "", "", view["blocks"]).words
    assert len(slack.replies(place, ts)) == 1


@pytest.mark.parametrize("kind", ["C", "G"])
def test_follow_ups_need_no_mention_in_channels_and_private_ones(slack: FakeSlack, bot, place: str, kind: str) -> None:
    place = kind + place[1:]
    ts = slack.say(place, "U1", ASK)
    slack.say(place, "U2", FOLLOW_UP, thread=ts)
    first, second = slack.answered(place, ts, 2)
    assert "135.6" in first.words
    assert "64.6" in second.words
    assert "135.6" not in second.words.partition("“")[0]


def test_what_is_said_to_somebody_else_or_in_other_threads_is_not_answered(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    slack.answered(place, ts)
    slack.say(place, "U2", f"<@U1> {TWO_DOSES}", thread=ts)
    other = slack.say(place, "U2", TWO_DOSES)
    slack.say(place, "U2", FOLLOW_UP, thread=other)
    slack.event({"type": "reaction_added", "user": "U1", "item": {"channel": place}})
    slack.event({"type": "message", "subtype": "channel_join", "channel": place, "user": "U3", "text": ASK, "ts": slack.ts()})
    last = slack.say(place, "U1", ASK)
    slack.answered(place, last)
    assert len(slack.replies(place, ts)) == 1
    assert slack.replies(place, other) == slack.replies(place) == []


def test_direct_messages_are_one_conversation_and_threads_in_them_others(slack: FakeSlack, bot, place: str) -> None:
    place = "D" + place[1:]
    slack.say(place, "U1", TWO_DOSES)
    slack.say(place, "U1", FOLLOW_UP)
    _, second = slack.answered(place, None, 2)
    assert "64.6" in second.words
    slack.say(place, "U1", "And what about CLR 125?", thread=second.ts)
    (below,) = slack.answered(place, second.ts)
    assert "135" in below.words.partition("Keep in mind")[0]
    apart = slack.ts()
    slack.say(place, "U1", FOLLOW_UP, thread=apart)
    (other,) = slack.answered(place, apart)
    assert "64.6" not in other.words


def test_the_pane_offers_questions_of_the_documents_and_names_its_thread(slack: FakeSlack, bot, place: str) -> None:
    place = "D" + place[1:]
    thread = slack.opens_pane(place, "U1")
    (greeting,) = slack.answered(place, thread)
    assert "1 document" in greeting.words
    prompts = slack.wait(lambda: slack.prompts)
    assert 1 < len(prompts) <= 4
    assert any("CLR" in prompt["message"] for prompt in prompts)
    slack.say(place, "U1", prompts[0]["message"], thread=thread)
    _, answer = slack.answered(place, thread, 2)
    assert "days" in answer.words
    assert slack.titles[thread] == prompts[0]["message"]
    assert any(method == "assistant.threads.setStatus" and args["thread_ts"] == thread for method, args in slack.arguments)


def test_a_command_is_answered_to_one_person_and_can_be_shared(slack: FakeSlack, bot, place: str) -> None:
    slack.command(place, "U1", TWO_DOSES)
    (seen,) = slack.wait(lambda: slack.whispers(place))
    assert seen.ephemeral_to == "U1"
    assert "135.6 days" in seen.words
    said = {"text": "Looking it up…", "response_type": "ephemeral"}
    assert slack.wait(lambda: [each for each in slack.acknowledgements.values() if each == said])
    assert slack.replies(place) == []
    slack.press(seen, "share", "U1", times=2)
    slack.press(seen, "share", "U1")
    (shared,) = slack.answered(place, None)
    assert "135.6 days" in shared.words
    slack.wait(lambda: not slack.whispers(place))
    slack.say(place, "U2", FOLLOW_UP, thread=shared.ts)
    (followed,) = slack.answered(place, shared.ts)
    assert "64.6" in followed.words
    assert len(slack.replies(place)) == 1


def test_the_shortcut_tells_which_figures_of_a_message_hold(slack: FakeSlack, bot, place: str) -> None:
    text = "Mice given two doses of CLR 131 lived 135.6 days on average. Two doses of CLR 125 gave 171 days"
    slack.shortcut(place, "U1", Message(place, "1.1", "U2", text))
    (seen,) = slack.wait(lambda: slack.whispers(place))
    wrong, right = seen.words.split("Supported")
    assert "171 days" in wrong
    assert "135.6 days on average" in right


def test_a_chart_is_drawn_on_request_into_the_thread(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    (answer,) = slack.answered(place, ts)
    slack.press(answer, "draw_chart", "U1", times=2)
    slack.press(answer, "draw_chart", "U2")
    chart = slack.wait(lambda: [message for message in slack.replies(place, ts) if message.files])[0]
    quiet(slack, bot)
    assert chart.thread_ts == ts
    (name,) = (file["name"] for message in slack.replies(place, ts) for file in message.files or ())
    (picture,) = (content for key, content in slack.uploads.items() if key.endswith(name))
    assert picture.startswith(b"\x89PNG")


def test_the_last_judgement_of_a_person_counts(slack: FakeSlack, bot, place: str, slack_assistant: Assistant) -> None:
    (answer,) = slack.answered(place, slack.say(place, "U1", ASK))
    number = answer.blocks[-1]["elements"][0]["positive_button"]["value"].partition(":")[2]
    for user, judgement in (("U1", "good"), ("U2", "good"), ("U1", "bad")):
        slack.press(answer, "feedback", user, f"{judgement}:{number}")
        slack.wait(lambda user=user: any(message.ephemeral_to == user for message in slack.whispers(place)))
    slack.wait(lambda: len(slack.whispers(place)) == 3)
    given = [f for f in slack_assistant.feedback() if (f.answer.conversation or "").startswith(f"slack/T1/{place}/")]
    assert sorted((f.given_by, f.judgement) for f in given) == [("slack/T1/U1", "bad"), ("slack/T1/U2", "good")]


def test_an_edited_question_is_answered_anew_in_place_and_a_deleted_one_taken_back(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    (answer,) = slack.answered(place, ts)
    slack.edit(place, ts, f"<@{BOT_USER}> how long did mice given one dose of CLR 131 survive?", times=2)
    slack.wait(lambda: "64.6" in slack.replies(place, ts)[0].words)
    assert [message.ts for message in slack.replies(place, ts)] == [answer.ts]
    conversation = f"slack/T1/{place}/{ts}"
    assistant = bot.office.rooms.default
    assert [a.question for a in assistant.history(conversation)] == ["how long did mice given one dose of CLR 131 survive?"]
    slack.delete(place, ts, times=2)
    slack.wait(lambda: not slack.replies(place, ts))
    quiet(slack, bot)
    assert assistant.history(conversation) == ()


def test_an_edit_that_changes_no_words_changes_nothing(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    slack.answered(place, ts)
    slack.edit(place, ts, ASK)
    slack.answered(place, slack.say(place, "U1", ASK))
    assert not any(method == "chat.update" and args["channel"] == place for method, args in slack.arguments)


def test_a_mention_that_an_edit_adds_is_heard(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", TWO_DOSES)
    slack.edit(place, ts, ASK)
    (answer,) = slack.answered(place, ts)
    assert "135.6 days" in answer.words


def test_an_earlier_question_that_is_deleted_leaves_the_later_ones(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    second = slack.say(place, "U1", "What about CLR 125?", thread=ts)
    slack.answered(place, ts, 2)
    slack.delete(place, ts)
    slack.wait(lambda: len(slack.replies(place, ts)) == 1)
    quiet(slack, bot)
    left = bot.office.rooms.default.history(f"slack/T1/{place}/{ts}")
    assert [answer.question for answer in left] == ["What about CLR 125?"]
    assert second


def test_a_mention_without_words_is_told_what_to_ask(slack: FakeSlack, bot, place: str) -> None:
    (hint,) = slack.answered(place, ts := slack.say(place, "U1", f"<@{BOT_USER}>"))
    assert "for example" in hint.words
    assert ts == hint.thread_ts
