import { Component, computed, effect, inject, input, SecurityContext, signal } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import type { Notification } from '@herald/protocol';
import { emojiOf } from './emoji';

/** Fields of a notification that its body shows. */
export type BodyOf = Pick<Notification, 'message' | 'markdown' | 'tags'>;

/** Message of a notification, as text or Markdown, and its tags. Markdown that can't be formatted appears as text. */
@Component({
  selector: 'app-notification-body',
  template: `
    @if (html() !== null) {
      <!-- Angular's sanitizer looks at it once more. -->
      <div class="message formatted" dir="auto" [innerHTML]="html()"></div>
    } @else {
      <p class="message" dir="auto">{{ body().message }}</p>
    }
    @if (tags().length > 0) {
      <ul class="tags" i18n-aria-label="@@body.tags" aria-label="Tags">
        @for (tag of tags(); track tag.word) {
          <li>
            @if (tag.emoji) {
              <span role="img" [attr.aria-label]="tag.word.replaceAll('_', ' ')" [title]="tag.word">{{ tag.emoji }}</span>
            } @else {
              {{ tag.word }}
            }
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './notification-body.scss',
})
export class NotificationBody {
  readonly body = input.required<BodyOf>();

  readonly #sanitizer = inject(DomSanitizer);
  readonly #toHtml = signal<((text: string) => string) | null>(null);
  protected readonly html = computed(() =>
    this.body().markdown === true ? this.#formatted(this.body().message) : null,
  );
  protected readonly tags = computed(() => (this.body().tags ?? []).map((word) => ({ word, emoji: emojiOf(word) })));

  constructor() {
    effect(() => {
      // Shows text until the formatter has loaded, and for good if loading fails.
      if (this.body().markdown === true)
        import('./markdown').then(
          ({ toHtml }) => this.#toHtml.set(toHtml),
          () => undefined,
        );
    });
  }

  /**
   * Null on failure. Errors, the sanitizer's included, are caught here: in a template they would stop the rendering of
   * the whole page and leave parts of the previous notification.
   */
  #formatted(text: string): string | null {
    try {
      const html = this.#toHtml()?.(text) ?? null;
      return html === null ? null : this.#sanitizer.sanitize(SecurityContext.HTML, html);
    } catch {
      return null;
    }
  }
}
