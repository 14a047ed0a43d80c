"""Documents over HTTP: bytes, pages, and what is none."""

import io

from reportlab.pdfgen.canvas import Canvas


def pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(200, 100))
    canvas.drawString(10, 10, "hello")
    canvas.save()
    return buffer.getvalue()


def test_a_pdf_is_stored_once_and_shown_page_by_page(login) -> None:
    clerk, content = login("clerk"), pdf()
    made = [clerk.post("/v2/documents", files={"file": ("a.pdf", content)}).json() for _ in "12"]
    assert made[0] == made[1]
    assert made[0]["metadata"] == {
        "fileName": "a.pdf",
        "contentType": "application/pdf",
        "size": len(content),
        "expiresAt": None,
        "processDefinitionId": None,
        "processInstanceKey": None,
        "customProperties": {},
    }
    url = f"/v2/documents/{made[0]['documentId']}"
    assert clerk.get(url).content == content
    assert clerk.get(f"{url}/pages").json() == {"pages": [{"width": 200.0, "height": 100.0}]}
    picture = clerk.get(f"{url}/pages/1.png", params={"dpi": 72})
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["content-type"] == "image/png"
    assert clerk.get(f"{url}/pages/2.png").status_code == 404
    assert clerk.get(f"{url}/pages/1.png", params={"dpi": 9999}).status_code == 400


def test_what_is_no_pdf_has_no_pages(login) -> None:
    clerk = login("clerk")
    for content in (b"no pdf", b"%PDF-1.7 broken"):
        made = clerk.post("/v2/documents", files={"file": ("a.pdf", content)}).json()
        answer = clerk.get(f"/v2/documents/{made['documentId']}/pages")
        assert (answer.status_code, answer.json()["code"]) == (400, "document.not_pdf")


def test_a_page_of_html_is_saved_and_never_shown(login) -> None:
    clerk = login("clerk")
    file = ("a.html", b"<script>alert(1)</script>", "text/html")
    made = clerk.post("/v2/documents", files={"file": file}).json()
    headers = clerk.get(f"/v2/documents/{made['documentId']}").headers
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"] == "application/octet-stream"
    assert "sandbox" in headers["content-security-policy"]
