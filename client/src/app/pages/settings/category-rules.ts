import { Spoken } from '#app/a11y/spoken';
import { attentionName } from '#app/i18n/attention-name';
import { InboxStore } from '#app/inbox/inbox-store';
import { ruleOf, withRule } from '#app/preferences/category-attention';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { type Attention, ATTENTIONS, CATEGORY_MAX } from '@herald/protocol';

/** Rules for the categories seen so far and for those that have one. */
@Component({
  selector: 'app-category-rules',
  imports: [MatButton, MatFormFieldModule, MatInput, Spoken],
  templateUrl: './category-rules.html',
  styleUrls: ['./named-rows.scss', './category-rules.scss'],
})
export class CategoryRules {
  readonly rules = input.required<Record<string, Attention>>();
  /** The server's reason about a category. */
  readonly problem = input.required<string>();
  readonly changed = output<Record<string, Attention>>();
  readonly #inbox = inject(InboxStore);
  protected readonly choices = ATTENTIONS.map((value) => ({ value, label: attentionName(value) }));
  protected readonly max = CATEGORY_MAX;
  /** Categories that the person added; they have no rule yet. */
  readonly #added = signal<readonly string[]>([]);

  protected readonly categories = computed(() => {
    const seen = this.#inbox.loaded().map(({ category }) => category);
    return [...new Set([...seen, ...this.#added(), ...Object.keys(this.rules())])].sort((a, b) => a.localeCompare(b));
  });

  protected ruleOf(category: string): Attention {
    return ruleOf(this.rules(), category);
  }

  protected change(category: string, rule: Attention): void {
    this.changed.emit(withRule(this.rules(), category, rule));
  }

  protected add(name: HTMLInputElement): void {
    const category = name.value.trim();
    if (category === '') return;
    this.#added.update((added) => [...added, category]);
    name.value = '';
  }
}
