// Puts the text of a button [data-insert] where the caret is in the field that [data-insert-into] names; with [data-insert-line] into a line of its own.
// By delegation, so it holds for what Blazor renders later; the page hears of it as if it had been typed.

document.addEventListener('click', e => {
  const button = e.target.closest?.('[data-insert]');
  const field = button && document.getElementById(button.dataset.insertInto);
  if (!field) return;
  const { selectionStart: start, selectionEnd: end, value } = field;
  let text = button.dataset.insert;
  if ('insertLine' in button.dataset) {
    if (start > 0 && value[start - 1] !== '\n') text = '\n' + text;
    if (value[end] !== '\n') text += '\n';
  }
  field.focus();
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
