"""What a government page puts around a document: each line of it a named discard, none of it lost in silence.

breadcrumb   首页 > 政务公开 > 政策文件
page_info    发布时间：2024-03-05 09:12 来源：市政府办 浏览次数：861 【字体：大 中 小】
info_table   索引号：… 发文机关：… — but a line that alone says number, issuer or date stays
page_tool    【打印本页】 【关闭窗口】 扫一扫在手机打开当前页
page_link    上一篇：…
copyright    版权所有：…
"""

import re
from re import Pattern

from ingest.clean import Line
from ingest.dates import iso_date
from ingest.head import LABELS, TOLD
from ingest.marks import find_mark
from ingest.model import Discard
from ingest.signature import DATE_LINE
from ingest.title_line import any_of
from ingest.traced import spans

HEAD_LINES = 60  # before the text; a page's frame is no longer
FRAME_MAX = 160


ARROW = r"(?:[>＞》〉»/|→›-]|&gt;)"
# 首页 > 政务公开 · 当前位置：首页>> 政策 · 您的位置
BREADCRUMB = re.compile(
    r"[【\[]?(?:您?(?:现在|当前|所在)?(?:的)?(?:所在)?位置|首页|网站首页|导航)[】\]]?"
    rf"[：:]?(?:.{{0,30}}?{ARROW}|[：:]).{{0,120}}$|首页[^。，：；]{{0,60}}$"
)
INFO_WORDS = any_of(
    "发布时间 发布日期 时间 日期 来源 信息来源 文章来源 稿源 作者 责任编辑 编辑 浏览 浏览次数 浏览量 阅读 "
    "阅读次数 阅读量 访问次数 访问量 点击率 点击数 点击量 点击次数 字体 字号 字体大小 更新时间 录入时间 打印 "
    "分享 收藏 保护视力色"
)
# 发布时间：… 浏览次数：861 · 【字体：大 中 小】 · 字号：[大][中][小]
PAGE_INFO = re.compile(rf"[【\[（]?(?:{INFO_WORDS})[：:].{{0,140}}$|[【\[]?(?:字体|字号)[：:]?[【\[]?大.{{0,40}}$")
TOOL_WORDS = any_of(
    "打印 关闭 返回顶部 返回 收藏 分享 分享到 扫一扫 扫描二维码 用手机 手机扫 手机看 手机打开 微信扫 二维码 "
    "大 中 小 A+ A- 语音播报 朗读 无障碍 长者模式 我要纠错 我要分享 我要打印 纠错 下载本页 下载文字版 "
    "下载Word 下载PDF 下载图片版"
).replace("+", r"\+")
TOOL_MARKS = any_of("本页 当前页 窗口 页面 浏览 查看 手机 二维码 顶部 微信 到 】 ]").replace("]", r"\]")
# 【打印本页】 【关闭窗口】 · 扫一扫在手机打开当前页
PAGE_TOOL = re.compile(rf"[【\[（]?(?:{TOOL_WORDS})(?:(?=.{{0,30}}(?:{TOOL_MARKS}))[^。]{{0,60}}|[：:]?)$")
LINK_WORDS = any_of(
    "上一篇 上一条 上一页 上一个 下一篇 下一条 下一页 下一个 相关文章 相关信息 相关链接 相关文件 相关解读 "
    "相关新闻 相关阅读 相关附件 相关稿件 相关政策 附件下载 政策解读 图解 友情链接"
)
# 上一篇：关于放假的通知
PAGE_LINK = re.compile(rf"[【\[]?(?:{LINK_WORDS})(?:文章)?[】\]]?(?:[：:].{{0,120}})?$")
OWNER_WORDS = any_of(
    "版权所有 主办： 主办单位： 承办： 承办单位： 技术支持 网站标识码 政府网站标识码 网站地图 联系我们 "
    "关于我们 网站声明 隐私声明 Copyright © 建议使用"
)
# 版权所有：某市人民政府办公室 · 闽ICP备…号
COPYRIGHT = re.compile(rf"(?:{OWNER_WORDS}|[\u4e00-\u9fff]?ICP备|[\u4e00-\u9fff]公网安备).{{0,140}}$", re.I)
# 编者按：…刊发公告。 above the title
EDITOR = re.compile(r"(?:编者按|编者的话|导读|核心提示|内容提要)[：:]")
FRAME: tuple[tuple[str, Pattern[str], bool], ...] = (  # reason, pattern, whether it may stand below the text too
    ("breadcrumb", BREADCRUMB, False),
    ("page_info", PAGE_INFO, False),
    ("page_tool", PAGE_TOOL, True),
    ("page_link", PAGE_LINK, True),
    ("copyright", COPYRIGHT, True),
)
FIELD = re.compile(rf"[【\[]?(?P<label>{LABELS})[】\]]?(?P<ends>[：:\t｜|]|$)")
PAIRS = re.compile(rf"(?P<label>{LABELS})[】\]]?[：:\t｜|]")
TOLD_LABEL = re.compile(rf"(?:{TOLD})$")


def set_aside_frame(lines: list[Line]) -> tuple[list[Line], list[Discard]]:
    """The lines of the document itself, and what the page around it said."""
    reasons = _reasons([line.text for line in lines])
    kept = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    gone = [(line, reason) for line, reason in zip(lines, reasons, strict=True) if reason]
    if not kept:
        return lines, []
    return kept, [discard for line, reason in gone for discard in spans(reason, line.raw.origins)]


def _reasons(texts: list[str]) -> list[str]:
    """Why each line is set aside; empty for those that stay. Only above the text and below it, never inside."""
    reasons = [""] * len(texts)
    body = [index for index, text in enumerate(texts) if _is_body(text)]
    first, last = (body[0], body[-1]) if body else (min(len(texts), HEAD_LINES), 0)
    for index in range(min(first, HEAD_LINES)):
        reasons[index] = _frame(texts[index], above=True)
    _mark_table(texts, min(first, HEAD_LINES), reasons)
    for index in range(last + 1, len(texts)):
        reasons[index] = reasons[index] or _frame(texts[index], above=False)
    return reasons


def _is_body(text: str) -> bool:
    return (find_mark(text) is not None or "。" in text) and not (EDITOR.match(text) or _frame(text, above=False))


def _frame(text: str, above: bool) -> str:
    if above and EDITOR.match(text):
        return "editor"
    if len(text) > FRAME_MAX:
        return ""
    return next((reason for reason, pattern, below in FRAME if (above or below) and pattern.match(text)), "")


def _mark_table(texts: list[str], first: int, reasons: list[str]) -> None:
    """The rows of an info table: 索引号：…, a label and its value on two lines, several on one line."""
    dates = {iso for text in texts if DATE_LINE.match(text) and (iso := iso_date(text))}
    index = 0
    while index < first:
        match = FIELD.match(texts[index])
        if not match or len(texts[index]) > FRAME_MAX:
            index += 1
            continue
        valued = match.end() == len(texts[index]) and index + 1 < first and not FIELD.match(texts[index + 1])
        end = index + (2 if valued else 1)
        said = "\n".join([*texts[:index], *texts[end:]])
        if all(value in said or iso_date(value) in dates for value in _told(texts[index:end])):
            reasons[index:end] = ["info_table"] * (end - index)
        index = end


def _told(rows: list[str]) -> list[str]:
    """What a row tells of number, issuer, date or title: it stays where the document does not say so itself."""
    row = rows[0] if len(rows) == 1 else f"{rows[0].rstrip('：:')}：{rows[1]}"
    labels = list(PAIRS.finditer(row))
    ends = [*(label.start() for label in labels[1:]), len(row)]
    told = [
        row[label.end() : end].strip("：:【[\t｜| ")
        for label, end in zip(labels, ends, strict=True)
        if TOLD_LABEL.match(label["label"])
    ]
    return [value for value in told if value]
