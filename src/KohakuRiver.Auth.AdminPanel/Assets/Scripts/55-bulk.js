// Choosing rows of a list for the form after it: how many are chosen, all of a page, and questions that name them before it is sent.
// A box of a row says data-name="its name" and form="the form's id"; one without a name stands for more rows than the page has.
const named = (names, most) => names.length > most ? [...names.slice(0, most), `+ ${names.length - most}`] : names;
for (const bar of all('form[data-chooses]')) {
  // Rows may be replaced, so none of their boxes is kept or listened to.
  const boxes = () => all(`input[type="checkbox"][form="${CSS.escape(bar.id)}"]`);
  const rows = () => boxes().filter(box => 'name' in box.dataset);
  const ticked = () => rows().filter(box => box.checked);
  const isWhole = () => boxes().some(box => box.checked && !('name' in box.dataset));
  bar.querySelector('[data-noscript]')?.remove();
  const show = () => {
    const number = ticked().length;
    bar.classList.toggle('idle', !number && !isWhole());
    for (const text of all('[data-chosen]', bar)) {
      text.textContent = (number === 1 ? text.dataset.one : text.dataset.many).replace('{0}', number);
    }
    for (const box of rows()) box.closest('tr, li')?.classList.toggle('is-chosen', box.checked);
  };

  // A form that says whether it was asked leads to another page. What was chosen is chosen again when its change comes back to the list:
  // the ids of the rows, nothing else.
  const sure = bar.querySelector('[data-sure]');
  const place = 'kohakuriver-chosen:' + bar.action.split('?')[0] + ':' + location.pathname;
  if (sure) {
    try {
      const before = (sessionStorage.getItem(place) ?? '').split(' ');
      sessionStorage.removeItem(place);
      for (const box of rows()) if (before.includes(box.value)) box.checked = true;
    } catch { /* Without storage nothing is remembered. */ }
  }

  document.addEventListener('change', event => { if (event.target.form === bar) show(); });
  document.addEventListener('panel:shown', show);
  addEventListener('pageshow', () => {
    if (sure) sure.value = '';
    show();
  });
  for (const button of all(`[data-choose-all="${CSS.escape(bar.id)}"]`)) {
    button.addEventListener('click', () => {
      const choose = rows().some(box => !box.checked);
      for (const box of rows()) box.checked = choose;
      show();
    });
  }

  bar.addEventListener('submit', async event => {
    const button = event.submitter;
    const chosen = ticked();
    const question = button?.dataset[chosen.length === 1 ? 'askOne' : 'askMany'];
    const other = button?.dataset.askWith && document.getElementById(button.dataset.askWith);
    const isAskedElsewhere = other && (!other.value || other.value === button.dataset.askNot);
    const asks = question && !bar.dataset.sure && chosen.length && !isWhole() && !isAskedElsewhere;
    delete bar.dataset.sure;
    if (!asks) {
      if (sure) try { sessionStorage.setItem(place, chosen.map(box => box.value).join(' ')); } catch { /* See above. */ }
      return;
    }

    // Nobody else is to send it before it was answered.
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = question.replace('{0}', chosen.length).replace('{1}', other?.selectedOptions[0]?.text ?? '');
    const names = chosen.map(box => box.dataset.name);
    const then = button.dataset.askThen;
    if (await (then ? ask([text, named(names, 20).join(', '), then].join('\n\n'), button) : ask(text, button, names))) {
      bar.dataset.sure = 'yes';
      if (sure) sure.value = 'true';
      bar.requestSubmit(button);
    }
  });
  show();
}
