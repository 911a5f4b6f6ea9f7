"""What a page of a list is called and looks like in the OpenAPI document."""

from functools import cache

from ninja import Schema
from pydantic import Field, create_model


class Page(Schema):
    """Satu halaman daftar."""

    licence: str = Field(description="Lisensi, sebagai pengenal SPDX.", examples=["CC-BY-4.0"])
    next: str | None = Field(description="Alamat halaman berikutnya; null di halaman terakhir.")
    deleted: str | None = Field(None, description="Dengan `since`: alamat daftar yang hilang sejak itu.")


@cache
def page_of(schema):
    name = f"{schema.__name__.removesuffix('Record')}Page"
    return create_model(name, __base__=Page, items=(list[schema], ...), __doc__=Page.__doc__)
