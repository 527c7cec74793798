"""Read against what people labelled by hand: the sample always, real reports where they are."""

import json

import pytest

from duheng import read, sample
from duheng.sample.score import score


@pytest.fixture(scope="module")
def invented():
    return read.open_document(sample.report_path())


def test_the_sample_is_read_as_its_labels_say(invented):
    found = score(sample.truth("claims"), read.claims(invented))
    assert (found.precision >= 0.98, found.recall >= 0.97, found.exact >= 0.90) == (True, True, True), found


def test_every_span_stands_at_its_offset_and_inside_its_sentence(invented):
    for claim in read.claims(invented):
        assert invented.text[claim.offset : claim.end] == claim.span
        whole = invented.text[claim.sentence_offset : claim.sentence_offset + len(claim.sentence)]
        assert whole == claim.sentence
        assert claim.sentence_offset <= claim.offset < claim.sentence_offset + len(claim.sentence)


def test_a_part_points_to_the_claim_of_its_whole(invented):
    offsets = {claim.offset for claim in read.claims(invented)}
    parts = [claim.of for claim in read.claims(invented) if claim.of is not None]
    assert parts
    assert offsets.issuperset(parts)


def test_reading_twice_gives_the_same(invented):
    again = read.open_document(sample.report_path())
    assert again == invented
    assert read.claims(again) == read.claims(invented)


def test_a_real_report_is_read_as_its_labels_say(truth):
    for gold in truth.glob("gold/*/claims.jsonl"):
        labels = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = score(labels, read.claims(read.open_document(truth / "reports" / f"{gold.parent.name}.txt")))
        assert (found.precision >= 0.98, found.recall >= 0.97, found.exact >= 0.85) == (True, True, True), found


def test_one_report_states_the_same_as_docx_and_as_txt(truth):
    def said(suffix):
        document = read.open_document(truth / "reports" / f"dadukou-2024-2025.{suffix}")
        return [(c.span, c.subject, c.value, c.unit, c.measure, c.comparator, c.period, c.role) for c in read.claims(document)]

    assert sorted(said("docx")) == sorted(said("txt"))


@pytest.mark.slow
def test_every_real_report_gives_claims_at_their_offsets(truth):
    reports = sorted(truth.glob("reports/prov*/*"))
    assert len(reports) >= 20
    for path in reports:
        document = read.open_document(path)
        claims = read.claims(document)
        assert len(claims) > 100, path.name
        assert all(document.text[c.offset : c.end] == c.span for c in claims), path.name
        assert all(c.period for c in claims), path.name
