"""What comes out: the right passage first, names that are not blurred, names that are misspelt, filters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from first_use import FirstUse, shared_home
from library_acts import add, open_library
from servers import Servers

from assistant.errors import LibraryError, UnknownDocument
from assistant.library import snapshot
from assistant.library.library import Library
from assistant.resources import folder
from assistant.values import Hit, Span

SHEET = "Compound {name} was given to mice with tumours of the prostate, and half of them lived for longer than {days} days.\n"
RELEASE = "2017-04-27-multiple-dose-preclinical.txt"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Forty sheets that differ in one code name and one number."""
    place = tmp_path_factory.mktemp("sheets")
    for n in range(40):
        text = f"Data sheet\n\n{SHEET.format(name=f'KTX-{200 + n}', days=60 + n)}"
        (place / f"sheet-{n}.txt").write_text(text, encoding="utf-8")
    return sorted(place.iterdir(), key=lambda path: int(path.stem.partition("-")[2]))


@pytest.fixture(scope="module")
def local(first_use: FirstUse, sheets: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The packaged release and the sheets."""
    home = tmp_path_factory.mktemp("search") / "home"
    (home / "library").mkdir(parents=True)
    (home / "library" / "encoders").symlink_to(first_use.home / "library" / "encoders")
    add(home, *folder("corpus").glob("*.txt"), *sheets)
    with open_library(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(first_use: FirstUse, sheets: list[Path], servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The same on two servers."""
    with shared_home(first_use, servers, tmp_path_factory.mktemp("search") / "shared") as home:
        add(home, *folder("corpus").glob("*.txt"), *sheets)
        with open_library(home) as opened:
            yield opened


@pytest.fixture(scope="module", params=["local", "shared"])
def library(request: pytest.FixtureRequest) -> Library:
    made: Library = request.getfixturevalue(request.param)
    return made


def release(library: Library) -> str:
    return library.document(RELEASE).id


def within_release(library: Library, query: str, k: int = 3) -> tuple[Hit, ...]:
    return library.search(query, k, [release(library)])


@pytest.mark.parametrize("spelling", ["KTX-217", "KTX 217", "ktx217", "Ktx‑217"])
def test_one_code_name_among_forty_that_are_alike(library: Library, spelling: str) -> None:
    first, second, *_ = library.search(f"How long did mice live with {spelling}?")
    assert "KTX-217" in first.passage.text
    assert second.score < 0.9 * first.score


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("survival with CLR 125", "CLR 125"),
        ("what is known of clr-125 in animals", "CLR 125"),
        ("PC-3", "PC3"),
        ("How did the Capan 1 mice do?", "Capan-1"),
        ("dose in µCi for capan1", "50uCi"),
        ("microcuries given in the PC3 model", "500uCi"),
    ],
)
def test_a_passage_without_the_name_comes_after_those_that_have_it(library: Library, query: str, words: str) -> None:
    hits = within_release(library, query, 12)
    has = [words in hit.passage.text for hit in hits]
    assert has[0]
    assert has == sorted(has, reverse=True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Who is the CEO?", "president and CEO"),
        ("orphan drug designation", "orphan drug"),
        ("In how many xenograft models were PDCs tested?", "more than 80 different xenograft models"),
        ("How much longer did mice with prostate cancer live?", "161 days compared to 135 days"),
        ("tumour burden of the mice at the start", "nearly double the initial disease burden"),
        ("Which chemotherapeutics are planned?", "paclitaxel"),
        ("phone number of the press contact", "917-885-7378"),
        ("trial phases in multiple myeloma, the sentence that a page break cut", "in a Phase I clinical\n\ntrial in patients"),
    ],
)
def test_the_passage_that_answers_is_among_the_first_three(library: Library, query: str, words: str) -> None:
    assert any(words in hit.passage.text for hit in library.search(query, 3))


@pytest.mark.parametrize("name", ["Cellectar", "Cellecstar", "Cellestar", "cellecter"])
def test_a_company_is_found_in_each_of_its_spellings(library: Library, name: str) -> None:
    text = " ".join(hit.passage.text for hit in library.search(name, 6))
    assert all(spelling in text for spelling in ("Cellectar", "Cellecstar", "Cellestar"))


def test_scores_are_shares_and_sorted(library: Library) -> None:
    hits = library.search("two doses of KTX-210 in mice", 30)
    assert len(hits) == 30
    assert all(0 <= part <= 1 for hit in hits for part in (hit.score, hit.cosine, hit.lexical))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_only_the_documents_named_are_searched(library: Library) -> None:
    sheets = [library.document(f"sheet-{n}").id for n in (3, 5)]
    assert {hit.passage.document for hit in library.search("CLR 125 survival in PC3", 9, sheets)} == set(sheets)
    assert library.search("CLR 125", 5, []) == ()
    assert library.search("CLR 125", 5, ["no such document"]) == ()


@pytest.mark.parametrize(
    "query", ["", "   ", "?!", "\0", "µ" * 3, "AND OR NOT", '"unclosed', "a:b^2~", "\ud800 lone", "x" * 100_000, "🐭 mice"]
)
def test_any_text_can_be_asked(library: Library, query: str) -> None:
    assert len(library.search(query, 2)) in (0, 2)


def test_the_same_question_has_the_same_hits(library: Library) -> None:
    assert library.search("KTX-205 in mice", 10) == library.search("KTX-205 in mice", 10)
    assert library.search("KTX-205", 0) == ()


@pytest.mark.parametrize("query", ["How long did mice live with KTX-217?", "survival benefit of two doses", "tumours of the prostate"])
def test_chroma_finds_what_the_comparison_with_all_vectors_finds(local: Library, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    def found(handle: Library, documents: list[str] | None) -> list[tuple[str, float]]:
        return [(hit.passage.id, round(hit.score, 6)) for hit in handle.search(query, 10, documents)]

    monkeypatch.setattr(snapshot, "MOST_PASSAGES", 0)
    with Library.of(local._published) as with_chroma:
        assert found(with_chroma, None) == found(local, None)
        assert found(with_chroma, [release(local)]) == found(local, [release(local)])


@pytest.mark.parametrize(
    "query", ["How long did mice live with KTX-217?", "tumours of the prostate", "paclitaxal", "doubel burden", "capan 1"]
)
def test_a_shared_library_finds_what_a_local_one_finds(local: Library, shared: Library, query: str) -> None:
    ours, theirs = local.search(query, 10), shared.search(query, 10)
    assert [hit.passage for hit in ours] == [hit.passage for hit in theirs]
    assert [hit.lexical for hit in ours] == pytest.approx([hit.lexical for hit in theirs], abs=0.02)
    assert [hit.cosine for hit in ours] == pytest.approx([hit.cosine for hit in theirs], abs=1e-5)


def test_a_span_leads_to_its_passage(library: Library) -> None:
    name = release(library)
    text = library.text(name)
    start = text.index("135.6")
    passage = library.passage_at(Span(document=name, start=start, end=start + 5))
    assert passage.start <= start
    assert "Capan-1" in passage.text
    assert library.passage_at(Span(document=name, start=0, end=1)) == library.passages(name)[0]
    with pytest.raises(LibraryError, match="behind the last passage"):
        library.passage_at(Span(document=name, start=len(text) + 9, end=len(text) + 10))


def test_a_document_goes_by_id_prefix_title_and_file_name(library: Library) -> None:
    document = library.document(RELEASE)
    for name in (document.id, document.id[:5], document.title.upper(), RELEASE, Path(RELEASE).stem, f" {document.id} "):
        assert library.document(name) == document
    with pytest.raises(UnknownDocument, match="several documents"):
        library.document("Data sheet")
    for name in ("", "nothing", document.id[:2]):
        with pytest.raises(UnknownDocument, match="no document"):
            library.document(name)


def test_two_handles_of_one_process_do_not_close_each_other(first_use: FirstUse) -> None:
    with open_library(first_use.home) as library:
        with open_library(first_use.home) as other:
            found = other.search("HRB 125", 2)
            assert library.search("HRB 125", 2) == found
        assert library.search("HRB 125", 2) == found


def test_a_closed_handle_says_so(first_use: FirstUse) -> None:
    library = open_library(first_use.home)
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.documents()
