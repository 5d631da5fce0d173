"""Words around a number that leave its meaning as it is, and words that narrow it."""

from __future__ import annotations

import re

TIMES = (
    r"截[至止]?(?:到)?(?:{year}年)?(?:度|底|末|12月(?:31日|底)?)?",
    r"{year}年(?:度|底)?(?:1月1日)?(?:起)?(?:[至到—-]+(?:{year}年)?12月31日(?:止|期间)?)?",
    r"今年(?:以来)?|本年(?:度)?|全年|年度|年内|一年来|报告期内?|统计期内?|期间|以来",
)
"""Times that are the report year; {year} stands for it."""

ADVERBS = (
    r"共计|累计|总共|一共|总计|合计|实际|已经|均|全部|按时|按期|按规定|及时|依法|依规|依照|规范|妥善|其中|"
    r"另外|另有|另|同时|此外|包括|包含|含|还有|还|并|且|和|及|也|顺利|积极|严格|圆满|认真|高效|都|将|需|"
    r"分别|有|为|是|共|总|计|已|办理|处理|作出|做出|予以|决定|涉|，|、|:|：|\s|"
    r"在[^，,；;。]{0,10}?(?:期限|时限|时间|期)(?:之)?内"
)

EVERYONE = re.compile(
    r"(?:社会)?(?:公众|群众)|公民[、和](?:法人)(?:和|或者?|及|与|以及|、)其[他它](?:社会)?组织"
)
"""Whoever may apply: no narrower than not to say who."""

SELF = (
    r"[我本](?:机关|单位|部门|局|厅|委|办公室|办|院|镇|乡|街道办事处|街道办|街道|街|中心|处|所|站|"
    r"省|市|县|区|州|旗|管委会)?(?:机关)?|代表.{1,3}政府"
)

AREA = (
    r"(?:全(?:省|市|县|区|州|旗|镇|乡|街道|系统)|我(?:省|市|县|区|州|旗))"
    r"(?:各级)?(?:行政机关|政府部门|政府)?"
)
"""The whole area of a government, which is more than what an office of it does itself."""

NARROWED = re.compile(
    r"通过|渠道|平台|线上|线下|网上|网络|在线|信函|邮寄|邮件|快递|当面|现场|传真|季度|半年|月份|[0-9]月|"
    r"本级|下属|所属|乡镇|镇街|部门|法人|企业|公民|涉及|关于|不含|不包括|除|去年|往年|历年|"
    r"超期|逾期|延期|重复|同一|转办|移送|委托|代为"
)
"""Words that make a number speak of a part, or of something else."""

COMPARED = re.compile(
    r"(?:同比|环比|(?:较|比|与)[^，,；;。]{0,6}?(?:去年|上一?年度?|20[0-9]{2}年))[^，,；;。（）()]*"
)
"""A comparison with another year, up to the end of its clause."""

OF_WHICH = re.compile(r"其中|包括|包含|含|另")


def fragment(patterns: tuple[str, ...]) -> str:
    """Patterns as alternatives of one group that is not kept."""
    return f"(?:{'|'.join(patterns)})"
