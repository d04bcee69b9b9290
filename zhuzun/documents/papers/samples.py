"""One paper of each form, as an official would write it: the tests and `docs/papers.md` measure these."""

from datetime import date

from zhuzun.documents.papers.sheet import Annex, Attendance, Form, Mark, Sheet
from zhuzun.documents.papers.text import Heading, Paragraph, Quotation, Table

GROUP = "中共珠海市委农村工作领导小组"
OFFICE = "中共珠海市委农村工作办公室"
BUREAU = "珠海市乡村振兴局"
DISTRICTS = ("各区（功能区）党（工）委、人民政府（管委会）", "市直各相关单位")
COUNTIES = ("正安县", "道真县", "务川县", "凤冈县", "湄潭县", "余庆县", "习水县", "赤水市")
RARE = "桴㯊镇、大磏镇、桐棬村、西滘村、孖湾村、东昇社区"

_SECTION = (
    "今年以来，各区、各相关单位认真贯彻落实市委、市政府关于东西部协作工作的部署要求，围绕"
    "组织领导、资金支持、劳务协作、产业协作和消费协作等重点任务，加强与协作县（市）的对接，各项工作有序推进。"
)
_DEMANDS = (
    "各区、各相关单位要对照年度协议和责任分工，逐项梳理进度，对进度偏慢的事项明确责任人和完成"
    "时限，于10月20日前将整改措施报市乡村振兴局；要严格落实资金监管责任，确保资金安全、规范、有效使用。"
)

FIGURES = Table(
    "2026年第三季度协作县（市）主要指标完成情况表",
    "万元、人",
    (("县（市）", "财政援助资金", "", "劳务协作", ""), ("", "到位", "支出", "帮助就业", "其中脱贫")),
    tuple(
        (name, f"{3200 + 15 * n}.50", f"{2100 + 7 * n}.00", str(810 + n), str(420 + n))
        for n, name in enumerate(COUNTIES)
    ),
)
WIDE = Table(
    "2026年第三季度各项指标明细表",
    "万元、人、个",
    (("协作县（市）", *(f"指标{n}" for n in range(1, 13))),),
    tuple((name, *(str(100 * n + place) for n in range(1, 13))) for place, name in enumerate(COUNTIES * 5)),
    landscape=True,
)

CIRCULAR = Sheet(
    form=Form.OFFICIAL,
    letterhead=(f"{GROUP}文件",),
    number="珠委农组〔2026〕8号",
    title=f"{GROUP}关于2026年第三季度东西部协作工作进展情况的通报",
    addressees=(DISTRICTS,),
    blocks=(
        Paragraph("现将2026年第三季度东西部协作工作进展情况通报如下。"),
        Heading(1, "总体情况"),
        Paragraph(_SECTION),
        FIGURES,
        Heading(1, "各项工作进展"),
        Heading(2, "资金支持。截至9月底，财政援助资金到位25984.00万元，占年度协议数的86.61%。"),
        Heading(2, "劳务协作。帮助农村劳动力就业6508人，其中脱贫劳动力3388人。"),
        Heading(3, "东西部劳务对接"),
        Paragraph(f"{_SECTION}涉及{RARE}等地。"),
        Heading(4, "技能培训"),
        Paragraph(_SECTION),
        Quotation("组织两场专场招聘会，提供岗位一千二百余个。", "香洲区2026年9月月报"),
        Heading(1, "存在问题和下一步要求"),
        Paragraph(_DEMANDS),
    ),
    annexes=(Annex("2026年第三季度主要指标完成情况表", (FIGURES,)),),
    signatures=(GROUP,),
    dated=date(2026, 10, 12),
    sealed=True,
    note="此件公开发布",
    copies=("市委办公室", "市政府办公室", "珠海驻遵义工作组"),
    printer=OFFICE,
    printed_on=date(2026, 10, 13),
)

NOTICE = Sheet(
    form=Form.OFFICIAL,
    letterhead=(f"{OFFICE}文件",),
    number="珠农办〔2026〕15号",
    urgency="加急",
    title="关于报送2026年东西部协作年度工作总结的通知",
    addressees=(DISTRICTS,),
    blocks=(
        Paragraph("为做好年度总结工作，现将有关事项通知如下。"),
        Heading(1, "报送内容"),
        Paragraph(_SECTION),
        Heading(1, "报送时间"),
        Paragraph("请于12月20日前通过本系统报送。"),
    ),
    signatures=(OFFICE,),
    dated=date(2026, 11, 25),
    copies=("市委办公室",),
    printer=OFFICE,
    printed_on=date(2026, 11, 25),
    print_run=60,
)

UPWARD = Sheet(
    form=Form.OFFICIAL,
    letterhead=(f"{BUREAU}文件",),
    number="珠乡振〔2026〕21号",
    signers=("陈志远",),
    title="珠海市乡村振兴局关于2026年第三季度东西部协作工作情况的报告",
    addressees=(("省乡村振兴局",),),
    blocks=(
        Paragraph("现将我市2026年第三季度东西部协作工作情况报告如下。"),
        Heading(1, "工作情况"),
        *(Paragraph(_SECTION) for _ in range(6)),
        Heading(1, "下一步打算"),
        Paragraph(_DEMANDS),
        Paragraph("特此报告。"),
    ),
    annexes=(
        Annex(
            "2026年第三季度东西部协作主要指标完成情况及各协作县（市）资金、劳务、产业、消费、人才交流情况汇总表",
            (FIGURES,),
        ),
        Annex("2026年第三季度各项指标明细表", (WIDE,)),
    ),
    signatures=(BUREAU,),
    dated=date(2026, 10, 15),
    sealed=True,
    note="联系人：李明，电话：0756-2120000",
    copies=("市委农村工作办公室",),
    printer=f"{BUREAU}办公室",
    printed_on=date(2026, 10, 15),
)

LETTER = Sheet(
    form=Form.LETTER,
    letterhead=(BUREAU,),
    number="珠乡振函〔2026〕33号",
    title="珠海市乡村振兴局关于商请核对2026年第三季度协作数据的函",
    addressees=(("正安县乡村振兴局",),),
    blocks=(
        Paragraph(_SECTION),
        Paragraph("请于10月25日前核对附表所列数据，并将意见函复我局。"),
        Paragraph("特此致函。"),
    ),
    annexes=(Annex("2026年第三季度协作数据核对表", (FIGURES,)),),
    signatures=(BUREAU,),
    dated=date(2026, 10, 18),
    sealed=True,
    copies=("珠海驻遵义工作组",),
)

MINUTES = Sheet(
    form=Form.MINUTES,
    letterhead=("珠海遵义东西部协作联席会议纪要",),
    number="〔2026〕2号",
    title="2026年第二次联席会议纪要",
    blocks=(
        Paragraph("2026年9月16日，珠海市与遵义市在遵义召开东西部协作第二次联席会议。现将会议议定事项纪要如下。"),
        Heading(1, "关于资金项目"),
        Paragraph(_DEMANDS),
        Heading(1, "关于劳务协作"),
        Paragraph(_SECTION),
    ),
    attendance=(
        Attendance(
            "出席", "市乡村振兴局陈志远，市教育局王芳，市人力资源社会保障局刘洋，香洲区政府张伟，珠海驻遵义工作组黄强"
        ),
        Attendance("请假", "市商务局周敏"),
        Attendance("列席", "正安县政府李勇，道真县政府杨静"),
    ),
    dated=date(2026, 9, 18),
    copies=("市委办公室", "遵义市乡村振兴局"),
    printer=f"{BUREAU}办公室",
    printed_on=date(2026, 9, 20),
)

INNER = Sheet(
    form=Form.INNER,
    letterhead=("督办单",),
    number="督办〔2026〕1号",
    title="关于尽快完成2026年第三季度资金拨付的督办单",
    addressees=(("斗门区乡村振兴部门",),),
    blocks=(
        Paragraph("经查，你区第三季度财政援助资金尚有120.00万元未拨付到项目。"),
        Heading(1, "督办事项"),
        Paragraph(_DEMANDS),
    ),
    signatures=(BUREAU,),
    dated=date(2026, 10, 20),
    copies=("斗门区农业农村和水务局",),
    printer=BUREAU,
    printed_on=date(2026, 10, 20),
    marks=(Mark.DEMO,),
    qr="https://portal.example/notices/check/督办〔2026〕1号/8c6f2d1e",
)

ALL = {"通报": CIRCULAR, "通知": NOTICE, "报告": UPWARD, "函": LETTER, "纪要": MINUTES, "督办单": INNER}
