// Colours change in place: nothing that is being filled in or shown once gets lost. The server only remembers the choice.
const root = document.documentElement;
const scheme = document.querySelector('meta[name="color-scheme"]');
const next = { light: 'dark', dark: 'system', system: 'light' };
const showTheme = theme => {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  scheme.content = theme === 'system' ? 'light dark' : theme;
  for (const words of all('[data-theme-words]')) {
    const button = words.closest('button');
    words.textContent = button.title = words.dataset[theme];
    button.value = next[theme];
  }
  for (const button of all('button[name="theme"][aria-pressed]')) button.setAttribute('aria-pressed', String(button.value === theme));
};
for (const form of all('form')) {
  if (!form.querySelector('button[name="theme"]')) continue;
  form.addEventListener('submit', event => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    showTheme(event.submitter.value);
    // Not followed: the page it leads to would be one that is read.
    fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
  });
}
