import { chooseTheme, readTheme, type Theme } from '#app/platform/theme';
import { Component } from '@angular/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatSelectModule } from '@angular/material/select';

/** Colours of the page in this browser. */
@Component({
  selector: 'app-theme-choice',
  imports: [MatFormFieldModule, MatSelectModule],
  template: `
    <section aria-labelledby="theme">
      <h2 id="theme" i18n="@@settings.theme">Colours</h2>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@settings.theme.label">Colours of this page</mat-label>
        <mat-select [value]="chosen" (valueChange)="choose($event)">
          @for (theme of themes; track theme.value) {
            <mat-option [value]="theme.value">{{ theme.name }}</mat-option>
          }
        </mat-select>
        <mat-hint i18n="@@settings.theme.hint">Only in this browser</mat-hint>
      </mat-form-field>
    </section>
  `,
  styleUrl: './card.scss',
})
export class ThemeChoice {
  protected readonly chosen = readTheme();
  protected readonly themes: { value: Theme; name: string }[] = [
    { value: 'system', name: $localize`:@@settings.theme.system:Same as the system` },
    { value: 'light', name: $localize`:@@settings.theme.light:Light` },
    { value: 'dark', name: $localize`:@@settings.theme.dark:Dark` },
  ];

  protected choose(theme: Theme): void {
    chooseTheme(theme);
  }
}
