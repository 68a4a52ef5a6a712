// Choosing rows of a list for the form after it: how many are chosen, all of a page, and questions that name them.
// A box of a row says data-name="its name" and form="the form's id".
const named = (names, most) => names.length > most ? [...names.slice(0, most), `+ ${names.length - most}`] : names;
for (const bar of all('form.chooser[id]')) {
  const boxes = all(`input[type="checkbox"][form="${CSS.escape(bar.id)}"]`);
  const rows = boxes.filter(box => 'name' in box.dataset);
  if (!rows.length) continue;
  const whole = boxes.filter(box => !rows.includes(box));
  bar.querySelector('[data-noscript]')?.remove();
  const count = bar.querySelector('[data-chosen]');
  const place = 'kohakuriver-chosen:' + bar.action.split('?')[0] + ':' + location.pathname;
  const show = () => {
    const chosen = rows.filter(box => box.checked).length;
    bar.classList.toggle('idle', !chosen && !whole.some(box => box.checked));
    if (count) count.textContent = (chosen === 1 ? count.dataset.one : count.dataset.many).replace('{0}', chosen);
    for (const box of rows) box.closest('tr, li')?.classList.toggle('is-chosen', box.checked);
  };

  // What was chosen is chosen again when its change comes back to the list: the ids of the rows, nothing else.
  try {
    const before = (sessionStorage.getItem(place) ?? '').split(' ');
    sessionStorage.removeItem(place);
    for (const box of rows) if (before.includes(box.value)) box.checked = true;
  } catch { /* Without storage nothing is remembered. */ }

  for (const box of boxes) box.addEventListener('change', show);
  addEventListener('pageshow', () => {
    const sure = bar.querySelector('[data-sure]');
    if (sure) sure.value = '';
    show();
  });
  for (const button of all(`[data-choose-rows="${CSS.escape(bar.id)}"]`)) {
    button.addEventListener('click', () => {
      const choose = rows.some(box => !box.checked);
      for (const box of rows) box.checked = choose;
      show();
    });
  }

  bar.addEventListener('submit', async event => {
    const button = event.submitter;
    const chosen = rows.filter(box => box.checked);
    const question = button?.dataset[chosen.length === 1 ? 'askOne' : 'askMany'];
    const sure = bar.querySelector('[data-sure]');
    const other = button?.dataset.askWith && document.getElementById(button.dataset.askWith);
    const asks = question && sure && sure.value !== 'true' && chosen.length && !whole.some(box => box.checked)
      && !(other && !other.value);
    if (!asks) {
      try { sessionStorage.setItem(place, chosen.map(box => box.value).join(' ')); } catch { /* See above. */ }
      return;
    }

    event.preventDefault();
    const text = question.replace('{0}', chosen.length).replace('{1}', other?.selectedOptions[0]?.text ?? '');
    const names = named(chosen.map(box => box.dataset.name), 20).join(', ');
    if (await ask([text, names, button.dataset.askThen].filter(Boolean).join('\n\n'), button)) {
      sure.value = 'true';
      bar.requestSubmit(button);
    }
  });
  show();
}
