// The referral code on the registration form: says at once whether it exists, and shows the partner and what it would see before the form is sent.
// Without this script the form's button does the same.

const box = document.querySelector('[data-code-check]');
if (box) watch(box);

function watch(box) {
  const field = box.querySelector('input.code');
  const problem = box.querySelector('[data-code-problem]');
  const partner = box.querySelector('[data-code-partner]');
  const agreed = box.querySelector('[name="AgreedCode"]');
  const button = box.querySelector('[data-code-button]');
  const symbols = () => field.value.replace(/[\s\p{Pd}]/gu, '');
  let timer, asked = '';

  field.addEventListener('input', () => {
    clearTimeout(timer);
    clear();
    // A code has eight symbols: before that there is nothing to say.
    if (symbols().length >= 8) timer = setTimeout(check, 250);
  });
  field.addEventListener('change', () => { if (symbols()) check(); });
  button.addEventListener('click', e => {
    e.preventDefault();
    check();
  });
  if (symbols().length >= 8) check();

  function clear() {
    asked = '';
    agreed.value = '';
    partner.hidden = true;
    tell('');
  }

  async function check() {
    clearTimeout(timer);
    const code = symbols();
    if (!code || code === asked) return;
    clear();
    asked = code;
    try {
      const answer = await fetch(box.dataset.codeCheck.replace('CODE', encodeURIComponent(code)));
      if (asked !== code) return;
      if (!answer.ok) { tell(box.dataset.busy); return; }
      show(code, await answer.json());
    } catch {
      asked = '';   // no connection: the form says it when it is sent
    }
  }

  function show(code, { state, name }) {
    if (state !== 'known') { tell(state === 'inactive' ? box.dataset.inactive : box.dataset.unknown); return; }
    partner.querySelector('[data-code-name]').textContent = name;
    partner.hidden = false;
    agreed.value = code;
  }

  function tell(words) {
    document.getElementById(`${field.id}-error`)?.remove();
    problem.textContent = words;
    if (words) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}
