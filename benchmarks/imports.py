"""What an import of 20,000 organisations with track records costs: looking at the table, and letting its rows come in.

Usage: python -m benchmarks.imports (ROWS=2000 for a quick look)

Seconds of CPU of this process (user and system), its highest memory (resident, in megabytes), on SQLite.
"""

import io
import json
import os
import resource
import tempfile
import time

from flask_migrate import upgrade
from openpyxl import Workbook
from sqlalchemy import func, select

from marketplace.accounts.queries import person_by_email
from marketplace.app import ROOT, create_app
from marketplace.db import db
from marketplace.files import keep_upload
from marketplace.jobs import run_waiting
from marketplace.organisations.importing import services
from marketplace.organisations.importing.queries import counts_of, get_run
from marketplace.organisations.importing.stages import What
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.tax_code import check_digit
from marketplace.settings import Settings
from tests import make

ROWS = int(os.environ.get("ROWS", "20000"))
HEADINGS = [
    *("name_vi", "name_en", "kind", "tax_code", "website", "summary", "capabilities", "fields", "trl"),
    *("evidence_kind", "evidence_title", "evidence_date", "evidence_source", "evidence_partner"),
]
SUMMARY = "Giải pháp giám sát chất lượng nước sông hồ bằng cảm biến, cho đơn vị thoát nước và khu dân cư. " * 3


def main() -> None:
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            print(json.dumps({"benchmark": "imports", "rows": ROWS, **_measured()}))


def _measured() -> dict[str, object]:
    operator, content = make.an_operator(), _table()
    file = keep_upload(io.BytesIO(content), name="to-chuc.xlsx", uploaded_by_id=operator.id)
    db.session.add(file)
    run = services.bring_table(file, what=What.ORGANISATIONS, actor=operator)
    db.session.commit()
    reference, address = run.reference, operator.email
    checked = _worked_off()
    services.start_import(get_run(reference), actor=person_by_email(address))
    db.session.commit()
    imported = _worked_off()
    here = {
        "organisations": db.session.scalar(select(func.count()).select_from(Organisation)),
        "lines": db.session.scalar(select(func.count()).select_from(TrackRecord)),
    }
    services.undo_import(get_run(reference), actor=person_by_email(address))
    db.session.commit()
    told = {"check_cpu_s": checked, "import_cpu_s": imported, "undo_cpu_s": _worked_off(), **here}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told | {"after_undo": counts_of(get_run(reference)), "memory_mb": memory}


def _worked_off() -> float:
    begin = time.process_time()
    while run_waiting():
        db.session.remove()
    return round(time.process_time() - begin, 1)


def _table() -> bytes:
    book, content = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(ROWS):
        sheet.append(_row(number))
    book.save(content)
    return content.getvalue()


def _row(number: int) -> list[str]:
    nine = f"{number:09}"
    code = f"{nine}{check_digit(nine)}" if check_digit(nine) else ""
    name = f"Công ty Cổ phần Công nghệ Môi trường số {number}"
    return [
        *(name, f"Environment Technology {number}", "enterprise", code, f"https://cty{number}.example.vn", SUMMARY),
        *("thủy văn | hydrology; cảm biến | sensors", "agriculture; ict", "4-7"),
        *("project", f"Trạm quan trắc nước số {number}", "06/2024", f"{number}/QĐ-UBND", "Sở Xây dựng"),
    ]


if __name__ == "__main__":
    main()
