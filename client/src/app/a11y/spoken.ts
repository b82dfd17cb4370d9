import { afterEveryRender, Directive, ElementRef, inject, input } from '@angular/core';
import { type Manner, Speech } from './speech';

/** Announces the text of this element whenever it changes. */
@Directive({ selector: '[appSpoken]' })
export class Spoken {
  readonly appSpoken = input<Manner | ''>('');
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #speech = inject(Speech);
  #said = '';

  constructor() {
    afterEveryRender({ read: () => this.#look() });
  }

  #look(): void {
    const text = this.#element.textContent.trim();
    if (text === this.#said) return;
    this.#said = text;
    if (text !== '') this.#speech.say(text, this.appSpoken() || 'polite');
  }
}
