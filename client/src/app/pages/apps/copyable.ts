import { LiveRegion } from '#app/a11y/live-region';
import { Clipboard } from '@angular/cdk/clipboard';
import { Component, inject, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';

/** A text to paste elsewhere, with a button that copies it. */
@Component({
  selector: 'app-copyable',
  imports: [MatButton],
  template: `
    <code>{{ text() }}</code>
    <button matButton type="button" i18n-ariaLabel="@@copyable.copyOne" ariaLabel="Copy: {{ label() }}" (click)="copy()">
      @if (outcome() === 'copied') {
        <span i18n="@@copyable.copied">Copied</span>
      } @else {
        <span i18n="@@copyable.copy">Copy</span>
      }
    </button>
    @if (outcome() === 'failed') {
      <p>{{ failed }}</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0 0.5rem;
      padding: 0.25rem 0.25rem 0.25rem 0.75rem;
      border: 1px solid var(--line);
      border-radius: 8px;
      background: var(--paper);
    }

    code {
      /* A long text leaves the line to itself. */
      flex: 1 1 auto;
      min-width: 0;
      padding: 0.375rem 0;
      font-size: 0.8125rem;
      line-height: 1.5;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      user-select: all;
    }

    button {
      margin-inline-start: auto;
    }

    p {
      width: 100%;
      padding-bottom: 0.25rem;
      font-size: 0.875rem;
    }
  `,
})
export class Copyable {
  /** Names the text to a screen reader. */
  readonly label = input.required<string>();
  readonly text = input.required<string>();
  readonly #clipboard = inject(Clipboard);
  readonly #liveRegion = inject(LiveRegion);
  protected readonly failed = $localize`:@@copyable.failed:Your browser doesn’t let the page copy. Select the text and copy it yourself.`;
  protected readonly outcome = linkedSignal<string, 'copied' | 'failed' | null>({
    source: this.text,
    computation: () => null,
  });

  protected copy(): void {
    const isCopied = this.#clipboard.copy(this.text());
    this.outcome.set(isCopied ? 'copied' : 'failed');
    this.#liveRegion.announce(isCopied ? $localize`:@@copyable.done:Copied: ${this.label()}:label:` : this.failed);
  }
}
