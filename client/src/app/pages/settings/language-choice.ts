import { readChoice, storeChoice } from '#app/i18n/stored-language';
import { LANGUAGES } from '#app/i18n/languages';
import { Component, DOCUMENT, inject } from '@angular/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatSelectModule } from '@angular/material/select';

/** Language of the page in this browser. Rendered texts don't change, so a new choice reloads the page. */
@Component({
  selector: 'app-language-choice',
  imports: [MatFormFieldModule, MatSelectModule],
  template: `
    <section aria-labelledby="language">
      <h2 id="language" i18n="@@settings.language">Language</h2>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@settings.language.label">Language of this page</mat-label>
        <mat-select [value]="chosen" (valueChange)="choose($event)">
          <mat-option value="" i18n="@@settings.language.browser">Same as the browser</mat-option>
          @for (language of languages; track language.id) {
            <mat-option [value]="language.id"><span [lang]="language.id">{{ language.name }}</span></mat-option>
          }
        </mat-select>
        <mat-hint i18n="@@settings.language.hint">Only in this browser. The page reloads</mat-hint>
      </mat-form-field>
    </section>
  `,
  styleUrl: './card.scss',
})
export class LanguageChoice {
  readonly #document = inject(DOCUMENT);
  protected readonly chosen = readChoice();
  protected readonly languages = Object.entries(LANGUAGES).map(([id, { name }]) => ({ id, name }));

  protected choose(language: string): void {
    storeChoice(language);
    this.#document.location.reload();
  }
}
