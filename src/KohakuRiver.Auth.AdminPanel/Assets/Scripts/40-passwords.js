// Passwords: show, make one, and say how long it is so far.
for (const button of all('[data-reveal]')) button.dataset.show = button.textContent;
const reveal = (field, shown) => {
  field.type = shown ? 'text' : 'password';
  for (const button of all(`[data-reveal="${field.id}"]`)) {
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute('aria-pressed', String(shown));
  }
};
for (const button of all('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal);
  button.addEventListener('click', () => reveal(field, field.type === 'password'));
  field.form.addEventListener('submit', () => reveal(field, false));
}
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
for (const button of all('[data-generate]')) {
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.generate);
    // 32 letters, so each byte gives five whole bits: 24 letters are 120 bits.
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    field.value = [...bytes].map((byte, i) => (i && i % 6 === 0 ? '-' : '') + letters[byte % 32]).join('');
    reveal(field, true);
    field.dispatchEvent(new Event('input'));
  });
}
for (const field of all('[data-strength]')) {
  const say = document.querySelector(`[data-strength-of="${field.id}"]`);
  const least = Number(field.dataset.strength);
  field.addEventListener('input', () => {
    const length = [...field.value.normalize('NFC')].length;
    const different = new Set(field.value).size;
    const { short, few, enough, good } = say.dataset;
    say.textContent = length === 0 ? ''
      : length < least ? short.replace('{0}', length)
      : different < 6 ? few
      : length < least + 6 ? enough
      : good;
  });
}
