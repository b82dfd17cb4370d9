import { afterEveryRender, Directive, ElementRef, inject, input } from '@angular/core';
import { LiveRegion, type Politeness } from './live-region';

/** Headings and paragraphs. Other elements inside of them are inline. */
const BLOCKS = 'h1, h2, h3, p';

/**
 * Announces the text of this element whenever it changes: of its headings and paragraphs, if it has any, and not of its
 * buttons. A screen reader reads by itself what has the focus, so that is not announced.
 */
@Directive({ selector: '[appSpoken]' })
export class Spoken {
  readonly appSpoken = input<Politeness | ''>('');
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #liveRegion = inject(LiveRegion);
  #said = '';

  constructor() {
    afterEveryRender({ read: () => this.#look() });
  }

  #look(): void {
    const inside = [...this.#element.querySelectorAll(BLOCKS)];
    const blocks = inside.length > 0 ? inside : [this.#element];
    const text = blocks
      .map(({ textContent }) => textContent.trim())
      .join(' ')
      .trim();
    if (text === this.#said) return;
    this.#said = text;
    const isFocused = blocks.some((block) => block === document.activeElement);
    if (text !== '' && !isFocused) this.#liveRegion.announce(text, this.appSpoken() || 'polite');
  }
}
