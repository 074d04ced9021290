"""Prompts as open-webui sends them, shortened where that changes nothing: with their tags, keys and speakers."""

from typing import Any

from tests.bot.api.api_builders import client
from tests.bot.fakes import FakeBot

CHAT = "/v1/chat/completions"
TARGET = "泉州2025年诚信计量自我承诺单位的目标是多少？"
HISTORY = f"USER: {TARGET}\nASSISTANT: 2020家。[1]\n\n出处：\n[1] 《意见》\nUSER: 那厦门呢？"
OPEN_WEBUI = """### Task:
{task}
### Guidelines:
- Use the chat's primary language; default to English if multilingual.
### Output:
JSON format: {output}
### Chat History:
<chat_history>
{history}
</chat_history>"""
TITLE = ("Generate a concise, 3-5 word title with an emoji summarizing the chat history.", '{ "title": "your title" }')
TAGS = ("Generate 1-3 broad tags categorizing the main themes.", '{ "tags": ["tag1", "tag2", "tag3"] }')
FOLLOW = ("Suggest 3-5 relevant follow-up questions.", '{ "follow_ups": ["Question 1?", "Question 2?"] }')
QUERIES = ("Analyze the chat history to determine the necessity of search.", '{ "queries": ["query1", "query2"] }')
TYPED = ("You are an autocompletion system. Continue the text in `<text>`.", '{ "text": "<your_completion>" }')
DRAWN = ("Generate a detailed prompt for am image generation task.", '{ "prompt": "Your description." }')
PICKING = (
    "Available Tools: []\n\nYour task is to choose and return the correct tool(s) from the list of available tools "
    'based on the query.\n\nReturn only the JSON object: {"tool_calls": []}'
)


def prompt(task: tuple[str, str], history: str = HISTORY) -> list[dict[str, Any]]:
    return [{"role": "user", "content": OPEN_WEBUI.format(task=task[0], output=task[1], history=history)}]


def done(bot: FakeBot, messages: list[dict[str, Any]], **more: Any) -> str:
    response = client(bot).post(CHAT, json={"model": "metrology-auto", "messages": messages, **more})
    assert response.status_code == 200, response.text
    reply = response.json()
    assert reply["choices"][0]["finish_reason"] == "stop"
    assert reply["metrology"] is None
    content: str = reply["choices"][0]["message"]["content"]
    return content
