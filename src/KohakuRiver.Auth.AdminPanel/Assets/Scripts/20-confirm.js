// Questions before what cannot be undone.
for (const form of all('form[data-confirm]')) {
  form.addEventListener('submit', async event => {
    const button = event.submitter ?? form.querySelector('button');
    if (form.dataset.sure || !form.dataset.confirm) return;
    event.preventDefault();
    if (await ask(form.dataset.confirm, button)) {
      form.dataset.sure = 'yes';
      form.requestSubmit(button);
    }
  });
}
