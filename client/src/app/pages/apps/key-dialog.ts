import { ServerAddress } from '#app/platform/server-address';
import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { AppWithKey } from '@herald/protocol';
import { Copyable } from './copyable';
import { FirstMessage } from './first-message';
import { readingLine, type SenderLine, senderLines } from './sender-lines';

export interface KeyDialogData {
  app: AppWithKey;
  /** The app has no other key. */
  isNew: boolean;
}

/** Shows a key for the only time, with lines that use it. */
@Component({
  selector: 'app-key-dialog',
  imports: [Copyable, FirstMessage, MatButton, MatDialogModule],
  templateUrl: './key-dialog.html',
  styleUrl: './key-dialog.scss',
})
export class KeyDialog {
  readonly #data = inject<KeyDialogData>(MAT_DIALOG_DATA);
  protected readonly app = this.#data.app;
  /** Otherwise a use of the old key would look like one of the new key. */
  protected readonly isNew = this.#data.isNew;
  readonly #address = inject(ServerAddress).absolute('/').replace(/\/+$/, '');
  protected readonly lines = senderLines(this.app, this.#address);
  protected readonly program = signal<SenderLine['program']>('curl');
  protected readonly chosen = computed(() => this.lines.find(({ program }) => program === this.program()));
  protected readonly reading = readingLine(this.app, this.#address);

  constructor() {
    // A stray click or key would close it, and the key would be gone.
    inject<MatDialogRef<KeyDialog>>(MatDialogRef).disableClose = true;
  }
}
