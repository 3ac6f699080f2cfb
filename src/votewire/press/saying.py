"""One verb of speech in a sentence, with its subject."""

from __future__ import annotations

from dataclasses import dataclass

from votewire.press.naming import Named

__all__ = ["Saying"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A verb of speech in a sentence.

    at, end: the tokens [at, end) of verb and subject together. verb_at: the verb's token.
    who: its subject; None where the sentence does not say it so that it can be read.
    inverted: the subject follows the verb. denied: nothing was said, or only perhaps.
    hanging: a participle, whose subject is that of the sentence. passive: `who` follows "by".
    according: no verb, but words such as "according to". hearer: whoever was told may follow.
    """

    verb: str
    use: str
    at: int
    end: int
    verb_at: int
    who: Named | None
    inverted: bool = False
    denied: bool = False
    hanging: bool = False
    passive: bool = False
    according: bool = False
    hearer: bool = False
