"""The units of running text: 项, 万台（件）, 吨标准煤/万元, 微克/立方米; of a number alone none is told."""

# what may stand for more than a unit goes no further: 80分 but not 10分钟, 3条 but not 3条例
COUNTED = (
    "个百分点 百分点 个工作日 工作日 个月 台/件 台（[件套]） 件（[台套]） 台件 台套 "
    "批次 人次 件次 家次 台次 户次 场次 班次 架次 辆次 "
    "车次 项次 学时 课时 小时 分钟 标准箱 标箱 项 个 家 次 名 人 元 美元 欧元 台 件 套 只 户 "
    "处 所 类 种 座 份 篇 场 支 栋 倍 天 张(?!家) 岁 辆 例 亩 公顷 床 册 株 艘 对 枚 幅 "
    "条(?!例|件|款) 门(?!类|诊|店|槛|户) 班(?!级|子|次) 期(?!间|末|初|满) 部(?!门|委|分|署|级|队|件) "
    "架(?!构|设|空|桥|子) 尾(?!部|气|矿|款|号) 羽 棵 盏 "
    "块(?!链) 片(?!区|段|面) 宗(?!教|旨) "
    "头(?!部|条) 分(?!之|钟|别|类|局|院|公司|步|期|级|批|成) 级(?!别|以|及)"
).split()
MEASURED = (
    "吨公里 人公里 吨标准煤 吨二氧化碳当量 吨二氧化碳 吨标煤 吨 千克 公斤 斤 毫克 微克 平方米 平方公里 公里 千米 毫米 "
    "立方米 立方 升(?=/) 千瓦时 千瓦 兆瓦 千伏安 度(?=电|/)"
).split()
# 12EFLOPS · 8000TB · 50MW, whatever it is counted in thousands of — but not 35kV线路20公里: which one
LETTERS = r"(?:[kKMGTPE]?(?:FLOPS|Flops|Wh?|Hz|bps)|[KMGTPE]B|k?VA?)(?:/s)?(?=[，。；、）\n]|及?以[上下内]|左右|$)"
SIGNS = "% ％ ‰".split()
# …/万元, /立方米, /年
PER = (
    r"/每?[万亿百千十]{0,2}(?:10万|100万)?(?:平方公里|平方米|立方米|公里|公顷|千克|公斤|小时|毫升|分钟"
    r"|[元人户亩升吨年天日月次台件辆床克秒])"
)
RATES = ["/10万", "/十万", r"成(?=以[上下]|左右|[，。；、\n]|$)"]  # 死亡率控制在9/10万以内; 九成以上


def _longest_first(units: list[str]) -> str:
    return "|".join(sorted(units, key=lambda one: len(one.partition("(")[0]), reverse=True))


UNIT = rf"(?:(?:{_longest_first(COUNTED + MEASURED)})(?:{PER})?|{LETTERS}|{_longest_first(SIGNS + RATES)})"
# 65岁以上老年人, 二级以上医院, 三期工程: they tell which ones, not how many, of what follows
QUALIFYING = ("岁", "级", "期", "分", "百分点", "个百分点")
