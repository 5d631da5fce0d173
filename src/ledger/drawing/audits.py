"""What an audit of a bundle found, in zh-CN and en; part of the verifier in the bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.verbs.auditing import Finding

_GOOD: dict[str, tuple[str, str]] = {
    "files": (
        "共 {count} 个文件，与清单一致。",
        "{count} files are those of the manifest.",
    ),
    "signed": (
        "检查点由“{origin}”以可信的密钥签署（{size} 个事件）：{key}",
        "The checkpoint ({size} events) is signed by {origin} with a key that is trusted: {key}",
    ),
    "signed-by-itself": (
        "检查点由“{origin}”签署（{size} 个事件），但公钥只来自本文件，请从可靠途径核对，或用 --key 给出：{key}",
        "The checkpoint ({size} events) is signed by {origin}, but the public key is only told by this very file; compare it with one from a source that can be relied on, or give that by --key: {key}",
    ),
    "in-tree": (
        "{count} 个事件都在签署过的 {size} 个事件之中，字节和位置不差。",
        "All {count} events stand among the {size} that were signed, byte for byte, at their positions.",
    ),
    "edition": (
        "报告格式“{edition}”的文件与其摘要一致：{digest}",
        "The files of the edition {edition} have its digest: {digest}",
    ),
    "organs": (
        "所统计的 {count} 个机关是“{organ}”及其下级。",
        "The {count} organs counted are {organ} and organs below it.",
    ),
    "figure": (
        "{address} = {found}：由 {facts} 条事实重新算出，与所载一致。",
        "{address} = {found}: counted again from {facts} facts, as stated.",
    ),
    "issued": (
        "报告以这些数字印发（事件位置 {position}）。",
        "The report was issued with these figures (event at position {position}).",
    ),
}

_BAD: dict[str, tuple[str, str]] = {
    "unreadable": ("文件无法读取：{detail}。", "The file cannot be read: {detail}."),
    "format": (
        "不认识的文件格式“{found}”（此处认识 {known}）。",
        "The format {found} is not known here ({known} is).",
    ),
    "files": (
        "文件与清单不符：{wrong}。",
        "These files are not those of the manifest: {wrong}.",
    ),
    "signed": (
        "检查点（{size} 个事件）没有可信密钥的签名，不可采信。",
        "The checkpoint ({size} events) carries no signature by a trusted key; it is not to be believed.",
    ),
    "signed-by-itself": (
        "检查点（{size} 个事件）没有“{origin}”的签名。",
        "The checkpoint ({size} events) carries no signature by {origin}.",
    ),
    "in-tree": (
        "所载的 {count} 个事件与签署过的 {size} 个事件的树根不符：有事件被改动、调换或添加。",
        "The {count} events do not lead to the root of the {size} that were signed: some were altered, exchanged or added.",
    ),
    "edition": (
        "报告格式“{edition}”的文件被改动过（摘要为 {digest}）。",
        "The files of the edition {edition} were altered (their digest is {digest}).",
    ),
    "organs": (
        "所统计的机关有误：{wrong} 不是“{organ}”的下级。",
        "The organs counted are wrong: {wrong} do not stand below {organ}.",
    ),
    "figure": (
        "{address}：由事件算出 {found}，所载为 {told}。",
        "{address}: the events give {found}; {told} is stated.",
    ),
    "facts": (
        "{address}：所载的事实与事件得出的不同。",
        "{address}: the facts stated are not those that the events give.",
    ),
    "issued": (
        "印发的报告（事件位置 {position}）与此不同：{wrong}。",
        "The report as issued (event at position {position}) says otherwise: {wrong}.",
    ),
}

_WHAT_IT_DOES_NOT_SAY = (
    "以上证明这些事件确在台账之中、数字由它们算出。是否另有事件也应计入，只有核验整个日志（ledger verify、ledger follow）才能知道。",
    "This proves that these events stand in the ledger and that they give these figures. Whether other events belong to the figures too, only the whole log tells (ledger verify, ledger follow).",
)


def sentences(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """The findings in words, and what they do not say."""
    good = True
    for finding in findings:
        good = good and finding.good
        catalogue, mark = (_GOOD, "✓") if finding.good else (_BAD, "✗")
        yield f"{mark} {catalogue[finding.what][language == 'en'].format(**finding.params)}"
    if good:
        yield _WHAT_IT_DOES_NOT_SAY[language == "en"]
