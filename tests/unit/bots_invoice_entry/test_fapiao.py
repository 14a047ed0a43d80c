"""发票 as XML and as OFD: read whole, words held against figures, page against data."""

import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from robocorp.workitems import BusinessException

from bots.invoice_entry.reading.fapiao import capitals
from bots.invoice_entry.reading.reader import read

DIGITAL = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>26310000000000000018</EIid></Header><EInvoiceData>
 <SellerInformation><SellerIdNum>91310000MA1FL00001</SellerIdNum>
  <SellerName>上海示例软件有限公司</SellerName><SellerAddr>浦东路 1 号</SellerAddr>
 </SellerInformation>
 <BuyerInformation><BuyerIdNum>91110000MA0000002X</BuyerIdNum>
  <BuyerName>北京样本贸易有限公司</BuyerName></BuyerInformation>
 <BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax><TotalTaxAm>{tax}</TotalTaxAm>
  <TotalTax-includedAmount>{gross}</TotalTax-includedAmount>
  <TotalTax-includedAmountInChinese>{words}</TotalTax-includedAmountInChinese>
  <RequestTime>2026-03-04 23:59:59</RequestTime></BasicInformation>
 <IssuItemInformation><ItemName>*软件*授权</ItemName><MeaUnits>套</MeaUnits><Quantity>2</Quantity>
  <UnPrice>500</UnPrice><Amount>1000.00</Amount><TaxRate>0.13</TaxRate>
  <ComTaxAm>130.00</ComTaxAm></IssuItemInformation>
 <IssuItemInformation><ItemName>*图书*手册</ItemName><Amount>50.00</Amount><TaxRate>免税</TaxRate>
  <ComTaxAm>***</ComTaxAm></IssuItemInformation>
</EInvoiceData><TaxSupervisionInfo><InvoiceNumber>26310000000000000018</InvoiceNumber>
 <IssueTime>{date}</IssueTime></TaxSupervisionInfo></EInvoice>"""
RIGHT = {
    "net": "1050.00", "tax": "130.00", "gross": "1180.00", "words": "壹仟壹佰捌拾圆整",
    "date": "2026-03-05 10:11:12",
}  # fmt: skip

DATA = """<eInvoice><DocID>1</DocID><InvoiceCode>031002600111</InvoiceCode>
 <InvoiceNo>12345678</InvoiceNo><IssueDate>2026年03月05日</IssueDate>
 <InvoiceCheckCode>01234567890123456789</InvoiceCheckCode>
 <Buyer><BuyerName>北京样本贸易有限公司</BuyerName><BuyerTaxID>91110000MA0000002X</BuyerTaxID></Buyer>
 <Seller><SellerName>上海示例软件有限公司</SellerName><SellerTaxID>91310000MA1FL00001</SellerTaxID>
 </Seller><TaxInclusiveTotalAmount>113.00</TaxInclusiveTotalAmount>
 <TaxTotalAmount>13.00</TaxTotalAmount><TaxExclusiveTotalAmount>100.00</TaxExclusiveTotalAmount>
 <GoodsInfos><GoodsInfo><Item>服务费</Item><Quantity>1</Quantity><Price>100</Price>
 <Amount>100.00</Amount><TaxScheme>13%</TaxScheme><TaxAmount>13.00</TaxAmount></GoodsInfo></GoodsInfos>
</eInvoice>"""
PRINTED = {
    "InvoiceCode": "031002600111",
    "InvoiceNo": "12345678",
    "IssueDate": "2026 年 03 月 05 日",
    "InvoiceCheckCode": "01234 56789 01234 56789",
    "BuyerName": "北京样本贸易有限公司",
    "BuyerTaxID": "91110000MA0000002X",
    "SellerName": "上海示例软件有限公司",
    "SellerTaxID": "91310000MA1FL00001",
    "TaxExclusiveTotalAmount": "¥100.00",
    "TaxTotalAmount": "¥13.00",
    "TaxInclusiveTotalAmount": "¥113.00",
}
WORDS = "⊗壹佰壹拾叁圆整"
INDEX = '<o:OFD xmlns:o="http://www.ofdspec.org/2016"/>'

Ofd = Callable[..., Path]


def page(printed: Mapping[str, str], words: str) -> dict[str, str]:
    """Tags and page content: each value is a text object that a tag of its name points at."""
    tags = "".join(
        f'<o:{name}><o:ObjectRef PageRef="1">{number}</o:ObjectRef></o:{name}>'
        for number, name in enumerate(printed)
    )
    objects = "".join(
        f'<o:TextObject ID="{number}"><o:TextCode X="0" Y="3">{text}</o:TextCode></o:TextObject>'
        for number, text in enumerate([*printed.values(), words])
    )
    root = 'xmlns:o="http://www.ofdspec.org/2016"'
    return {
        "Doc_0/Tags/CustomTag.xml": f"<o:eInvoice {root}>{tags}</o:eInvoice>",
        "Doc_0/Pages/Page_0/Content.xml": f"<o:Page {root}>{objects}</o:Page>",
    }


@pytest.fixture
def ofd(tmp_path: Path) -> Ofd:
    """An OFD file of these entries."""

    def written(entries: Mapping[str, str]) -> Path:
        path = tmp_path / "a.ofd"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {"OFD.xml": INDEX, **entries}.items():
                archive.writestr(name, content)
        return path

    return written


@pytest.fixture
def xml(tmp_path: Path) -> Callable[..., Path]:
    def written(**changes: str) -> Path:
        path = tmp_path / "a.xml"
        path.write_text(DIGITAL.format(**{**RIGHT, **changes}), encoding="utf-8")
        return path

    return written


def values(path: Path) -> dict[str, str]:
    return {name: field.value for name, field in read(path).fields.items()}


def test_a_digital_fapiao_is_read_whole(xml: Callable[..., Path]) -> None:
    invoice = read(xml())
    assert not invoice.doubts
    assert invoice.trusted
    assert values(xml()) == {
        "number": "26310000000000000018",
        "type": "380",
        "issue_date": "2026-03-05",
        "currency": "CNY",
        "seller": "上海示例软件有限公司",
        "seller_vat": "91310000MA1FL00001",
        "seller_address": "浦东路 1 号",
        "buyer": "北京样本贸易有限公司",
        "buyer_vat": "91110000MA0000002X",
        "net": "1050.00",
        "tax": "130.00",
        "gross": "1180.00",
        "gross_in_words": "壹仟壹佰捌拾圆整",
    }
    assert [(line.description, line.quantity, line.tax_rate) for line in invoice.lines] == [
        ("*软件*授权", "2.00", "13"),
        ("*图书*手册", "", ""),
    ]
    assert [(row.rate, row.net, row.tax) for row in invoice.breakdown] == [
        ("13", "1000.00", "130.00"),
        ("", "50.00", "0.00"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": "壹仟壹佰捌拾壹圆整"}, "fapiao.words"),
        ({"words": "一些别的字"}, "fapiao.words"),
        ({"net": "1000.00", "gross": "1130.00", "words": "壹仟壹佰叁拾圆整"}, "fapiao.lines"),
        ({"gross": "1190.00", "words": "壹仟壹佰玖拾圆整"}, "arithmetic.gross"),
        ({"date": "2026-02-30"}, "issue_date.impossible"),
    ],
)
def test_what_does_not_fit_together_is_asked_about(
    change: dict[str, str], code: str, xml: Callable[..., Path]
) -> None:
    invoice = read(xml(**change))
    assert code in {doubt.code for doubt in invoice.doubts}
    assert not invoice.trusted


def test_a_red_fapiao_is_a_credit_note(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    red = (
        DATA.replace("113.00", "-113.00").replace("13.00<", "-13.00<").replace("100.00", "-100.00")
    )
    path.write_text(red.replace("-1-13.00", "-113.00"), encoding="utf-8")
    assert values(path)["type"] == "381"
    assert read(path).trusted


def test_an_ofd_with_data_and_a_page_that_agree_is_trusted(ofd: Ofd) -> None:
    path = ofd({"Doc_0/Attachs/original_invoice.xml": DATA, **page(PRINTED, WORDS)})
    invoice = read(path)
    assert not invoice.doubts
    assert invoice.trusted
    found = values(path)
    assert found["invoice_code"] == "031002600111"
    assert found["number"] == "12345678"
    assert found["check_code"] == "01234567890123456789"
    assert (found["issue_date"], found["gross"]) == ("2026-03-05", "113.00")
    assert [line.description for line in invoice.lines] == ["服务费"]


def test_an_ofd_with_tagged_text_alone_is_read(ofd: Ofd) -> None:
    found = values(ofd(page(PRINTED, WORDS)))
    assert (found["number"], found["seller_vat"]) == ("12345678", "91310000MA1FL00001")
    assert (found["net"], found["tax"], found["gross"]) == ("100.00", "13.00", "113.00")


@pytest.mark.parametrize(
    ("printed", "words", "code"),
    [
        ({"TaxInclusiveTotalAmount": "¥131.00"}, WORDS, "xml.page_differs"),
        ({"InvoiceNo": "12345679"}, WORDS, "xml.page_differs"),
        ({"BuyerTaxID": "91110000MA0000003X"}, WORDS, "xml.page_differs"),
        ({}, "⊗壹佰叁拾壹圆整", "fapiao.words"),
    ],
)
def test_a_page_that_shows_something_else_is_asked_about(
    printed: dict[str, str], words: str, code: str, ofd: Ofd
) -> None:
    shown = page({**PRINTED, **printed}, words)
    invoice = read(ofd({"Doc_0/Attachs/original_invoice.xml": DATA, **shown}))
    assert code in {doubt.code for doubt in invoice.doubts}
    assert not invoice.trusted


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({}, "document.not_invoice"),
        ({"../../etc/cron.d/x.xml": DATA}, "document.ofd_unsafe"),
        ({"/abs.xml": DATA}, "document.ofd_unsafe"),
        ({"a.xml": "<a>" + " " * 60_000_000 + "</a>"}, "document.ofd_unsafe"),
        ({f"{n}.xml": "<a/>" for n in range(1001)}, "document.ofd_unsafe"),
        ({"a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "document.xml_unsafe"),
        ({"a.xml": "<a>"}, "document.corrupt"),
    ],
)
def test_an_ofd_that_is_none_or_an_attack_is_refused(
    entries: dict[str, str], code: str, ofd: Ofd
) -> None:
    with pytest.raises(BusinessException) as refusal:
        read(ofd(entries))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("壹佰贰拾叁圆肆角伍分", "123.45"),
        ("⊗ 壹 万 零 叁 佰 圆 零 伍 分", "10300.05"),
        ("拾贰元整", "12"),
        ("负叁佰圆整", "-300"),
        ("（大写）人民币壹亿贰仟万零壹圆正", "120000001"),
        ("玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿圆整", "9999999900000000"),
        ("零圆壹角整", "0.1"),
    ],
)
def test_amounts_in_words(words: str, figures: str) -> None:
    match = capitals.find(words)
    assert match is not None
    assert capitals.value(match) == Decimal(figures)


def test_other_words_are_no_amount() -> None:
    assert capitals.find("单位：万元") is None


PAPER = (
    (200, 50, "上海增值税电子普通发票"),
    (400, 50, "发票代码:"), (480, 50, "031002600111"),
    (400, 64, "发票号码:"), (480, 64, "12345678"),
    (400, 78, "开票日期: 2026 年 03 月 05 日"),
    (400, 92, "校验码: 01234 56789 01234 56789"),
    (50, 120, "销售方"), (50, 134, "上海示例软件有限公司"),
    (50, 200, "项目名称"), (200, 200, "数量"), (300, 200, "单价"), (450, 200, "金额"),
    (50, 214, "服务费"), (200, 214, "1"), (300, 214, "100.00"), (450, 214, "¥100.00"),
    (50, 300, "合计金额(不含税)"), (450, 300, "¥100.00"),
    (50, 316, "合计税额"), (450, 316, "¥13.00"),
    (50, 332, "价税合计(大写)"), (200, 332, "壹佰壹拾叁圆整"),
    (350, 332, "价税合计(小写)"), (450, 332, "¥113.00"),
)  # fmt: skip


def test_a_printed_fapiao_shows_its_codes_and_words(draw: Callable[..., Path]) -> None:
    invoice = read(draw(PAPER))
    found = {name: field.value for name, field in invoice.fields.items()}
    assert found["invoice_code"] == "031002600111"
    assert found["check_code"] == "01234567890123456789"
    assert (found["gross_in_words"], found["gross"]) == ("壹佰壹拾叁圆整", "113.00")
    assert invoice.fields["gross_in_words"].box is not None
    assert "fapiao.words" not in {doubt.code for doubt in invoice.doubts}


def test_printed_words_that_say_something_else_are_asked_about(draw: Callable[..., Path]) -> None:
    wrong = [(x, y, text.replace("叁圆", "捌圆")) for x, y, text in PAPER]
    invoice = read(draw(wrong))
    assert ("gross", "fapiao.words") in {(doubt.field, doubt.code) for doubt in invoice.doubts}


def test_the_printed_form_gives_sums_and_parties_their_places(draw: Callable[..., Path]) -> None:
    form = [
        (200, 40, "电子发票（增值税专用发票）"),
        (380, 60, "发票号码：25312000000012345678"), (380, 74, "开票日期：2025年06月18日"),
        (50, 100, "购买方信息"), (120, 100, "名称：上海星河科技有限公司"),
        (300, 100, "销售方信息"), (370, 100, "名称：北京远山办公用品有限公司"),
        (120, 114, "纳税人识别号：91310000MA1FL00000"),
        (370, 114, "纳税人识别号：91110108MA00000000"),
        (50, 150, "项目名称"), (200, 150, "数量"), (300, 150, "单价"), (380, 150, "金额"),
        (500, 150, "税额"), (50, 164, "*纸制品*复印纸"), (200, 164, "20"), (300, 164, "162.50"),
        (380, 164, "3250.00"), (500, 164, "422.50"),
        (50, 190, "合　计"), (370, 190, "¥3250.00"), (495, 190, "¥422.50"),
        (50, 210, "价税合计（大写）"), (150, 210, "叁仟陆佰柒拾贰圆伍角"),
        (370, 210, "（小写）¥3672.50"),
    ]  # fmt: skip
    invoice = read(draw(form))
    found = {name: invoice.fields[name].value for name in ("net", "tax", "gross")}
    assert found == {"net": "3250.00", "tax": "422.50", "gross": "3672.50"}
    assert invoice.fields["seller"].value == "北京远山办公用品有限公司"
    assert invoice.fields["buyer_vat"].value == "91310000MA1FL00000"
    assert invoice.trusted
