// Leaving only those of a long list whose text has what is typed; what is ticked stays.
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
for (const field of all('[data-filter]')) {
  const rows = all('label', document.getElementById(field.dataset.filter));
  field.addEventListener('input', () => {
    const wanted = plain(field.value.trim());
    for (const row of rows) row.hidden = !plain(row.textContent).includes(wanted) && !row.querySelector('input').checked;
  });
  field.addEventListener('keydown', event => { if (event.key === 'Enter') event.preventDefault(); });
}
// Copying several fields, each with its label.
for (const button of all('[data-copy-all]')) {
  const text = button.textContent;
  button.addEventListener('click', async () => {
    const fields = button.dataset.copyAll.split(' ').map(id => document.getElementById(id));
    try {
      await navigator.clipboard.writeText(fields.map(field => `${field.labels[0].textContent}: ${field.value}`).join('\n'));
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = text; }, 2000);
    } catch { fields.at(-1).select(); }
  });
}
