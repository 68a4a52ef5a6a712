// The badge: the number that waits, live. The browser reconnects after a broken line by itself, but not after an error answer.
const events = document.body.dataset.events;
const title = document.title.replace(/^\(\d+\) /, '');
const showPending = count => {
  document.title = count > 0 ? `(${count}) ${title}` : title;
  for (const badge of all('[data-pending], [data-pending-menu]')) {
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
