import { DOCUMENT, inject, Injectable } from '@angular/core';

/** `assertive` interrupts the current announcement; `polite` waits until it ends. */
export type Politeness = 'polite' | 'assertive';

/** Time for which a line stays in the page, so that every screen reader notices it. */
const KEPT_MS = 7000;

/**
 * The only source of the page's announcements to screen readers: two live regions (WAI-ARIA 1.2, `aria-live`) that
 * exist from the start. Lines are appended, so that none replaces another before it was read. The regions are children
 * of the body, since a dialog hides everything else from assistive technology.
 */
@Injectable({ providedIn: 'root' })
export class LiveRegion {
  readonly #document = inject(DOCUMENT);
  readonly #regions: Readonly<Record<Politeness, HTMLElement>> = {
    polite: this.#region('polite'),
    assertive: this.#region('assertive'),
  };

  announce(text: string, politeness: Politeness = 'polite'): void {
    const line = this.#document.createElement('p');
    line.textContent = text;
    this.#regions[politeness].append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }

  #region(politeness: Politeness): HTMLElement {
    const region = this.#document.createElement('div');
    region.className = 'visually-hidden';
    region.setAttribute('aria-live', politeness);
    region.setAttribute('aria-relevant', 'additions');
    this.#document.body.append(region);
    return region;
  }
}
