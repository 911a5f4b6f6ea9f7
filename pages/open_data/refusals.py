"""What any request for open data may be answered with instead, for the OpenAPI document."""

from ninja import Schema
from pydantic import Field


class Words(Schema):
    """Kalimat yang sama dalam bahasa Inggris."""

    title: str
    detail: str


class ProblemDocument(Schema):
    """Mengapa permintaan tidak dijawab (RFC 9457)."""

    title: str = Field(examples=["Permintaan tidak kami mengerti"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["Tulis kode wilayah resmi, misalnya 64, 64.02, 64.02.02, atau 64.02.02.2003."])
    parameter: str | None = Field(description="Parameter yang keliru, bila ada.", examples=["region"])
    en: Words


REFUSALS = {304: None, 400: ProblemDocument, 404: ProblemDocument, 429: ProblemDocument, 503: ProblemDocument}
