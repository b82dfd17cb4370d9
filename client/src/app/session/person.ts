import { inject, Injectable } from '@angular/core';
import { Session } from './session';

/** The signed-in person. Everything that is theirs is provided beside this, and ends with their session. */
@Injectable()
export class Person {
  readonly username = inject(Session).signedIn()?.username ?? '';
}
