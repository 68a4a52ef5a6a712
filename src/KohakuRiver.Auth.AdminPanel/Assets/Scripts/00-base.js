// What all parts use. Everything works without a script.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
for (const element of all('[data-script]')) element.hidden = false;

// Keys that are a letter or a sign: never while somebody types, with other keys, or in a dialog, and not for those who want none.
const types = element => element.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]');
const isKey = event => !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || event.defaultPrevented)
  && document.documentElement.dataset.keys !== 'off' && !types(event.target)
  && !document.querySelector('dialog[open], dialog:popover-open');

// A question in a dialog, with the names of what it is about; true for yes.
const ask = (question, button, names = []) => new Promise(resolve => {
  const dialog = document.createElement('dialog');
  const text = document.createElement('p');
  text.id = 'question';
  text.textContent = question;
  const actions = document.createElement('div');
  actions.className = 'actions';
  const yes = document.createElement('button');
  yes.className = button.classList.contains('danger') ? 'danger sure' : 'primary';
  yes.textContent = button.innerText.trim().split('\n')[0] || document.body.dataset.continue;
  const no = document.createElement('button');
  no.textContent = document.body.dataset.cancel;
  actions.append(yes, no);
  const list = document.createElement('ul');
  list.className = 'named';
  list.hidden = names.length === 0;
  list.tabIndex = 0;
  for (const name of names) list.appendChild(document.createElement('li')).textContent = name;
  dialog.append(text, list, actions);
  dialog.setAttribute('aria-labelledby', 'question');
  yes.onclick = () => dialog.close('yes');
  no.onclick = () => dialog.close('no');
  dialog.onclose = () => {
    dialog.remove();
    button.focus();
    resolve(dialog.returnValue === 'yes');
  };
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
});
