import { Shortcuts } from '#app/preferences/shortcuts';
import { Component, inject } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';

/** Turns shortcuts of one key on and off in this browser. */
@Component({
  selector: 'app-shortcuts-choice',
  imports: [MatSlideToggle],
  template: `
    <section aria-labelledby="keyboard">
      <h2 id="keyboard" i18n="@@settings.keyboard">Keyboard</h2>
      <mat-slide-toggle aria-describedby="keyboard-hint" [checked]="shortcuts.isOn()" (change)="shortcuts.turn($event.checked)">
        <span class="switch" i18n="@@settings.shortcuts">Single-key shortcuts in the inbox</span>
      </mat-slide-toggle>
      <p id="keyboard-hint" class="hint" i18n="@@settings.shortcuts.hint">Turn them off if you type by voice. Only in this browser, until you sign out.</p>
    </section>
  `,
  styleUrl: './card.scss',
})
export class ShortcutsChoice {
  protected readonly shortcuts = inject(Shortcuts);
}
