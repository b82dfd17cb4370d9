import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Installation } from '../pwa/installation';

/** Offers to install Herald, where the browser can. */
@Component({
  selector: 'app-install-entry',
  imports: [MatButton],
  template: `
    @if (installation.isOffered()) {
      <section aria-labelledby="app">
        <h2 id="app" i18n="@@install.heading">App</h2>
        <p i18n="@@install.text">Installed, Herald has a window and an icon of its own on this device.</p>
        <button matButton="outlined" type="button" i18n="@@install.install" (click)="installation.install()">Install Herald</button>
      </section>
    }
  `,
  styles: `
    section {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 0.75rem;
      margin-top: 1rem;
      padding: 1rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--card);
    }

    h2 {
      font-size: 1rem;
      font-weight: 650;
    }
  `,
})
export class InstallEntry {
  protected readonly installation = inject(Installation);
}
