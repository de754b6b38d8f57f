import pytest

from benchmarks import options


def test_without_a_word_everything_is_measured() -> None:
    wanted = options.read([])
    assert (wanted.entries, wanted.rounds, wanted.database) == (options.ENTRIES, options.ROUNDS, "")
    assert all(wanted.wants(part) for part in options.PARTS)


def test_parts_can_be_chosen() -> None:
    wanted = options.read(["--only", "lists", "imports"])
    assert [part for part in options.PARTS if wanted.wants(part)] == ["lists", "imports"]


def test_a_part_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options.read(["--only", "everything"])
    assert "everything" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--database", "postgres://127.0.0.1/holding"], ["--folder", "holding"]]
)
def test_a_kept_database_needs_its_files_and_they_need_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        options.read(arguments)
    assert "go together" in capsys.readouterr().err
