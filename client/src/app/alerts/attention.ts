import { Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent, map, merge, of, startWith, switchMap, timer } from 'rxjs';

/** Without the focus for this long, a page in view is most likely a window that nobody looks at. */
const UNSEEN_AFTER_MS = 2 * 60_000;

/** Whether somebody may be looking at the page. */
@Injectable({ providedIn: 'root' })
export class Attention {
  readonly #isAway = signal(false);

  /** The page is hidden, or has been without the focus for minutes. */
  readonly isAway = this.#isAway.asReadonly();

  constructor() {
    merge(fromEvent(document, 'visibilitychange'), fromEvent(window, 'focus'), fromEvent(window, 'blur'))
      .pipe(
        startWith(null),
        switchMap(() => {
          if (document.visibilityState === 'hidden') return of(true);
          return document.hasFocus()
            ? of(false)
            : timer(UNSEEN_AFTER_MS).pipe(
                map(() => true),
                startWith(false),
              );
        }),
        takeUntilDestroyed(),
      )
      .subscribe((isAway) => this.#isAway.set(isAway));
  }
}
