"""Examples of the OpenAI-compatible routes for the documentation."""

from typing import Any

from fastapi.openapi.models import Example

from bot.api import examples
from bot.api.face_schema import ChatCompletion, Choice, Message, Model, ModelList, Provenance, Usage
from bot.api.face_text import Writing
from bot.api.schema import Answer

DESCRIPTION = (
    "供现成的聊天客户端和小程序 SDK 使用：`base_url` 填本服务的 `/v1`，密钥填 API 密钥（服务未设密钥时任意填写）。"
    "最后一条 `user` 消息即所问；其前的 `user` 消息用于理解追问，`system` 等消息不采纳。"
    "正文每句之后以 [n] 标出处，文末列出处；`annotations` 中的 `url_citation` 另带 `clause_id` 与原文 `quote`。"
    "`content` 可以是字符串或分段数组：文字段逐段相接，图片、语音、文件段不读，返回 400。"
    "`max_tokens`（或 `max_completion_tokens`）在整句、整段处截止，不截断引文，`finish_reason` 为 `length`；"
    "第一句即放不下时正文为空。"
    "`temperature`、`tools` 等不影响答案，一律忽略，并列在 `metrology.ignored` 中；会改变答案形式的（`n`、"
    "`response_format` 为 JSON、`logprobs`、指定工具或语音）不支持，返回 400 并说明缘由。"
    "`stream: true` 时逐句发送，最后一块带 `annotations`，以 `[DONE]` 结束；"
    "`stream_options.include_usage` 为 true 时其前另有一块 `usage`。"
    "聊天客户端为取标题、标签、追问建议、检索词而发的提示（open-webui、NextChat、LobeChat、Cherry Studio、LibreChat、"
    "Chatbox）按其要求的 JSON 或文字作答，取自对话本身和条款，不用大模型，不作为提问记录，没有 `metrology`。"
    "错误为 OpenAI 的 `{error: {message, type, param, code}}`，`code` 与下列错误类型对应。"
    "`usage` 以随附编码模型的分词器计数；`prompt_tokens` 只计所读的 `user` 消息。"
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
            "max_completion_tokens": 800,
            "stream_options": {"include_usage": True},
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
        usage=Usage(prompt_tokens=11, completion_tokens=131, total_tokens=142),
        metrology=Provenance.model_validate(answer, from_attributes=True),
    )
    return completion.model_dump(mode="json")


COMPLETED = examples.responses(_completed())
COMPLETED[200]["content"]["text/event-stream"] = {"example": "data: {…}\n\ndata: [DONE]\n\n"}
LISTED = examples.responses(ModelList(data=[_MODEL]).model_dump())
SHOWN = examples.responses(_MODEL.model_dump())
