// What the panel does better with a script. Everything works without it.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  for (const element of all('[data-script]')) element.hidden = false;

  // The badge: the number that waits, live. The browser reconnects after a broken line by itself, but not after an error answer.
  const events = document.body.dataset.events;
  const title = document.title.replace(/^\(\d+\) /, '');
  const showPending = count => {
    document.title = count > 0 ? `(${count}) ${title}` : title;
    for (const badge of all('[data-pending]')) {
      badge.hidden = count === 0;
      badge.firstChild.textContent = String(count);
    }
    for (const number of all('[data-pending-number]')) number.textContent = String(count);
    for (const news of all('[data-pending-news]')) {
      if (String(count) !== news.dataset.pendingNews) news.hidden = false;
    }
  };
  let stream = null;
  const listen = pause => {
    stream?.close();
    const source = stream = new EventSource(events);
    source.addEventListener('count', event => {
      pause = 2000;
      showPending(Number(event.data));
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED && source === stream) setTimeout(() => { if (source === stream) listen(Math.min(pause * 2, 60000)); }, pause);
    };
  };
  if (events && 'EventSource' in window) {
    // Only what is looked at listens: browsers hold few connections to one host, and many tabs would use them up.
    const follow = () => {
      if (document.visibilityState === 'visible') listen(2000);
      else { stream?.close(); stream = null; }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    addEventListener('pagehide', () => { stream?.close(); stream = null; });
    addEventListener('pageshow', event => { if (event.persisted) follow(); });
  }

  // Questions before what cannot be undone.
  const ask = (question, button) => new Promise(resolve => {
    const dialog = document.createElement('dialog');
    const text = document.createElement('p');
    text.id = 'question';
    text.textContent = question;
    const actions = document.createElement('div');
    actions.className = 'actions';
    const yes = document.createElement('button');
    yes.className = 'primary';
    yes.textContent = button.innerText.trim().split('\n')[0] || 'Continue';
    const no = document.createElement('button');
    no.textContent = 'Cancel';
    actions.append(yes, no);
    dialog.append(text, actions);
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
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = text; }, 2000);
    });
  }
  for (const field of all('[data-select]')) field.addEventListener('focus', () => field.select());

  // Passwords: show, make one, and say how long it is so far.
  const reveal = (field, shown) => {
    field.type = shown ? 'text' : 'password';
    for (const button of all(`[data-reveal="${field.id}"]`)) {
      button.textContent = shown ? 'Hide' : 'Show';
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
      say.textContent = length === 0 ? ''
        : length < least ? `${length} of at least ${least} characters.`
        : different < 6 ? 'Long enough, but with few different characters it is easy to guess.'
        : length < least + 6 ? 'Long enough.'
        : 'Long and hard to guess.';
    });
  }

  // Choosing all rows of a page.
  for (const button of all('[data-choose-all]')) {
    button.addEventListener('click', () => {
      const boxes = all(`input[type="checkbox"][form="${button.dataset.chooseAll}"]`);
      const choose = boxes.some(box => !box.checked);
      for (const box of boxes) box.checked = choose;
    });
  }
})();
