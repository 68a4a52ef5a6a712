// Choosing rows: a bar at the lower edge says how many, and asks before it sends them, naming each.
const boxesOf = id => all(`input[type="checkbox"][form="${id}"]`);
const words = (element, name, number) => (number === 1 ? element.dataset[`${name}One`] : element.dataset[`${name}Many`]).replace('{0}', number);
for (const button of all('[data-choose-all]')) {
  button.addEventListener('click', () => {
    const boxes = boxesOf(button.dataset.chooseAll);
    const choose = boxes.some(box => !box.checked);
    for (const box of boxes) box.checked = choose;
    boxes[0]?.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
for (const form of all('form[data-chooses]')) {
  const count = () => {
    const number = boxesOf(form.id).filter(box => box.checked).length;
    for (const text of all('[data-chosen]', form)) {
      text.textContent = (number === 1 ? text.dataset.one : text.dataset.many).replace('{0}', number);
    }
  };
  // Rows may be replaced, so not their boxes are listened to.
  document.addEventListener('change', event => { if (event.target.form === form) count(); });
  document.addEventListener('panel:shown', count);
  addEventListener('pageshow', count);
  count();
  form.addEventListener('submit', async event => {
    const button = event.submitter;
    if (form.dataset.sure || !button?.dataset.askMany) {
      delete form.dataset.sure;
      return;
    }
    // Nobody else is to send it before it was answered.
    event.preventDefault();
    event.stopImmediatePropagation();
    const names = boxesOf(form.id).filter(box => box.checked).map(box => box.dataset.name ?? box.value);
    if (names.length > 0 && await ask(words(button, 'ask', names.length), button, names)) {
      form.dataset.sure = 'yes';
      form.requestSubmit(button);
    }
  });
}
