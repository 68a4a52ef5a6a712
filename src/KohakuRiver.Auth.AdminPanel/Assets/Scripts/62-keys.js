// Keys for everywhere: / to find anything, ? for what the keys do; and the sheet that says it, with those of this page. Who wants none of
// them, because a voice or a sleeve would press them, switches them off for the browser.
const remembered = 'kohakuriver-keys';
const switches = all('[data-keys-switch]');
const setKeys = on => {
  if (on) delete document.documentElement.dataset.keys;
  else document.documentElement.dataset.keys = 'off';
  for (const box of switches) box.checked = on;
};
try { setKeys(localStorage.getItem(remembered) !== 'off'); } catch { /* Without storage they are on. */ }
for (const box of switches) {
  box.addEventListener('change', () => {
    setKeys(box.checked);
    try {
      if (box.checked) localStorage.removeItem(remembered);
      else localStorage.setItem(remembered, 'off');
    } catch { /* Then it holds for this page. */ }
  });
}
addEventListener('storage', event => { if (event.key === remembered) setKeys(event.newValue !== 'off'); });

const sheet = document.getElementById('keys');
if (sheet) {
  // What works here comes first.
  const list = sheet.querySelector('[data-keys-all]');
  list.prepend(...all('dl[data-keys] > *').map(line => line.cloneNode(true)));
  const open = () => {
    if (sheet.matches(':popover-open')) sheet.hidePopover();
    if (!sheet.open) sheet.showModal();
  };
  // As a dialog nothing behind it can be reached, and the focus comes back to where it was.
  document.querySelector('[data-keys-open]').addEventListener('click', event => {
    event.preventDefault();
    open();
  });
  sheet.querySelector('[data-keys-close]').addEventListener('click', event => {
    event.preventDefault();
    sheet.close();
  });
  const field = document.querySelector('[data-find]');
  const keys = {
    '?': open,
    '/': () => {
      if (!field) return;
      // A phone has only the button, which leads to a page with the field.
      if (!field.checkVisibility()) return field.form.requestSubmit();
      field.focus();
      field.select();
    },
  };
  document.addEventListener('keydown', event => {
    const act = isKey(event) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
