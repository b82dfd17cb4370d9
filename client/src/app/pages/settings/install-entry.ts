import { Installation } from '#app/platform/installation';
import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

/** Offers to install Herald where the browser supports it. */
@Component({
  selector: 'app-install-entry',
  imports: [MatButton],
  template: `
    @if (installation.isOffered()) {
      <section aria-labelledby="app">
        <h2 id="app" i18n="@@install.heading">App</h2>
        <p i18n="@@install.text">Install Herald to give it its own window and icon on this device.</p>
        <button matButton="outlined" type="button" i18n="@@install.install" (click)="installation.install()">Install Herald</button>
      </section>
    }
  `,
  styleUrl: './card.scss',
})
export class InstallEntry {
  protected readonly installation = inject(Installation);
}
