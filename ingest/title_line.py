"""What the title of an official document looks like: its last word says what kind of document it is."""

import re

TITLE_END = tuple(
    "通知 意见 方案 规划 办法 条例 规定 细则 决定 纲要 计划 法 解释 公告 公示 通告 制度 命令 措施 函 批复 决议 "
    "章程 规则 标准 规范 规程 指南 指引 目录 清单 预案 报告 要点 守则 准则 公报 议案 纪要 政策 名单 名录 "
    "承诺书 说明 倡议书 公约 总结 答复 请示 通报 安排 倡议 简报 举措 任务书 责任书 协议 合同 须知 手册 评价表 "
    "解读 释义 问答 项目表 一览表 登记表 申请表 汇总表".split()
)
# （试行） · （2022修正本） · （征求意见稿）
REMARK = re.compile(r"（[^（）《》]{1,20}）$")
NAMED_MAX = 60


def ends_as_title(line: str) -> bool:
    """某市计量条例（试行） does, 《某市计量条例》已经同意 does not."""
    bare = line
    for _ in range(2):
        bare = REMARK.sub("", bare)
    return bare.rstrip("》）").endswith(TITLE_END)


def is_title_line(line: str) -> bool:
    """A line that can be (part of) a title by its looks."""
    return len(line) <= NAMED_MAX and not any(char in line for char in "。，；：！？\t｜")


def any_of(words: str) -> str:
    """Words of a page or form as alternatives of a pattern, the longer before those that begin them."""
    return "|".join(sorted(words.split(), key=len, reverse=True))
