import { Count } from '#app/i18n/count';
import { CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, effect, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { InboxItem } from '@herald/client/inbox';

/** Button that counts the arrivals above while the list is scrolled down, and leads to them. */
@Component({
  selector: 'app-new-above',
  imports: [Count, MatButton],
  template: `
    @if (count() > 0) {
      <button matButton="filled" type="button" (click)="go.emit()" i18n="@@list.newAbove">{count(), plural, other {{{ count() | count }} new}}</button>
    }
  `,
  styles: `
    button {
      position: absolute;
      z-index: 2;
      inset-block-start: 0.5rem;
      inset-inline: 0;
      width: fit-content;
      margin-inline: auto;
      box-shadow: var(--shadow);
    }
  `,
})
export class NewAbove {
  /** Newest first. */
  readonly items = input.required<readonly InboxItem[]>();
  readonly viewport = input.required<CdkVirtualScrollViewport>();
  readonly go = output();
  readonly #isAtTop = signal(true);
  /** Id of the newest item last seen at the top. If that item has left the list, as in another view, the newest one now. */
  readonly #seen = linkedSignal<{ items: readonly InboxItem[]; isAtTop: boolean }, string>({
    source: () => ({ items: this.items(), isAtTop: this.#isAtTop() }),
    computation: ({ items, isAtTop }, before) => {
      const isKept = !isAtTop && before !== undefined && items.some(({ id }) => id === before.value);
      return isKept ? before.value : (items[0]?.id ?? '');
    },
  });
  protected readonly count = computed(() =>
    Math.max(
      0,
      this.items().findIndex(({ id }) => id === this.#seen()),
    ),
  );

  constructor() {
    effect((onCleanup) => {
      const viewport = this.viewport();
      const scrolled = viewport
        .elementScrolled()
        .subscribe(() => this.#isAtTop.set(viewport.measureScrollOffset() <= 0));
      onCleanup(() => scrolled.unsubscribe());
    });
  }
}
