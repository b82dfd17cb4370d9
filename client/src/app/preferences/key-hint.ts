import { computed, Directive, inject, input } from '@angular/core';
import { Shortcuts } from './shortcuts';

/** Names the key of a button in its tooltip, while shortcuts are on. */
@Directive({ selector: '[appKeyHint]', host: { '[attr.title]': 'words()' } })
export class KeyHint {
  readonly key = input.required<string>({ alias: 'appKeyHint' });
  readonly title = input.required<string>();
  readonly #shortcuts = inject(Shortcuts);
  protected readonly words = computed(() =>
    this.#shortcuts.isOn() ? `${this.title()} (${this.key()})` : this.title(),
  );
}
