import { ServerAddress } from '#app/platform/server-address';
import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { AppWithKey } from '@herald/protocol';
import { Copyable } from './copyable';
import { FirstMessage } from './first-message';
import { readingLine, type SenderLine, senderLines } from './sender-lines';

/** Port of the API where nothing else is configured. */
const USUAL_PORT = 8000;

export interface KeyDialogData {
  app: AppWithKey;
  /** The app has no other key. */
  isNew: boolean;
}

/** Shows a key for the only time, with lines that use it. */
@Component({
  selector: 'app-key-dialog',
  imports: [Copyable, FirstMessage, MatButton, MatDialogModule, MatFormFieldModule, MatInput],
  templateUrl: './key-dialog.html',
  styleUrl: './key-dialog.scss',
})
export class KeyDialog {
  readonly #data = inject<KeyDialogData>(MAT_DIALOG_DATA);
  protected readonly app = this.#data.app;
  /** Otherwise a use of the old key would look like one of the new key. */
  protected readonly isNew = this.#data.isNew;
  readonly #server = inject(ServerAddress);
  readonly #own = withoutSlash(this.#server.absolute('/'));
  /** The port of the page has no paths for Gotify and ntfy clients, and does not know the port that has them. */
  protected readonly isGuessed = this.#server.isThatOfPage;
  protected readonly typed = signal(this.isGuessed ? atPort(this.#own, USUAL_PORT) : this.#own);
  readonly #addresses = computed(() => ({ own: this.#own, otherApis: withoutSlash(this.typed().trim()) }));
  protected readonly lines = computed(() => senderLines(this.app, this.#addresses()));
  protected readonly program = signal<SenderLine['program']>('curl');
  protected readonly chosen = computed(() => this.lines().find(({ program }) => program === this.program()));
  protected readonly reading = computed(() => readingLine(this.app, this.#addresses()));

  constructor() {
    // A stray click or key would close it, and the key would be gone.
    inject<MatDialogRef<KeyDialog>>(MatDialogRef).disableClose = true;
  }
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function atPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return withoutSlash(url.href);
}
