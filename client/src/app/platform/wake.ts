import { filter, fromEvent, merge, type Observable } from 'rxjs';

/** The network came back, or the tab was brought to the front or woke from sleep. */
export function wakeUps(): Observable<unknown> {
  const visible = fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible'));
  return merge(fromEvent(window, 'online'), visible);
}
