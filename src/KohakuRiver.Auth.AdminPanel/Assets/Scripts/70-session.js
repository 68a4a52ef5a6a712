// Before the session ends: a word two minutes earlier, and a way to stay. All tabs of a session know when one of them was used.
const session = document.querySelector('[data-session]');

// Nothing of a session outlives it in the browser, whose storage is the whole host's: neither when it was used last nor the rows that were chosen.
const forget = (storage, but) => {
  for (const name of Object.keys(storage)) if (/^kohakuriver-(session-|chosen:)/.test(name) && name !== but) storage.removeItem(name);
};
if (!session) {
  try {
    forget(localStorage);
    forget(sessionStorage);
  } catch { /* Without storage there is nothing to forget. */ }
}
if (session) {
  const key = `kohakuriver-session-${session.dataset.session}`;
  const idle = Number(session.dataset.sessionIdle) * 1000;
  const last = Date.now() + Number(session.dataset.sessionLeft) * 1000;
  const warning = 120000;
  let own = 0;
  let timer = 0;
  let closed = '';
  const seen = () => {
    own = Date.now();
    try {
      forget(localStorage, key);
      localStorage.setItem(key, String(own));
    } catch { /* Without storage each tab knows of itself. */ }
  };
  const used = () => {
    try { return Math.max(own, Math.min(Number(localStorage.getItem(key)), Date.now())); } catch { return own; }
  };
  const say = what => {
    for (const text of all('[data-session-says]', session)) text.hidden = text.dataset.sessionSays !== what;
    session.querySelector('form').hidden = what !== 'idle';
    session.hidden = what === '' || what === closed;
  };
  const look = () => {
    clearTimeout(timer);
    const idleEnd = idle > 0 ? used() + idle : Infinity;
    const end = Math.min(last, idleEnd);
    const left = end - Date.now();
    say(left <= 0 ? 'over' : left > warning ? '' : idleEnd < last ? 'idle' : 'end');
    // Timers hold no more than 24 days; looking sooner does no harm.
    if (left > 0) timer = setTimeout(look, Math.min(left > warning ? left - warning : left, 3600000));
  };
  session.querySelector('form').addEventListener('submit', async event => {
    event.preventDefault();
    const form = event.target;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
      if (answer.status !== 204) {
        clearTimeout(timer);
        say('over');
        return;
      }
      seen();
    } catch { /* No answer at all: what is said stays. */ }
    look();
  });
  session.querySelector('[data-session-close]').addEventListener('click', () => {
    closed = all('[data-session-says]', session).find(text => !text.hidden)?.dataset.sessionSays ?? '';
    look();
  });
  addEventListener('storage', event => {
    if (event.key !== key) return;
    // Another tab has seen the end of the session.
    if (event.newValue === null) try { forget(sessionStorage); } catch { /* See above. */ }
    look();
  });
  document.addEventListener('visibilitychange', look);
  seen();
  look();
}
// After a login the form that waited is asked for at once.
document.querySelector('form[data-return]')?.requestSubmit();
