import { attentionName } from '#app/i18n/attention-name';
import { Icon } from '#app/icon/icon';
import { ruleOf, withRule } from '#app/preferences/category-attention';
import { PreferencesStore } from '#app/preferences/preferences-store';
import { Component, computed, inject, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { type Attention, ATTENTIONS } from '@herald/protocol';
import { UndoBar } from '#app/undo/undo-bar';

/** Menu for the alerts of the category of the open notification. */
@Component({
  selector: 'app-category-menu',
  imports: [Icon, MatIconButton, MatMenuModule],
  template: `
    <button
      matIconButton
      type="button"
      i18n-ariaLabel="@@categoryMenu.label"
      ariaLabel="Notification settings for {{ category() }}"
      i18n-title="@@categoryMenu.label"
      title="Notification settings for {{ category() }}"
      [matMenuTriggerFor]="menu"
    >
      <app-icon name="bell" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <p class="of" i18n="@@categoryMenu.of">New notifications in <strong>{{ category() }}</strong></p>
      @for (choice of choices; track choice.value) {
        <button mat-menu-item type="button" role="menuitemradio" [attr.aria-checked]="rule() === choice.value" (click)="choose(choice.value)">
          <app-icon matMenuItemIcon name="check" [style.visibility]="rule() === choice.value ? 'visible' : 'hidden'" />
          <span>{{ choice.label }}</span>
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .of {
      padding: 0.5rem 0.75rem;
      color: var(--ink-soft);
      font-size: 0.875rem;
      overflow-wrap: anywhere;
    }
  `,
})
export class CategoryMenu {
  readonly category = input.required<string>();
  readonly #preferences = inject(PreferencesStore);
  readonly #bar = inject(UndoBar);
  protected readonly choices = ATTENTIONS.map((value) => ({ value, label: attentionName(value) }));
  readonly #rules = computed(() => this.#preferences.preferences()?.categories ?? {});
  protected readonly rule = computed(() => ruleOf(this.#rules(), this.category()));

  protected async choose(rule: Attention): Promise<void> {
    const [category, before] = [this.category(), this.rule()];
    if (rule === before || !(await this.#set(category, rule))) return;
    await this.#bar.offer(`${category}: ${attentionName(rule)}`, () => void this.#set(category, before));
  }

  async #set(category: string, rule: Attention): Promise<boolean> {
    try {
      await this.#preferences.changeRules((rules) => withRule(rules, category, rule));
      return true;
    } catch (error) {
      await this.#bar.refuse(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
}
