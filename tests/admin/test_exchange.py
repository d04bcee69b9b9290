"""Pairings out and in as tables: the exported file comes back unchanged, what is previewed is what is saved."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairing import rehearsal, resources, services
from pairing.models import Pairing
from pairing.resources import PairingResource
from tests import factories
from tests.admin.conftest import HEAD, PAIRINGS, confirm, counts, table, upload
from zhuzun.audit.models import Event
from zhuzun.documents import sandbox
from zhuzun.documents.models import PendingImport
from zhuzun.documents.reading import child


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch):
    """The reader without its child process; test_bad_files proves the child."""
    monkeypatch.setattr(sandbox, "run", lambda target, payload, **limits: child.read(payload))


def export(desk, form):
    answer = desk.post(f"{PAIRINGS}export/", {"format": form, "resource": "0"})
    assert answer.status_code == 200
    return answer


def problems(page):
    assert page.status_code == 200
    assert "confirm_form" not in page.context
    return page.context["problems"]


@pytest.mark.parametrize(("form", "name"), [("0", "结对.xlsx"), ("1", "结对.csv")])
def test_an_export_comes_back_unchanged(desk, world, namesakes, form, name):
    factories.pairing("village", world.xiangzhou_village, namesakes["zhengan"], note="=1+1", basis="  协议 ")
    factories.pairing(
        "hospital",
        namesakes["hospital"],
        namesakes["clinic"],
        valid_to=date(2022, 1, 31),
        end_basis="-备忘",
        end_reason="协议到期",
    )
    answer = export(desk, form)
    assert "Pairing" not in answer.headers["Content-Disposition"]
    page = upload(desk, answer.content, name)
    assert counts(page) == {"new": 0, "update": 0, "skip": Pairing.objects.count()}
    done = confirm(desk, page)
    assert f"导入完成：新增 0 条，修改 0 条，未变 {Pairing.objects.count()} 条" in done.content.decode()
    assert not Event.objects.filter(action__startswith="pairing.").exists()
    assert Event.objects.filter(action="export", detail__title="结对关系").count() == 1


def test_new_changed_and_unchanged_rows(desk, world, namesakes):
    same, changed = world.zhengan_towns, world.daozhen_towns
    content = table(
        [None, "村村结对", "前山村", "正安县/瑞溪镇/新华村", "2021.9.1", None, "结对协议", None, None, "首批"],
        [same.number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, factories.BASIS],
        [changed.number, "镇街结对", "唐家湾镇", "玉溪镇", "2021-07-22", None, "珠委农组〔2021〕13号"],
        ["合计", None, 3],
        title="珠海市东西部协作结对关系表",
    )
    page = upload(desk, content)
    assert counts(page) == {"new": 1, "update": 1, "skip": 1}
    text = page.content.decode()
    assert f"<del>{factories.BASIS}</del>" in text
    assert "<ins>珠委农组〔2021〕13号</ins>" in text
    assert "以下各行不作为数据：第 1 行" not in text  # titles above the heading need no mention
    assert "合计" in " ".join(page.context["result"].notes)
    assert Pairing.objects.filter(kind="village").count() == 0
    assert page.context["confirm_form"].fields["reason"].required

    confirm(desk, page, reason="文号录错")
    made = Pairing.objects.get(kind="village")
    assert (made.west, made.note, made.valid_from) == (namesakes["zhengan"], "首批", date(2021, 9, 1))
    assert Pairing.objects.get(pk=changed.pk).basis == "珠委农组〔2021〕13号"
    assert Event.objects.about(changed).get().reason == "文号录错"
    assert not Event.objects.about(same).exists()
    assert {"import.upload", "import.confirm", "pairing.add"} <= set(Event.objects.values_list("action", flat=True))


def test_corrections_without_a_reason_are_not_saved(desk, world):
    content = table([world.zhengan_towns.number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, "另一文件"])
    page = upload(desk, content)
    answer = confirm(desk, page)
    assert "更正须填写原因" in answer.content.decode()
    assert Pairing.objects.get(pk=world.zhengan_towns.pk).basis == factories.BASIS


def bad_table(number):
    """Twelve rows, each wrong in its own way."""
    return table(
        [None, "村村结对", "前山村", "新华村", "2021-09-01", None, "协议"],
        [None, "村村结对", "前山村", "没有的村", "2021-09-01", None, "协议"],
        [None, "村对村", "前山村", "瑞溪村", "2021年13月1日", None, "协议"],
        ["JD1999-0001", "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, "协议"],
        [number, "村村结对", "前山镇", "瑞溪镇", "2021-07-22", None, "协议"],
        [number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, "协议"],
        [None, "医院结对", "市人民医院", "瑞溪镇", "2021-09-01", None, "协议"],
        [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, None],
        [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, "协议", None, None, "长" * 501],
        [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", "2022-01-01", "协议", "备忘"],
        [None, "镇街结对", "前山镇", "瑞溪镇", "2021-09-01", None, "协议"],
        [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, "协议"],
    )


def test_every_bad_row_is_told_with_its_cell_and_nothing_is_saved(desk, world, namesakes):
    before = Pairing.objects.count()
    number = world.zhengan_towns.number
    page = upload(desk, bad_table(number))
    told = "\n".join(problems(page))
    for cell, reason in {
        "D2": "“新华村”有 2 个：正安县/瑞溪镇/新华村、道真县/玉溪镇/新华村",
        "D3": "没有名为“没有的村”的单位",
        "B4": "“村对村”不是结对类型",
        "E4": "不是日期",
        "A5": "没有编号为 JD1999-0001 的结对",
        "B6": "结对类型不能更正",
        "A7": f"编号 {number} 与第 6 行重复",
        "D8": "遵义方应为医院",
        "G9": "未填写依据文件",
        "J10": "最多 500 字",
        "I11": "须填写截止日期、终止依据和终止原因",
        "E12": "已有同类结对",
    }.items():
        assert re.search(f"「结对」表 {cell}：.*{re.escape(reason)}", told), (cell, told)
    assert len(problems(page)) == 12
    assert Pairing.objects.count() == before
    assert not PendingImport.objects.exists()
    assert list(Event.objects.filter(action__startswith="import.").order_by("pk").values_list("action", flat=True)) == [
        "import.upload",
        "import.discard",
    ]


def test_a_file_with_bad_rows_shows_the_good_ones_too_but_offers_no_confirmation(desk, world, namesakes):
    same, changed = world.zhengan_towns, world.daozhen_towns
    page = upload(
        desk,
        table(
            [None, "村村结对", "前山村", "正安县/瑞溪镇/新华村", "2021-09-01", None, "结对协议"],
            [None, "村村结对", "前山村", "没有的村", "2021年13月1日", None, "协议"],
            [same.number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, factories.BASIS],
            [changed.number, "镇街结对", "唐家湾镇", "玉溪镇", "2021-07-22", None, "珠委农组〔2021〕13号"],
            ["合计", None, 3],
        ),
    )
    assert len(problems(page)) == 2
    assert counts(page) == {"new": 1, "update": 1, "skip": 1}
    text = page.content.decode()
    assert "文件有 1 行填写有误（共 2 处），没有保存任何内容" in text
    assert text.index("没有的村") < text.index("正安县/瑞溪镇/新华村")
    assert "其余各行：新增 1 行，更正 1 行，未变 1 行" in text
    assert "确认导入" not in text
    assert "合计" in text[text.index("填写有误") :]  # what was passed over is told here too


def entangled_table(world):
    """Rows that stand or fall with others of the same file."""
    return table(
        [None, "区县结对", "高新区", "正安县", "2026-01-01", None, "协议"],
        [world.zhengan_pairing.number, "区县结对", "香洲区", "正安县", "2021-07-22", "2025-12-31", factories.BASIS],
        [None, "村村结对", "唐家湾村", "瑞溪村", "2026-02-01", None, "协议"],
        [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", "2021-12-31", "协议"],
        [None, "村村结对", "前山村", "瑞溪村", "2022-01-01", None, "协议"],
        [None, "村村结对", "前山村", "瑞溪村", "2023-01-01", None, "协议"],
        [None, "村村结对", "前山村", "瑞溪镇/新华村", "2023-01-02", "2023-01-01", "协议"],
        [None, "社区结对", "前山镇", "瑞溪村", "2023-01-01", None, "协议"],
    )


def written_at_once(resource, act):
    """A row as the single services write it, in the preview's transaction."""
    facts = {"actor": resource.actor, "now": resource.now}
    if act.stored is None:
        resources._add([act], **facts)
    else:
        services.correct_pairing(act.stored, changes=act.changes, reason=resource.reason, **facts)


def test_the_preview_tells_what_saving_would(desk, world, namesakes, monkeypatch):
    """New pairings are looked through without writing them: the same faults, word for word."""
    files = [bad_table(world.zhengan_towns.number), entangled_table(world)]
    rehearsed = [problems(upload(desk, content)) for content in files]
    assert len(rehearsed[1]) == 4  # the second district, the pairing without a frame, the third of a kind, the dates
    monkeypatch.setattr(PairingResource, "_rehearse", written_at_once)
    assert [problems(upload(desk, content)) for content in files] == rehearsed


def test_every_rule_of_the_database_is_rehearsed():
    assert set(rehearsal.BROKEN) | {rule.name for rule in rehearsal.OVERLAPS} == set(rehearsal.RULES)


def test_gbk_full_width_aliases_and_former_names(desk, world):
    world.zhengan.aliases.create(name="正安")
    world.xiangzhou.names.update(valid_to=date(2021, 12, 31))
    world.xiangzhou.names.create(short="香洲新区", full="香洲新区", valid_from=date(2022, 1, 1))
    rows = [
        "珠海市东西部协作结对关系表,,,,",
        "结对类型,珠海市帮扶县（市、区）,遵义市被帮扶县（市）,起始日期,依据",
        f"区县结对,香洲区,正　安,２０２１／７／２２,{factories.BASIS}",
        "镇街结对,香洲区前山镇,正安县瑞溪镇,２０２１．９．１,结对协议",
        "合计,2,,,",
    ]
    for encoding in ("gb18030", "utf-8", "utf-16"):
        told = problems(upload(desk, "\n".join(rows).encode(encoding), "表.csv"))
        assert len(told) == 2  # both stand already, under whatever names
        assert "已有" in told[0]
        assert "已有同类结对" in told[1]


def test_a_column_that_is_not_there_changes_nothing(desk, world):
    Pairing.objects.filter(pk=world.zhengan_towns.pk).update(note="首批", valid_to=date(2025, 12, 31))
    row = [world.zhengan_towns.number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", factories.BASIS]
    head = ["编号", "结对类型", "珠海方", "遵义方", "起始日期", "依据文件"]
    assert counts(upload(desk, table(row, head=head)))["skip"] == 1
    page = upload(desk, table([*row[:5], None, row[5]]))  # here the columns are there, and empty
    assert counts(page)["update"] == 1


def test_an_ended_pairing_comes_in_with_its_end(desk, world, namesakes):
    row = [None, "村企结对", "前山农业公司", "瑞溪村", "2021-09-01", "2022-01-31", "协议", "终止备忘", "企业迁出"]
    page = upload(desk, table(row))
    assert counts(page) == {"new": 1, "update": 0, "skip": 0}
    confirm(desk, page)
    made = Pairing.objects.get(kind="enterprise_village")
    assert (made.valid_to, made.end_basis, made.end_reason) == (date(2022, 1, 31), "终止备忘", "企业迁出")
    assert [event.action for event in Event.objects.about(made)] == ["pairing.add", "pairing.end"]


def test_what_says_how_it_ended_says_when(desk, world, namesakes):
    """终止依据 without 截止日期 would leave a pairing running: told at the cell, new rows and corrections alike."""
    number = world.zhengan_towns.number
    stored = [number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", None, factories.BASIS, "备忘", "撤并"]
    new = [None, "村企结对", "前山农业公司", "瑞溪村", "2021-09-01", None, "协议", "备忘", "企业迁出"]
    reason = [None, "村企结对", "前山农业公司", "瑞溪村", "2021-10-01", None, "协议", None, "企业迁出"]
    told = problems(upload(desk, table(stored, new, reason)))
    assert len(told) == 3
    for cell, one in zip(("F2", "F3", "F4"), told, strict=True):
        assert f"表 {cell}：填写了终止依据或终止原因的，须填写截止日期" in one
    head = ["编号", "结对类型", "珠海方", "遵义方", "起始日期", "依据文件", "终止依据"]
    without = [number, "镇街结对", "前山镇", "瑞溪镇", "2021-07-22", factories.BASIS, "备忘"]
    (one,) = problems(upload(desk, table(without, head=head)))
    assert "表 G2：" in one  # no column of that name: at what was written


def test_what_is_offered_for_an_unknown_name_lies_on_the_same_side(desk, world):
    factories.place("village", "红旗村", parent=world.zhengan_town)
    row = ["2021-09-01", None, "协议"]
    east, west = problems(
        upload(
            desk,
            table(
                [None, "村村结对", "红旗新村", "瑞溪村", *row],
                [None, "村村结对", "前山村", "红旗新村", *row],
            ),
        )
    )
    assert "没有名为“红旗新村”的单位。请核对名称" in east
    assert "是否为“正安县/瑞溪镇/红旗村”？" in west


def test_what_changed_since_the_preview_undoes_the_whole_import(desk, world, namesakes):
    page = upload(
        desk,
        table(
            [None, "村企结对", "前山农业公司", "瑞溪村", "2021-09-01", None, "协议"],
            [None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, "协议"],
        ),
    )
    factories.pairing("village", world.xiangzhou_village, world.zhengan_village)
    answer = confirm(desk, page)
    assert "已有同类结对" in answer.content.decode()
    assert not Pairing.objects.filter(kind="enterprise_village").exists()


def test_a_fault_of_ours_is_told_in_words_and_saves_nothing(desk, world, monkeypatch, namesakes):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("pairing.services.examine_pairing", broken)
    page = upload(desk, table([None, "村企结对", "前山农业公司", "瑞溪村", "2021-09-01", None, "协议"]))
    assert problems(page) == ["「结对」表第 2 行：此行未能处理，系统已记录原因，请联系系统管理员。"]
    assert "secret" not in page.content.decode()


def test_only_the_filtered_rows_go_out(desk, world):
    answer = desk.post(f"{PAIRINGS}export/?county={world.daozhen.pk}", {"format": "1", "resource": "0"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join([*HEAD, "所属区（功能区）", "所属县（市）"])
    assert len(lines) == 3
    assert all("道真县" in line for line in lines[1:])
    assert lines[2].startswith(world.daozhen_towns.number)
    assert "高新区/唐家湾镇,道真县/玉溪镇" in lines[2]


def many(world, firms, *, old=()):
    """A new pairing for each of `firms`, then a correction for each of `old`."""
    new = [[None, "村企结对", name, "瑞溪村", "2021-09-01", None, "协议"] for name in firms]
    return table(*new, *([row.number, "村企结对", str(row.east), "瑞溪村", "2021-09-01", None, "更"] for row in old))


def test_confirming_asks_no_more_for_many_rows_than_for_few(desk, world, namesakes):
    names = [f"公司{number}" for number in range(46)]
    for name in names:
        factories.organisation("enterprise", name, parent=world.xiangzhou)
    spent = []
    for part in (names[:1], names[1:6], names[6:46]):
        page = upload(desk, many(world, part))
        with CaptureQueriesContext(connection) as queries:
            confirm(desk, page)
        spent.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    made = list(Pairing.objects.filter(kind="enterprise_village"))
    assert [str(row.east) for row in made] == names  # numbered in the file's order
    assert [row.number for row in made] == [f"JD2021-{number:04d}" for number in range(1, 47)]
    assert spent[1] == spent[2]
    assert all([event.action for event in Event.objects.about(row)] == ["pairing.add"] for row in made[::20])
    assert all(row.history.get().history_change_reason == "新增" for row in made[::20])

    corrected = {}
    for old in (made[:5], made[5:35]):
        page = upload(desk, many(world, [], old=old), reason="文件名录错")
        assert counts(page)["update"] == len(old)
        with CaptureQueriesContext(connection) as queries:
            confirm(desk, page)
        corrected[len(old)] = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(corrected[30]) - len(corrected[5]) == 25  # the UPDATE of each row
    assert set(Pairing.objects.filter(pk__in=[row.pk for row in made[:35]]).values_list("basis", flat=True)) == {"更"}
    assert [event.action for event in Event.objects.about(made[7])] == ["pairing.add", "pairing.correct"]
    assert made[7].history.first().history_change_reason == "更正：文件名录错"


def test_what_is_refused_only_when_confirmed_names_its_cell(desk, world, namesakes):
    for name in ("甲公司", "乙公司", "丙公司"):
        factories.organisation("enterprise", name, parent=world.xiangzhou)
    page = upload(desk, many(world, ["甲公司", "乙公司", "丙公司"]))
    factories.pairing(
        "enterprise_village", factories.Organisation.objects.matching("乙公司").get(), world.zhengan_village
    )
    answer = confirm(desk, page)
    assert "「结对」表 E3：这段时间内这两个单位已有同类结对" in answer.content.decode()
    assert Pairing.objects.filter(kind="enterprise_village").count() == 1


def test_names_are_read_once_whatever_the_length(desk, world, namesakes):
    """Unchanged rows cost no query of their own (beside the savepoint that import-export sets for each)."""
    for number in range(30):
        firm = factories.organisation("enterprise", f"公司{number}", parent=world.xiangzhou)
        factories.pairing("enterprise_village", firm, world.zhengan_village)
    content = export(desk, "0").content
    with CaptureQueriesContext(connection) as spent:
        assert counts(upload(desk, content))["skip"] == 35
    assert len([query for query in spent if "SAVEPOINT" not in query["sql"]]) <= 30
