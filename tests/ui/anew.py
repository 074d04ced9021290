"""A chat page that was used → as if it had just been loaded, which would take seconds."""

from typing import Any

from ui import wording

EMPTY = """() => {
  document.querySelectorAll('dialog[open]').forEach(one => one.close());
  localStorage.clear();
  sessionStorage.clear();
}"""
AT_THE_TOP = """() => {
  localStorage.clear();
  sessionStorage.removeItem('metrology.draft');
  document.body.tabIndex = -1;
  document.body.focus();  // the next Tab begins at the top
  document.body.removeAttribute('tabindex');
  scrollTo(0, 0);
}"""


def begin_anew(page: Any) -> None:
    """An empty talk of a new session, all plans asked, nothing kept or typed."""
    page.evaluate(EMPTY)
    page.get_by_role("radio", name=wording.ALL_PLANS).check(force=True)
    if page.locator(".turn").count():  # else there is nothing to leave, and no button for it
        page.get_by_role("button", name=wording.NEW_TALK).click()
        page.locator(".welcome").wait_for()
        page.wait_for_function("sessionStorage.getItem('metrology.current')")  # the new session's, told last
    page.get_by_label(wording.QUESTION_LABEL).fill("")
    page.evaluate(AT_THE_TOP)
