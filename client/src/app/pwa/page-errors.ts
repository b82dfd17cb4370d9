import { ErrorHandler, inject, Injectable, Injector } from '@angular/core';
import { PageVersion } from './page-version';

/** As Chromium, Firefox and Safari put the failure of an `import()`. */
const FAILED_IMPORT = /dynamically imported module|importing a module script failed/i;

/** Where all that nobody else has caught arrives: among it, that a part of the page was not to be had. */
@Injectable()
export class PageErrors extends ErrorHandler {
  readonly #injector = inject(Injector);

  override handleError(error: unknown): void {
    super.handleError(error);
    // Errors come to be before what is needed to speak of them.
    if (error instanceof TypeError && FAILED_IMPORT.test(error.message))
      void this.#injector.get(PageVersion).explainMissingPart();
  }
}
