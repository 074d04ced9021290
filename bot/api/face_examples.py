"""Examples of the OpenAI-compatible routes for the documentation."""

from typing import Any

from fastapi.openapi.models import Example

from bot.api import examples
from bot.api.face_schema import ChatCompletion, Choice, Message, Model, ModelList, Provenance
from bot.api.face_text import Writing, usage
from bot.api.schema import Answer

DESCRIPTION = (
    "供现成的聊天客户端和小程序 SDK 使用：`base_url` 填本服务的 `/v1`，密钥填 API 密钥（服务未设密钥时任意填写）。"
    "最后一条 `user` 消息即所问；其前的 `user` 消息用于理解追问，`system` 等消息不采纳。"
    "正文每句之后以 [n] 标出处，文末列出处；`annotations` 中的 `url_citation` 另带 `clause_id` 与原文 `quote`。"
    "`temperature`、`max_tokens`、`tools` 等不影响答案，一律忽略；会改变答案形式的（`n`、`response_format` 为 JSON、"
    "`logprobs`、指定工具、图片与语音）不支持，返回 400。"
    "`stream: true` 时逐句发送，最后一块带 `annotations`，以 `[DONE]` 结束。"
    "错误为 OpenAI 的 `{error: {message, type, param, code}}`，`code` 与下列错误类型对应。`usage` 为估算。"
)
_QUESTION = "厦门怎么推行诚信计量自我承诺？"
_BASE = "https://bot.example/"
_MODEL = Model(id="metrology-extractive", created=1767225600)

CHATS: dict[str, Example] = {
    "one": {
        "summary": "问一句",
        "value": {"model": "metrology-auto", "messages": [{"role": "user", "content": _QUESTION}]},
    },
    "follow-up": {
        "summary": "追问，流式",
        "value": {
            "model": "metrology-extractive",
            "stream": True,
            "messages": [
                {"role": "user", "content": _QUESTION},
                {"role": "assistant", "content": "……"},
                {"role": "user", "content": "那泉州呢？"},
            ],
        },
    },
}
MODEL_IDS: dict[str, Example] = {"extractive": {"value": "metrology-extractive"}}


def _completed() -> dict[str, Any]:
    answer, writing = Answer.model_validate(examples.ANSWER), Writing(_BASE)
    content = "".join(writing.pieces(answer))
    completion = ChatCompletion(
        id=f"chatcmpl-{answer.answer_id}",
        created=1767225600,
        model="metrology-auto",
        choices=[Choice(message=Message(content=content, annotations=writing.annotations(answer.citations)))],
        usage=usage([_QUESTION], content),
        metrology=Provenance.model_validate(answer, from_attributes=True),
    )
    return completion.model_dump(mode="json")


COMPLETED = examples.responses(_completed())
LISTED = examples.responses(ModelList(data=[_MODEL]).model_dump())
SHOWN = examples.responses(_MODEL.model_dump())
