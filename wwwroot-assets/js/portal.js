// Called from .NET through IJSRuntime.

import { keepEntries, keptEntries } from './keep.js';

const watched = new WeakMap();

export function openDialog(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

// Dialogs that .NET closes: it need not hear of that again, and would close one that was opened anew meanwhile.
const ordered = new WeakSet();

export function closeDialog(dialog) {
  if (!dialog?.open) return;
  ordered.add(dialog);
  dialog.close();
}

export function focus(el) {
  el?.focus();
}

/**
 * Entries of a list as they are typed or pasted: what a comma, a semicolon or white space ends goes to .NET (OnEntries), the unfinished rest stays.
 * A pasted list is finished as it is. Listens on the field itself, before Blazor does, so that the server hears only of the rest. What was kept of an
 * earlier load of the page is told at once.
 */
export function watchEntries(field, dotnet) {
  let pasted = false;
  if (keptEntries(field)) dotnet.invokeMethodAsync('OnEntries', keptEntries(field));
  field.addEventListener('paste', () => { pasted = true; });
  field.addEventListener('input', e => {
    if (e.isComposing) return;
    const text = field.value;
    const end = Math.max(...[...',; \t\r\n'].map(sign => text.lastIndexOf(sign))) + 1;
    const whole = pasted && (end > 0 || /.@.+\../.test(text));
    pasted = false;
    if (!whole && end === 0) return;
    const finished = whole ? text : text.slice(0, end);
    const before = keptEntries(field);
    field.value = whole ? '' : text.slice(end);
    keepEntries(field, `${before}\n${finished}`);
    dotnet.invokeMethodAsync('OnEntries', finished).catch(() => {      // no line to the server
      field.value = text;
      keepEntries(field, before);
    });
  });
}

export { keepEntries };

export function empty(field) {
  if (field) field.value = '';
}

/** Single-letter shortcuts on or off, until the page is loaded anew and the server writes the choice itself. */
export function useShortcuts(on) {
  document.documentElement.dataset.shortcuts = on ? 'on' : 'off';
}

/** Tells .NET (OnClosed) when a person closes the dialog by Escape or by a click beside it; .NET then closes it. */
export function watchDialog(dialog, dotnet) {
  if (!dialog || watched.has(dialog)) return;
  let pressedBeside = false;
  const ask = () => dotnet.invokeMethodAsync('OnClosed').catch(() => dialog.close());   // no line to the server: close anyway
  const beside = e => {
    if (e.target !== dialog) return false;
    const box = dialog.getBoundingClientRect();
    return e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom;
  };
  const onCancel = e => { if (e.target === dialog) { e.preventDefault(); ask(); } };
  // Where the press began counts: text dragged out of a field must not close the dialog.
  const onDown = e => { pressedBeside = beside(e); };
  const onClick = e => { if (pressedBeside && beside(e)) ask(); };
  // The browser forces a close on a second Escape; .NET must learn of it.
  const onClose = e => {
    if (e.target === dialog && !ordered.delete(dialog) && dialog.isConnected) dotnet.invokeMethodAsync('OnClosed').catch(() => {});
  };
  const listeners = { cancel: onCancel, pointerdown: onDown, click: onClick, close: onClose };
  for (const [type, handler] of Object.entries(listeners)) dialog.addEventListener(type, handler);
  watched.set(dialog, listeners);
}

export function unwatchDialog(dialog) {
  for (const [type, handler] of Object.entries(watched.get(dialog) ?? {})) dialog.removeEventListener(type, handler);
  if (dialog) watched.delete(dialog);
}

/** Saves a file: content is base64 text or a DotNetStreamReference. */
export async function download(name, contentType, content) {
  const bytes = typeof content === 'string'
    ? Uint8Array.from(atob(content), c => c.charCodeAt(0))
    : await content.arrayBuffer();
  const url = URL.createObjectURL(new Blob([bytes], { type: contentType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
