"""Words that carry a question rather than its topic."""

# Words of asking, which every clause lacks: they are no part of the topic.
ASKING = frozenset(
    (
        "基数 增长 增加 提高 提升到 净增 相差 差距 达到 百分之 百分之几 百分点 分别 各是 对比 "
        "比较 对比一下 由谁 谁来 牵头 负责 参与 参加 配合 承担 抓 哪家 哪项 哪条 数量 "
        "总数 指标 目标 目标值 数字 数值 几项 几个 多少 五年 三地 四地 两地 三个 四个 "
        "地方 城市 写没写 写了 提到 有没有 一样 说法 态度 口气 措辞 样子 现状 现在 目前 "
        "呢 说了 讲了 写的 时候 条件 前提 部门 谁家 谁写 哪份 哪个 任务 系统 啥样 会是 "
        "怎么办 要建 要有 在于 属于 本人 我家 我们 "
    ).split()
)
# Words of talking about plans and people, too general to tell one clause from another.
GENERAL = frozenset(
    (
        "计量 工作 相关 有关 方面 情况 问题 东西 事情 内容 部分 国家 政府 城市 单位 企业 "
        "公司 我家 老板 规划 方案 意见 文件 政策 条款 目标 领导 材料 现在 以后 今年 明年 "
        "去年 时候 多少 大概 一般 主要 是否 怎么办 支持 鼓励 打算 准备 计划 希望 需要 "
        "觉得 听说 看到 找到 提到 说明 我们 他们 你们 咱们 大家 自己 别人 有人 朋友 同事 "
        "客户 这边 那边 这样 那样 这里 那里 一个 一些 一点 一样 一直 一起 全部 所有 各个 "
        "不同 区别 差异 对比 比较 分别 谁家 各自 如果 因为 所以 但是 不过 而且 或者 还是 "
        "只是 就是 都是 不是 没有 可以 可能 应该 措施 安排 打造 做法 说法 态度 办法 举措 "
        "要求 原文 全文 具体 "
    ).split()
)
