"""What a document says: its text in blocks with places, and one claim for each number."""

from duheng.read.claim import Claim, Measure, Role
from duheng.read.document import Block, BlockKind, Document, Section, Table

__all__ = ["Block", "BlockKind", "Claim", "Document", "Measure", "Role", "Section", "Table"]
