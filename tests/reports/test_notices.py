"""Which notices on the roster an entity's workbook may show."""

from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.reports.notices import notices_of
from auditor.reports.scope import of_entity
from tests.reports.invented import examined, person, report


class CountedRows(tuple[RowRecord, ...]):
    """Rows that count how often they are gone through."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def test_an_entity_sees_no_notice_on_a_row_of_another_and_rows_are_read_once():
    people = [examined(person(n, entity=entity)) for n, entity in (("1", "A"), ("2", "B"))]
    rows = CountedRows(
        [
            RowRecord(2, RowFate.PERSON, sheet="S", person="1"),
            RowRecord(3, RowFate.PERSON, sheet="S", person="2"),
            RowRecord(3, RowFate.PERSON, sheet="T", person="1"),
        ]
    )
    notices = tuple(
        RosterNotice("D02", "said", row, sheet) for row, sheet in ((2, "S"), (3, "S"), (3, "T"), (0, "S"))
    )
    made = report(tuple(people), rows=rows, notices=notices)
    shown = notices_of(of_entity(made, "A"))
    assert [(one.row, one.sheet) for one in shown] == [(2, "S"), (3, "T"), (0, "S")]
    assert rows.times == 1
