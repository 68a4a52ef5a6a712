// The menu of a row closes with Escape, and when something else is pressed.
const openMenu = () => document.querySelector('.row-menu[open]');
document.addEventListener('keydown', event => {
  const menu = event.key === 'Escape' && !document.querySelector('dialog[open]') && openMenu();
  if (!menu) return;
  const within = menu.contains(document.activeElement);
  menu.open = false;
  if (within) menu.querySelector('summary').focus();
});
document.addEventListener('click', event => {
  const menu = openMenu();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
