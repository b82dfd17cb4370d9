import { Component, computed, input } from '@angular/core';
import { faceOf } from './face-of';

/** A person as a disc with initials, beside their name. */
@Component({
  selector: 'app-face',
  template: '',
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      place-items: center;
      width: 2rem;
      height: 2rem;
      border-radius: 50%;
      /* Every hue has a contrast of 4.5 or more: see the test. */
      background: light-dark(hsl(var(--hue) 60% 90%), hsl(var(--hue) 40% 22%));
      color: light-dark(hsl(var(--hue) 70% 25%), hsl(var(--hue) 80% 85%));
      font-size: 0.75rem;
      font-weight: 650;
      line-height: 1;
      user-select: none;
    }

    /* Not as text, which would be a part of the words of an option. */
    :host::before {
      content: attr(data-initials);
    }

    /* In an icon button: the button's box is smaller. */
    :host-context(button) {
      position: absolute;
      inset: 0;
      margin: auto;
    }

    @media (forced-colors: active) {
      :host {
        border: 1px solid;
      }
    }
  `,
  host: { 'aria-hidden': 'true', '[style.--hue]': 'face().hue', '[attr.data-initials]': 'face().initials' },
})
export class Face {
  readonly name = input.required<string>();
  protected readonly face = computed(() => faceOf(this.name()));
}
