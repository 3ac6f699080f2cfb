"""What was sent to be checked: a form with a text or a file, a text, HTML, or JSON; read in memory.

The framework would write a large file of a form to the disk; here nothing that is sent is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from email.message import Message
from typing import Annotated

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from votewire.errors import UsageError
from votewire.press import in_utf8
from votewire.states.bounds import FIRST_DAY, LAST_DAY

__all__ = ["EARLIEST", "LATEST", "Form", "PageSent", "Pasted", "day_of", "form_of", "page_sent"]

EARLIEST, LATEST = FIRST_DAY, LAST_DAY  # days that a page may be of
_FIELDS = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ANY = 1 << 40  # bytes of a part; what comes is bounded before, and never goes to the disk
_MULTIPART, _URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"
_TEXTS = ("text/plain", "text/html")

# Its warnings are of what a visitor sent; the answer says it, and the log keeps nothing of it.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A page to check. name: what errors call it. published: its day, if it has none itself."""

    source: bytes
    name: str = "The page"
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form that was sent, and its file where one was chosen."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: bytes | None = None
    file_name: str = ""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def pasted(self) -> Pasted:
        """The page in it: its file, else its text. Raises UsageError where its day is none."""
        published = day_of(self["published"])
        if self.file is not None:
            return Pasted(source=self.file, name=self.file_name, published=published)
        return Pasted(source=self["text"].encode("utf-8", "replace"), published=published)


class PageSent(BaseModel):
    """A page to check, as JSON."""

    model_config = ConfigDict(extra="forbid", strict=False)

    text: Annotated[str, Field(description="The page's text, or its HTML.")]
    published: Annotated[
        date | None,
        Field(
            ge=EARLIEST, le=LATEST, description="Day of publication, used where the page has none."
        ),
    ] = None


class _InMemory(MultiPartParser):
    spool_max_size = _ANY


async def form_of(request: Request) -> Form:
    """The form that was sent. Raises HTTPException where it is none."""
    kind = _kind(request)
    if kind not in (_MULTIPART, _URLENCODED):
        raise HTTPException(415, "Send a form, or the page itself to /check.json.")
    if kind == _URLENCODED and (await request.body()).count(b"&") >= _FIELDS:
        raise HTTPException(400, f"The form has more than {_FIELDS} fields.")
    parser = _parser(request)
    try:
        return await _read(await parser.parse())
    except MultiPartException as error:
        raise HTTPException(400, f"The form cannot be read: {error.message}") from None
    except ValueError:
        raise HTTPException(400, "The form cannot be read.") from None
    finally:
        # Those of a form that ends too soon are in no field.
        for file in getattr(parser, "_files_to_close_on_error", ()):
            file.close()


def _parser(request: Request) -> FormParser | _InMemory:
    if _kind(request) == _URLENCODED:
        return FormParser(request.headers, request.stream(), max_part_size=_ANY)
    return _InMemory(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=_FIELDS,
        max_part_size=_ANY,
    )


async def _read(sent: FormData) -> Form:
    fields = {n: _lines(v) for n, v in sent.multi_items()[:_FIELDS] if isinstance(v, str)}
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return Form(fields=fields)
    return Form(fields=fields, file=await file.read(), file_name=file.filename[:100])


async def page_sent(request: Request, published: date | None) -> Pasted:
    """The page in a body that is text, HTML or JSON. Raises RequestValidationError, 415."""
    body = await request.body()
    kind = _kind(request)
    if kind in _TEXTS:
        return Pasted(source=_in_utf8(request, body), published=published)
    if kind != "application/json":
        raise HTTPException(415, "Send the page as text/plain, text/html or application/json.")
    try:
        sent = PageSent.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False)) from None
    return Pasted(source=sent.text.encode("utf-8", "replace"), published=sent.published)


def _in_utf8(request: Request, body: bytes) -> bytes:
    """The bytes of a page, in UTF-8 where the request says that they are in another encoding."""
    said = Message()
    said["content-type"] = request.headers.get("content-type", "")
    return in_utf8(body, said.get_content_charset())


def day_of(said: str) -> date | None:
    """The day of a form's field; None where it was left empty. Raises UsageError for another."""
    if not said.strip():
        return None
    try:
        day = date.fromisoformat(said) if _DAY.fullmatch(said) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise UsageError(f"{said[:40]!r} is no day since {EARLIEST}; write it as 2025-02-24.")
    return day


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _lines(text: str) -> str:
    """The text with the line ends that were pasted; a browser sends each as two characters."""
    return text.replace("\r\n", "\n")
