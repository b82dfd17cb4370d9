import { ErrorHandler, inject, Injectable, Injector } from '@angular/core';
import { PageVersion } from './page-version';

/** Messages of a failed `import()` in Chromium, Firefox and Safari. */
const FAILED_IMPORT = /dynamically imported module|importing a module script failed/i;

/** Handles uncaught errors, among them the failure to load a chunk of the page. */
@Injectable()
export class PageErrors extends ErrorHandler {
  readonly #injector = inject(Injector);

  override handleError(error: unknown): void {
    super.handleError(error);
    // Injected lazily: errors can occur before PageVersion's dependencies exist.
    if (error instanceof TypeError && FAILED_IMPORT.test(error.message))
      void this.#injector.get(PageVersion).explainMissingPart();
  }
}
