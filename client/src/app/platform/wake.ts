import { filter, fromEvent, interval, map, merge, type Observable, pairwise, startWith } from 'rxjs';

const TICK_MS = 1000;
/** A visible page whose timer is this late was asleep. Browsers slow the timers of hidden pages. */
const ASLEEP_MS = 5000;

/** The network came back, or the page was brought to the front or woke from sleep. */
export function wakeUps(): Observable<unknown> {
  const visible = fromEvent(document, 'visibilitychange').pipe(filter(isVisible));
  // `resume` and `pageshow`: a frozen page goes on, and one comes back from the browser's cache of pages.
  const resumed = merge(fromEvent(document, 'resume'), fromEvent(window, 'pageshow'));
  return merge(fromEvent(window, 'online'), visible, resumed, awoken());
}

/** No event tells that the computer slept while the page stayed in view; the clock does. */
function awoken(): Observable<unknown> {
  return interval(TICK_MS).pipe(
    startWith(null),
    map(() => ({ at: Date.now(), isVisible: isVisible() })),
    pairwise(),
    filter(([before, now]) => before.isVisible && now.isVisible && now.at - before.at > TICK_MS + ASLEEP_MS),
  );
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
