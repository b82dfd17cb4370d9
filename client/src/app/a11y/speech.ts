import { DOCUMENT, inject, Injectable } from '@angular/core';

/** `assertive` interrupts the current announcement; `polite` waits for its end. */
export type Manner = 'polite' | 'assertive';

/** Time for which a line stays in the page: long enough for every screen reader to notice it. */
const KEPT_MS = 7000;

/**
 * The only source of the page's announcements to screen readers: two live regions (WAI-ARIA 1.2, `aria-live`) that
 * exist from the start. Lines are appended, so that none replaces another before it was read. The regions are children
 * of the body, since a dialog hides everything else from assistive technology.
 */
@Injectable({ providedIn: 'root' })
export class Speech {
  readonly #document = inject(DOCUMENT);
  readonly #regions: Readonly<Record<Manner, HTMLElement>> = {
    polite: this.#region('polite'),
    assertive: this.#region('assertive'),
  };

  say(text: string, manner: Manner = 'polite'): void {
    const line = this.#document.createElement('p');
    line.textContent = text;
    this.#regions[manner].append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }

  #region(manner: Manner): HTMLElement {
    const region = this.#document.createElement('div');
    region.className = 'visually-hidden';
    region.setAttribute('aria-live', manner);
    region.setAttribute('aria-relevant', 'additions');
    this.#document.body.append(region);
    return region;
  }
}
