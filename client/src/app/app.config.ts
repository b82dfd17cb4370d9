import {
  type ApplicationConfig,
  ErrorHandler,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { provideServiceWorker } from '@angular/service-worker';
import { provideLiveRegion } from './a11y/provide-live-region';
import { inboxPage, routes, signInPage } from './app.routes';
import { readyFormats } from './i18n/ready-formats';
import { Installation } from './platform/installation';
import { ServerAddress } from './platform/server-address';
import { serviceWorkers } from './platform/service-workers';
import { provideHeraldApi } from './session/provide-herald-api';
import { Session } from './session/session';
import { SessionNavigation } from './session/session-navigation';
import { SessionRenewal } from './session/session-renewal';
import { PageErrors } from './shell/page-errors';
import { UnreadTitle } from './shell/unread-title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useClass: PageErrors },
    provideHeraldApi(),
    provideRouter(routes, withComponentInputBinding()),
    { provide: TitleStrategy, useExisting: UnreadTitle },
    provideLiveRegion(),
    // It fetches the whole page, so it waits until the first view is rendered.
    provideServiceWorker('ngsw-worker.js', {
      enabled: !isDevMode() && serviceWorkers() !== undefined,
      registrationStrategy: 'registerWhenStable:30000',
    }),
    provideAppInitializer(async () => {
      const session = inject(Session);
      // Starts at once and does not wait for the session. If it fails, the route fetches it again and reports the error.
      void globalThis.heraldPrefetch?.isInboxNext
        .then<unknown>((is) => (is ? inboxPage() : signInPage()))
        .catch(() => undefined);
      inject(SessionNavigation);
      inject(SessionRenewal);
      // The browser offers the installation only once, early.
      inject(Installation);
      const hasMoved = await inject(ServerAddress).load();
      // The content security policy of a page cached by the service worker does not allow the new address.
      const isOpenedAgain = hasMoved && isControlled() && (await opensAgain());
      // Not awaited: the page shows its progress. Each step is a task of its own, so that the page can render between them.
      if (isOpenedAgain) return;
      setTimeout(() => void session.start());
      setTimeout(readyFormats);
    }),
  ],
};

function opensAgain(): Promise<boolean> {
  return import('./platform/fresh-page')
    .then(({ openFreshPage }) => openFreshPage())
    .then(
      () => true,
      () => false,
    );
}

function isControlled(): boolean {
  return (serviceWorkers()?.controller ?? null) !== null;
}
