"""The few words that forms carry beside their content, in the language of the form."""

from typing import Final, NamedTuple


class Labels(NamedTuple):
    enterprise: str
    date: str
    responsible: str
    signature: str
    number: str
    step: str
    done: str
    note: str
    effect: str
    measure: str
    unit: str
    before: str
    after: str
    change: str
    log: str
    source: str


LABELS: Final[dict[str, Labels]] = {
    "en": Labels(
        "Enterprise", "Date", "Responsible", "Signature", "No.", "Step", "Done", "Note",
        "Effect", "Measure", "Unit", "Before", "After", "Change", "Log", "Belongs to",
    ),
    "ru": Labels(
        "Предприятие", "Дата", "Ответственный", "Подпись", "№", "Шаг", "Готово", "Примечание",
        "Эффект", "Показатель", "Единица", "До", "После", "Изменение", "Журнал", "К записи",
    ),
    "uk": Labels(
        "Підприємство", "Дата", "Відповідальний", "Підпис", "№", "Крок", "Готово", "Примітка",
        "Ефект", "Показник", "Одиниця", "До", "Після", "Зміна", "Журнал", "До запису",
    ),
    "bg": Labels(
        "Предприятие", "Дата", "Отговорник", "Подпис", "№", "Стъпка", "Готово", "Бележка",
        "Ефект", "Показател", "Единица", "Преди", "След", "Промяна", "Дневник", "Към записа",
    ),
    "he": Labels(
        "מפעל", "תאריך", "אחראי", "חתימה", "מס׳", "שלב", "בוצע", "הערה",
        "תועלת", "מדד", "יחידה", "לפני", "אחרי", "שינוי", "יומן", "שייך לרשומה",
    ),
}  # fmt: skip
