"""What a document says: its text in blocks with places, and one claim for each number."""

from duheng.read.claim import Claim, Measure, Role
from duheng.read.document import Block, BlockKind, Box, Document, Section, Table
from duheng.read.open import KNOWN, open_document
from duheng.read.view import View, clean

__all__ = [
    "KNOWN",
    "Block",
    "BlockKind",
    "Box",
    "Claim",
    "Document",
    "Measure",
    "Role",
    "Section",
    "Table",
    "View",
    "clean",
    "open_document",
]
