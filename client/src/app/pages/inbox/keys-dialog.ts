import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';

/** The keyboard shortcuts of the inbox. */
@Component({
  selector: 'app-keys-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title i18n="@@keys.heading">Keyboard shortcuts</h2>
    <mat-dialog-content>
      <dl>
        @for (key of keys; track key[0]) {
          <div>
            <dt>
              <kbd>{{ key[0] }}</kbd>
            </dt>
            <dd>{{ key[1] }}</dd>
          </div>
        }
      </dl>
      <p i18n="@@keys.off">You can turn off the single-key shortcuts in Settings.</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton type="button" mat-dialog-close i18n="@@keys.close">Close</button></mat-dialog-actions>
  `,
  styles: `
    dl {
      margin: 0;
    }

    p {
      margin-top: 0.75rem;
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    dl > div {
      display: grid;
      grid-template-columns: 5.5rem 1fr;
      padding: 0.25rem 0;
    }

    dd {
      margin: 0;
    }

    kbd {
      padding: 0.125rem 0.5rem;
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--paper);
      color: var(--ink);
      font: inherit;
      font-size: 0.8125rem;
    }
  `,
})
export class KeysDialog {
  protected readonly keys = [
    ['j', $localize`:@@keys.next:Next`],
    ['k', $localize`:@@keys.previous:Previous`],
    [$localize`:@@keys.enter:Enter`, $localize`:@@keys.open:Open`],
    ['Esc', $localize`:@@keys.leave:Close, or clear the selection`],
    ['e', $localize`:@@keys.archive:Archive, or move to the inbox`],
    ['u', $localize`:@@keys.read:Mark read or unread`],
    ['s', $localize`:@@keys.snooze:Snooze`],
    ['x', $localize`:@@keys.select:Select`],
    ['z', $localize`:@@keys.undo:Undo`],
    ['/', $localize`:@@keys.search:Search`],
    ['F8', $localize`:@@keys.popUps:To the pop-ups`],
    ['?', $localize`:@@keys.keys:Show these shortcuts`],
  ];
}
