import { inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { type CanActivateFn, Router } from '@angular/router';
import { filter, map, take } from 'rxjs';
import { Session } from './session';

/** Lets signed-in people pass, sends the others to sign in and back, and waits while it is not known. */
export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const session = inject(Session);
  const router = inject(Router);
  return toObservable(session.state).pipe(
    filter((state) => state === 'signed-in' || state === 'signed-out'),
    take(1),
    map((state) => state === 'signed-in' || router.createUrlTree(['/sign-in'], { queryParams: { returnTo: url } })),
  );
};
