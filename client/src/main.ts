import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { startLanguage } from './app/i18n/start-language';

startLanguage()
  // A task of its own: the browser can draw between reading this file and running it.
  .then(() => new Promise((resolve) => setTimeout(resolve)))
  .then(() => bootstrapApplication(App, appConfig))
  .catch((error: unknown) => console.error(error));
