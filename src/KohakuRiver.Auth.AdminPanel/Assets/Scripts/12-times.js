// Times in the reader's zone, and days as the reader means them. The texts are the browser's own, in the language of the page.
const language = document.documentElement.lang;
const zone = new Intl.DateTimeFormat(language).resolvedOptions().timeZone;
// Distances count from the server's clock, as it was when the page was made.
const skew = Date.parse(document.body.dataset.now) - Date.now();
const now = () => Date.now() + (Math.abs(skew) > 60000 ? skew : 0);

const day = { year: 'numeric', month: 'short', day: 'numeric' };
const { year, ...dayOfThisYear } = day;
const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const format = parts => new Intl.DateTimeFormat(language, parts);
const formats = {
  near: format({ ...dayOfThisYear, ...minute }),
  far: format({ ...day, ...minute }),
  nearSecond: format({ ...dayOfThisYear, ...minute, second: '2-digit' }),
  farSecond: format({ ...day, ...minute, second: '2-digit' }),
  full: format({ weekday: 'short', ...day, ...minute, second: '2-digit', timeZoneName: 'short' }),
};
const distance = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });

// Near times are read by their distance, others by their date.
const relative = seconds => {
  const size = Math.abs(seconds);
  if (size < 45) return distance.format(0, 'second');
  if (size < 3570) return distance.format(Math.round(seconds / 60), 'minute');
  return size < 86400 ? distance.format(Math.round(seconds / 3600), 'hour') : null;
};
// How long something has been waiting, under a word that says so.
const age = seconds => {
  const minutes = Math.round(-seconds / 60);
  if (minutes < 1) return relative(0);
  const [number, unit] = minutes < 60 ? [minutes, 'minute']
    : minutes < 1440 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(number);
};
const showTime = element => {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const as = element.dataset.as;
  const isThisYear = at.getFullYear() === new Date(now()).getFullYear();
  const seconds = (at - now()) / 1000;
  const text = (as === 'age' ? age(seconds) : as ? null : relative(seconds))
    ?? formats[(isThisYear ? 'near' : 'far') + (as === 'seconds' ? 'Second' : '')].format(at);
  if (element.textContent !== text) element.textContent = text;
  element.title = `${formats.full.format(at)} (${zone}) · ${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};
const showTimes = (root = document) => {
  for (const element of all('time[datetime]', root)) showTime(element);
};
showTimes();
for (const note of all('[data-zone]')) note.textContent = note.dataset.zone.replace('{0}', zone.replaceAll('_', ' '));
for (const note of all('[data-utc]')) note.remove();
setInterval(() => { if (document.visibilityState === 'visible') showTimes(); }, 60000);
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') showTimes(); });
// Rows that come later are shown like the others.
new MutationObserver(changes => {
  for (const node of changes.flatMap(change => [...change.addedNodes])) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    if (node.matches('time[datetime]')) showTime(node);
    else showTimes(node);
  }
}).observe(document.body, { childList: true, subtree: true });

// A day is sent with the distance of the reader's clock from UTC at the midnight that begins or ends it.
const offsetAt = (text, isEnd) => {
  const [y, m, d] = text.split('-').map(Number);
  const edge = [y, m - 1, isEnd ? d + 1 : d];
  return Math.round((Date.UTC(...edge) - new Date(...edge)) / 60000);
};
for (const offset of all('[data-day-of]')) {
  const field = document.getElementById(offset.dataset.dayOf);
  offset.form.addEventListener('submit', () => {
    offset.value = field.value ? String(offsetAt(field.value, offset.dataset.edge === 'end')) : '';
  });
}
