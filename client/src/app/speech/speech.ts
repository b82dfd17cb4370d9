import { DOCUMENT, inject, Injectable } from '@angular/core';

/** `assertive` interrupts what is being read; `polite` waits for its end. */
export type Manner = 'polite' | 'assertive';

/** How long a line stays in the page: long enough for every screen reader to have noticed it. */
const KEPT_MS = 7000;

/**
 * The one place from which the page speaks to people who listen: two live regions (WAI-ARIA 1.2, `aria-live`) that are there
 * from the start and to which lines are added, so that none takes another's place before it was read. They are children of
 * the body, since a dialog hides everything else from assistive technology.
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
