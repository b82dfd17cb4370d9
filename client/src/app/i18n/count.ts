import { inject, LOCALE_ID, Pipe, type PipeTransform } from '@angular/core';

/** A whole number as the locale groups it: `1,000`. */
@Pipe({ name: 'count' })
export class Count implements PipeTransform {
  readonly #format = new Intl.NumberFormat(inject(LOCALE_ID));

  transform(count: number): string {
    return this.#format.format(count);
  }
}
