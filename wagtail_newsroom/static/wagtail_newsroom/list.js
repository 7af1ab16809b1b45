/* The list of translations: the states of pieces at which a machine works follow by themselves.

   One timer for the page; it asks for nothing while no machine works or nobody looks. */

const INTERVAL = 2000;
const SLOWEST = 30000;
const MOST = 100;

let wait = INTERVAL;
let due = 0;
let isAsking = false;

const active = () => [...document.querySelectorAll('[data-newsroom-live][data-newsroom-active]')];

async function refresh() {
  const place = document.querySelector('[data-newsroom-list-progress]');
  const cells = active().slice(0, MOST);
  if (!place || !cells.length || isAsking || document.hidden || Date.now() < due) return;
  isAsking = true;
  const url = new URL(place.dataset.newsroomListProgress, window.location.href);
  for (const cell of cells) url.searchParams.append('id', cell.dataset.newsroomLive);
  try {
    const answer = await fetch(url, { credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const { cells: shown } = await answer.json();
    for (const cell of cells) {
      const html = shown[cell.dataset.newsroomLive];
      /* Only what changed is touched, and never a link that somebody stands on. */
      if (html && cell.outerHTML !== html && !cell.contains(document.activeElement)) cell.outerHTML = html;
    }
    wait = INTERVAL;
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
  }
  due = Date.now() + wait;
  isAsking = false;
}

setInterval(refresh, INTERVAL);
