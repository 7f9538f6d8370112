"""A small city: three who know about floods, two who do not, and the agency that asks."""

from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Helix, Kind
from tests import make

FLOODS = {
    "title_vi": "Cảnh báo ngập theo tuyến phố",
    "title_en": "Street-level flood warning",
    "summary_vi": "Người dân cần biết đoạn phố nào sắp ngập úng.",
    "summary_en": "People need to know which streets will flood.",
    "description_vi": "Ghép số liệu mưa, mực nước và ảnh camera để dự báo ngập úng trước 60 phút. " * 3,
    "description_en": "Join rain gauges, water levels and camera images to forecast floods an hour ahead.",
    "outcomes": [{"vi": "Cảnh báo trước 60 phút", "en": "A warning an hour ahead"}],
    "capabilities": [
        {"vi": "Thủy văn đô thị", "en": "urban hydrology"},
        {"vi": "Cảm biến mực nước", "en": "water level sensors"},
        {"vi": "Kế toán quản trị", "en": "management accounting"},
    ],
}


def a_flood_company(**fields) -> Organisation:
    company = make.an_organisation(
        "Công ty Phố Khô",
        summary_vi="Dự báo ngập úng cho từng tuyến phố.",
        summary_en="Flood forecasts for every street.",
        capabilities=[{"vi": "Cảm biến mực nước", "en": "water level sensors"}],
        trl_from=5,
        trl_to=8,
        **fields,
    )
    make.evidence(company, "Cảnh báo ngập cho 40 tuyến phố", "Đo mực nước bằng cảm biến tại hầm chui.", 2024)
    make.evidence(company, "Bản đồ ngập úng thời gian thực", "Ghép ảnh camera với số liệu mưa.", 2025)
    return company


def an_institute() -> Organisation:
    institute = make.an_organisation(
        "Viện Thủy văn Ứng dụng",
        kind=Kind.INSTITUTE,
        helix=Helix.ACADEMIA,
        summary_vi="Nghiên cứu thủy văn đô thị.",
        summary_en="Research on urban hydrology.",
    )
    make.evidence(institute, "Mô hình thủy văn đô thị sông Nhuệ", "", 2022)
    make.evidence(institute, "Số liệu mưa của 50 trạm", "", 2023)
    return institute


def a_newcomer() -> Organisation:
    return make.an_organisation("Nhóm Mưa Rào", summary_vi="Ứng dụng điện thoại báo ngập úng theo tuyến phố.")


def a_farm(name: str = "Hợp tác xã Rau Ba Vì") -> Organisation:
    return make.an_organisation(name, kind=Kind.COOPERATIVE, summary_vi="Trồng rau hữu cơ.", summary_en="Vegetables.")


def a_city() -> dict[str, Organisation]:
    return {"company": a_flood_company(), "institute": an_institute(), "new": a_newcomer(), "farm": a_farm()}
