import { afterEveryRender, Directive, ElementRef, inject, input } from '@angular/core';
import { LiveRegion, type Politeness } from './live-region';

/** Announces the text of this element whenever it changes. */
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
    const text = this.#element.textContent.trim();
    if (text === this.#said) return;
    this.#said = text;
    if (text !== '') this.#liveRegion.announce(text, this.appSpoken() || 'polite');
  }
}
