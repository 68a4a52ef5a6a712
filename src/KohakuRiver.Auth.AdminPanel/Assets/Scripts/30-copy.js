// Copying.
for (const button of all('[data-copy-value]')) {
  const text = button.textContent;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copyValue);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      document.execCommand('copy');
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = text; }, 2000);
  });
}
for (const field of all('[data-select]')) field.addEventListener('focus', () => field.select());
