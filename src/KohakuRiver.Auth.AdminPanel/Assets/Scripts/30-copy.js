// Copying.
for (const button of all('[data-copy-value]')) {
  const words = button.querySelector('span') ?? button;
  const text = words.textContent;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copyValue);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      document.execCommand('copy');
    }
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = text; }, 2000);
  });
}
for (const field of all('[data-select]')) field.addEventListener('focus', () => field.select());
