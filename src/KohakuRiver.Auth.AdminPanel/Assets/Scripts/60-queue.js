// The queue: a decision is sent without leaving the page. Its row stays where it is and says what became of it.
const said = document.querySelector('[data-said]');
const queue = document.querySelector('[data-queue]');
const show = line => {
  said?.replaceChildren(line);
  // What went well is also said by the row itself, so it need not stand in the way for long.
  if (line.classList.contains('good')) setTimeout(() => line.remove(), 12000);
};
const say = (text, kind) => {
  const flash = document.createElement('p');
  flash.className = `flash ${kind}`;
  flash.textContent = text;
  show(flash);
};

// A click on what appeared this very moment was meant for what stood there before.
const calm = 700;
let changed = performance.now();
addEventListener('pageshow', () => { changed = performance.now(); });
document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-kind^="decide"] button');
  if (!button || event.timeStamp - changed >= calm) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(said?.dataset.early, 'warn');
}, true);
// Nor is a key that is held down a decision about one row after the other.
document.addEventListener('keydown', event => {
  if (event.repeat && event.target.closest?.('[data-kind^="decide"] button')) event.preventDefault();
}, true);

const rows = () => all('[data-row]', queue ?? document.createElement('i'));
const approveOf = row => row?.querySelector('[data-kind="decide"] button[value="approve"]');
const waiting = () => rows().filter(approveOf);
const here = () => document.activeElement?.closest('[data-row]');
let byKey = false;
addEventListener('keydown', () => { byKey = true; }, true);
addEventListener('pointerdown', () => { byKey = false; }, true);
const go = element => {
  element.focus({ preventScroll: !byKey });
  if (byKey) element.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
};

// Takes over the rows that differ. They keep their height, so that nothing below them moves.
const takeOver = (page, row) => {
  for (const old of rows()) {
    const now = page.getElementById(old.id);
    if (!now || (now.dataset.state === old.dataset.state && old !== row)) continue;
    const height = old.getBoundingClientRect().height;
    old.replaceWith(now);
    now.style[getComputedStyle(now).display === 'table-row' ? 'height' : 'minHeight'] = `${height}px`;
    for (const element of all('[data-script]', now)) element.hidden = false;
    document.dispatchEvent(new CustomEvent('panel:shown', { detail: now }));
  }
  const news = queue.querySelector('[data-pending-news]');
  news.dataset.pendingNews = page.querySelector('[data-pending-news]').dataset.pendingNews;
  news.hidden = page.querySelector('[data-queue]').dataset.total === queue.dataset.total;
  changed = performance.now();
};
addEventListener('resize', () => { for (const row of rows()) row.style.height = row.style.minHeight = ''; });

const send = async (form, button) => {
  if (queue.dataset.sending) {
    say(said.dataset.busy, 'warn');
    return;
  }
  const row = form.closest('[data-row]');
  const next = row && (waiting().find(other => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
    ?? waiting().findLast(other => other !== row))?.id;
  queue.dataset.sending = 'yes';
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, button)) });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.querySelector('[data-queue]')) {
      // A session that has ended leads to the login page, and from there back here: with what was typed, where the login can carry it.
      if (answer.status === 401) {
        form.dataset.plain = form.dataset.sure = 'yes';
        form.requestSubmit(button);
      } else if (answer.ok) location.reload();
      else say(page.querySelector('main p')?.textContent ?? said.dataset.lost, 'bad');
      return;
    }
    takeOver(page, row);
    const message = page.querySelector('main > .flash[role="status"]');
    if (message) show(message);
    else if (!row) say(page.querySelector('#bulk .error, #bulk .flash')?.textContent ?? said.dataset.lost, 'bad');
    const fault = document.querySelector('[data-row] [aria-invalid="true"]');
    const focus = fault ?? approveOf(document.getElementById(next)) ?? queue.querySelector('[data-choose-all], [data-after]');
    if (focus && (!document.activeElement || document.activeElement === document.body || fault)) go(focus);
  } catch {
    say(said.dataset.lost, 'bad');
  } finally {
    delete queue.dataset.sending;
  }
};
if (queue) {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.kind !== 'decide' || form.dataset.plain || !event.submitter) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  const move = step => {
    const list = waiting();
    const at = here();
    const next = at ? step > 0
      ? list.find(row => at.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING)
      : list.findLast(row => at.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING)
      : list.find(row => row.getBoundingClientRect().bottom > 0) ?? list[0];
    if (next) go(approveOf(next));
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    a: () => approveOf(here())?.click(),
    r: () => {
      const details = here()?.querySelector('[data-kind="decide"] details');
      if (!details) return;
      details.open = true;
      details.querySelector('textarea').focus();
    },
  };
  document.addEventListener('keydown', event => {
    const details = event.target.closest('[data-kind="decide"] details');
    if (event.key === 'Escape' && details && types(event.target)) {
      details.open = false;
      details.querySelector('summary').focus();
      return;
    }
    const act = isKey(event) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
