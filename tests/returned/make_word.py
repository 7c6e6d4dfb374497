"""Make the returned files that Word would have written, and the list of what is in them.

Run from the project's root: ``python -m tests.returned.make_word``; the files are committed.
"""

from __future__ import annotations

import json

from tests.returned.sample import FILES, document, docx
from tests.returned.wordlike import Word

Row = dict[str, object]


def one(kind: str, block: str, text: str = "", quoted: str = "", **more: object) -> Row:
    """Describe a mark that must be found."""
    return {"kind": kind, "block": block, "text": text, "quoted": quoted, **more}


def comments(word: Word) -> list[Row]:
    """Threads, replies, resolved; on words, cells, figures, headings; across paragraphs; on nothing."""
    found = []
    first = word.comment("intro-01", "公开统计数据", "请注明数据来源和口径。", author="甲企业")
    found.append(one("comment", "intro-01", "请注明数据来源和口径。", "公开统计数据"))
    word.reply(first, "同意，建议列出年鉴名称。", "乙企业")
    found.append(one("comment", "intro-01", "同意，建议列出年鉴名称。", "公开统计数据", reply=True))
    word.reply(first, "附录已列。", "编写组")
    found.append(one("comment", "intro-01", "附录已列。", "公开统计数据", reply=True))
    word.comment("intro-02", "不作为任何评比的依据", "这句话很好，保留。", done=True)
    found.append(
        one("comment", "intro-02", "这句话很好，保留。", "不作为任何评比的依据", resolved=True)
    )
    word.comment("tbl-levels_r3c2", "64.0", "该数值与年鉴不符，请核实。")
    found.append(
        one("comment", "tbl-levels", "该数值与年鉴不符，请核实。", "64.0", row=3, column=2)
    )
    word.comment("tbl-levels_r1c3", "应用", "表头应写明单位。")
    found.append(one("comment", "tbl-levels", "表头应写明单位。", "应用", row=1, column=3))
    word.comment_on_picture("fig-index", "图中纵轴应从零开始。")
    found.append(one("comment", "fig-index", "图中纵轴应从零开始。"))
    word.comment("net-01", "", "整段需要补充近三年的数据。")
    found.append(one("comment", "net-01", "整段需要补充近三年的数据。"))
    word.comment("net-02", "重点行业的应用由点及面展开", "结论依据不足。", author="甲企业")
    found.append(one("comment", "net-02", "结论依据不足。", "重点行业的应用由点及面展开"))
    word.comment("net-02", "由点及面", "表述宜更准确。", author="丙研究院")
    found.append(one("comment", "net-02", "表述宜更准确。", "由点及面"))
    word.comment("net-03", "标准研制取得进展…数据共享的意愿", "这两段之间缺少过渡。", last="net-04")
    found.append(
        one("comment", "net-03", "这两段之间缺少过渡。", blocks=["net-03", "fig-index", "net-04"])
    )
    word.comment("net", "基础设施", "标题过于笼统。")
    found.append(one("comment", "net", "标题过于笼统。", "基础设施"))
    word.comment("box", "先后与同步", "要点的提法请再斟酌。")
    found.append(one("comment", "box", "要点的提法请再斟酌。", "先后与同步"))
    word.comment("box-01", "未必同步领先", "请给出例子。\n最好是两个。")
    found.append(one("comment", "box-01", "请给出例子。\n最好是两个。", "未必同步领先"))
    word.comment("app-list-2", "供给质量", "如何衡量？")
    found.append(one("comment", "app-list-2", "如何衡量？", "供给质量"))
    word.comment("claim-01", "连续三年", "请核对是否为三年。")
    found.append(one("comment", "claim-01", "请核对是否为三年。", "连续三年"))
    word.comment("app-06", "183.2", "指数的测算方法中权重如何确定？")
    found.append(one("comment", "app-06", "指数的测算方法中权重如何确定？", "183.2"))
    word.comment("tbl-levels", "分地区水平", "表题应注明年份。")
    found.append(one("comment", "tbl-levels", "表题应注明年份。", "分地区水平"))
    return found


def tracked(word: Word) -> list[Row]:
    """Every kind of tracked change."""
    found = []
    word.insert("intro-01", "四个维度", "和二十余项指标")
    found.append(one("insertion", "intro-01", "和二十余项指标"))
    word.delete("intro-01", "力求")
    found.append(one("deletion", "intro-01", "", "力求"))
    word.replace("intro-02", "差异较大", "差异明显")
    found.append(one("replacement", "intro-02", "差异明显", "差异较大"))
    word.insert("intro-02", "研究参考", "和政策制定参考", "丙研究院")
    found.append(one("insertion", "intro-02", "和政策制定参考", author="丙研究院"))
    word.replace("net-01", "有所收窄", "明显收窄")
    found.append(one("replacement", "net-01", "明显收窄", "有所收窄"))
    word.delete("net-01", "，覆盖范围持续扩大")
    found.append(one("deletion", "net-01", "", "，覆盖范围持续扩大"))
    word.move("net-02", "中小企业的使用深度仍有提升空间。", "net-04", "明确权责边界。")
    found.append(
        one(
            "move", "net-02", "中小企业的使用深度仍有提升空间。", "中小企业的使用深度仍有提升空间。"
        )
    )
    word.split("net-03", "逐步完善。")
    found.append(one("split", "net-03"))
    word.merge("app-01")
    found.append(one("merge", "app-01", blocks=["app-01", "app-02"]))
    word.new_paragraph("app-03", "建议增加一段，说明不同规模企业的差异。")
    found.append(
        one(
            "paragraph-insertion",
            "app-03",
            "建议增加一段，说明不同规模企业的差异。",
            placing="after",
        )
    )
    word.delete_paragraph("app-04")
    found.append(
        one(
            "paragraph-deletion",
            "app-04",
            "",
            "人才短缺是各方反映较为集中的问题。复合型人才的培养周期较长。",
        )
    )
    word.replace("app-05", "避免一刀切", "突出针对性")
    found.append(one("replacement", "app-05", "突出针对性", "避免一刀切"))
    word.bold("app-05", "分行业制定指引")
    found.append(one("format", "app-05", "", "分行业制定指引"))
    word.align("net-05")
    found.append(one("format", "net-05"))
    word.insert("net-05", "区域协同", "机制")
    found.append(one("insertion", "net-05", "机制"))
    word.replace("tbl-levels_r2c2", "81.2", "81.3")
    found.append(one("replacement", "tbl-levels", "81.3", "81.2", row=2, column=2))
    word.delete_row("tbl-levels_r5c1")
    found.append(one("row-deletion", "tbl-levels", "", "丁地 | 40.1 | 38.9"))
    word.new_row("tbl-levels_r4c1", ("戊地", "30.2", "28.8"))
    found.append(one("row-insertion", "tbl-levels", "戊地 | 30.2 | 28.8", placing="after"))
    word.replace("app-06", "183.2", "184.0")
    found.append(one("replacement", "app-06", "184.0", "183.2"))
    word.insert("app-list-1", "标准体系", "和评价体系")
    found.append(one("insertion", "app-list-1", "和评价体系"))
    word.delete("box-01", "的地区")
    found.append(one("deletion", "box-01", "", "的地区"))
    word.replace("app", "融合应用", "融合应用发展")
    found.append(one("replacement", "app", "融合应用发展", "融合应用"))
    word.replace("fig-index", "总指数走势", "总指数变化")
    found.append(one("replacement", "fig-index", "总指数变化", "总指数走势"))
    word.insert("claim-01", "势头未减", "，符合预期")
    found.append(one("insertion", "claim-01", "，符合预期"))
    word.cell("tbl-levels_r3c3", "cellDel")
    found.append(one("cell-deletion", "tbl-levels", "", "59.3", row=3, column=3))
    return found


def silent(word: Word) -> list[Row]:
    """Changes made with tracking off."""
    found = []
    word.retype("intro-01", "简明可复核", "简明、透明、可复核")
    found.append(one("untracked", "intro-01", "、透明、", ""))
    word.retype("tbl-levels_r4c3", "61.8", "68.1")
    found.append(one("untracked", "tbl-levels", "8.1", "1.8", row=4, column=3))
    word.drop("net-02")
    found.append(one("untracked-deletion", "net-02"))
    word.type_paragraph("app-01", "我们认为还应当讨论供应链金融的作用。")
    found.append(
        one(
            "untracked-insertion", "app-01", "我们认为还应当讨论供应链金融的作用。", placing="after"
        )
    )
    word.break_paragraph("app-02", "已较成熟。")
    found.append(one("untracked", "app-02"))
    word.retype("net", "基础设施", "网络设施")
    found.append(one("untracked", "net", "网络", "基础"))
    word.retype("app-list-3", "及时", "定期")
    found.append(one("untracked", "app-list-3", "定期", "及时"))
    word.comment("app-05", "单点场景", "同意。")
    found.append(one("comment", "app-05", "同意。", "单点场景"))
    word.retype("app-06", "183.2", "190.0")
    found.append(one("untracked", "app-06", "90.0", "83.2"))
    return found


def stripped(word: Word) -> list[Row]:
    """A file without bookmarks and without the draft's id: found by its words."""
    found = []
    word.comment("net-03", "监测手段", "请列出手段。")
    found.append(one("comment", "net-03", "请列出手段。", "监测手段", placing="text"))
    word.comment("tbl-levels_r3c1", "乙地", "地区名称有误。")
    found.append(
        one("comment", "tbl-levels", "地区名称有误。", "乙地", row=3, column=1, placing="text")
    )
    word.replace("app-02", "较成熟", "成熟")
    found.append(one("replacement", "app-02", "成熟", "较成熟", placing="text"))
    word.delete("app-05", "基础薄弱的")
    found.append(one("deletion", "app-05", "", "基础薄弱的", placing="text"))
    word.insert("intro-02", "供研究", "和教学")
    found.append(one("insertion", "intro-02", "和教学", placing="text"))
    word.retype("net-05", "不断加强", "持续加强")
    found.append(one("untracked", "net-05", "持续", "不断", placing="text"))
    word.comment("app-list-1", "互认互通", "如何推动？")
    found.append(one("comment", "app-list-1", "如何推动？", "互认互通", placing="text"))
    word.strip_bookmarks()
    return found


def copied(word: Word) -> list[Row]:
    """A paragraph whose bookmark became a copy, and the same sentence commented by another reviewer."""
    found = []
    word.comment("net-02", "重点行业的应用", "与我们掌握的情况不同。")
    found.append(one("comment", "net-02", "与我们掌握的情况不同。", "重点行业的应用"))
    word.replace("net-04", "尚不匹配", "有待平衡")
    found.append(one("replacement", "net-04", "有待平衡", "尚不匹配"))
    word.rename_bookmark("net-04", "_blk_net-04_Copy_1")
    word.comment("app-03", "重要因素", "请说明排名的依据。")
    found.append(one("comment", "app-03", "请说明排名的依据。", "重要因素"))
    word.insert("app-03", "重要因素", "之一", "丙研究院")
    word.delete("app-03", "先行先试", "甲企业")
    found.append(one("insertion", "app-03", "之一", author="丙研究院"))
    found.append(one("deletion", "app-03", "", "先行先试", author="甲企业"))
    return found


def runs(word: Word) -> list[Row]:
    """Marks over several runs, and comments on words that were themselves put in."""
    found = []
    word.insert_runs("intro-01", "四个维度", ["和二十余项", "（含5G）", "指标"])
    found.append(one("insertion", "intro-01", "和二十余项（含5G）指标"))
    word.cut("net-01", "稳步", "范围")
    word.delete("net-01", "稳步推进，覆盖范围持续")
    found.append(one("deletion", "net-01", "", "稳步推进，覆盖范围持续"))
    word.cut("net-02", "初步")
    word.replace("net-02", "体系初步形成", "体系已经形成")
    word.comment("net-02", "已经", "是否已经形成？", author="甲企业")
    found.append(one("replacement", "net-02", "体系已经形成", "体系初步形成"))
    found.append(one("comment", "net-02", "是否已经形成？", "", author="甲企业"))
    word.cut("app-03", "配套", "企业上云")
    word.delete("app-03", "带动配套企业上云用云", "甲企业")
    word.insert_runs("app-03", "先行先试，", ["引领", "中小企业", "转型"], "丙研究院")
    found.append(one("deletion", "app-03", "", "带动配套企业上云用云", author="甲企业"))
    found.append(one("insertion", "app-03", "引领中小企业转型", author="丙研究院"))
    return found


FILES_OF_WORD = {
    "word-runs.docx": (runs, "庚企业"),
    "word-comments.docx": (comments, "审阅人"),
    "word-tracked.docx": (tracked, "乙企业"),
    "word-silent.docx": (silent, "丙研究院"),
    "word-stripped.docx": (stripped, "丁协会"),
    "word-copied.docx": (copied, "戊企业"),
}


def main() -> None:
    """Write the files and ``word.json``."""
    FILES.mkdir(exist_ok=True)
    data = docx(document())
    (FILES / "draft.docx").write_bytes(data)
    expected = {}
    for name, (edit, author) in FILES_OF_WORD.items():
        word = Word(data, author)
        expected[name] = edit(word)
        (FILES / name).write_bytes(word.save())
    text = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    (FILES / "word.json").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
