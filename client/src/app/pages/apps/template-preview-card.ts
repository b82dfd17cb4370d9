import { PriorityName } from '#app/i18n/priority-name';
import { type BodyOf, NotificationBody } from '#app/notification/notification-body';
import { Component, computed, input } from '@angular/core';
import type { TemplatePreview } from '@herald/protocol';

/** The notification that a template makes, and what of it did not fit. */
@Component({
  selector: 'app-template-preview-card',
  imports: [NotificationBody, PriorityName],
  template: `
    <p class="facts"><span class="priority" [class.high]="preview().priority === 'high'">{{ preview().priority | priorityName }}</span> · {{ preview().category }}</p>
    <p class="title" dir="auto">{{ preview().title }}</p>
    <app-notification-body [body]="body()" />
    @if (preview().url; as url) {
      <p class="facts" i18n="@@template.preview.link">Link: {{ url }}</p>
    }
    @if (preview().key; as key) {
      <p class="facts" i18n="@@template.preview.key">Replaces the earlier notification with the key {{ key }}</p>
    }
    @if (cut(); as names) {
      <p class="facts loss" i18n="@@template.preview.cut">Cut off by a limit: {{ names }}</p>
    }
    @if (dropped(); as names) {
      <p class="facts loss" i18n="@@template.preview.dropped">Not valid, so it is left out: {{ names }}</p>
    }
  `,
  styles: `
    .title {
      font-weight: 650;
      overflow-wrap: anywhere;
    }

    .facts {
      color: var(--ink-soft);
      font-size: 0.8125rem;
      overflow-wrap: anywhere;
    }

    .priority {
      display: inline-block;
    }

    .priority::first-letter {
      text-transform: uppercase;
    }

    .high,
    .loss {
      color: var(--high);
    }
  `,
})
export class TemplatePreviewCard {
  readonly preview = input.required<TemplatePreview>();
  protected readonly body = computed((): BodyOf => {
    const { message, tags, markdown } = this.preview();
    return { message, ...(tags && { tags }), ...(markdown && { markdown }) };
  });
  protected readonly cut = computed(() => this.#names('cut'));
  protected readonly dropped = computed(() => this.#names('dropped'));

  /** Names of parts of a notification, as the editor has them. */
  #names(change: 'cut' | 'dropped'): string {
    const names = (this.preview().data?.[change] ?? []) as readonly string[];
    return names.map(nameOf).join(', ');
  }
}

function nameOf(part: string): string {
  switch (part) {
    case 'title':
      return $localize`:@@compose.title:Title`;
    case 'message':
      return $localize`:@@compose.message:Message`;
    case 'priority':
      return $localize`:@@compose.priority:Priority`;
    case 'tags':
      return $localize`:@@apps.tags:Tags`;
    case 'url':
      return $localize`:@@template.link:Link`;
    case 'key':
      return $localize`:@@options.key:Key`;
    default:
      return part;
  }
}
