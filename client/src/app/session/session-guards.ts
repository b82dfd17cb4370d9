import { inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { type CanActivateFn, Router } from '@angular/router';
import { filter, map, type Observable, take } from 'rxjs';
import { safeReturnTo } from './return-to';
import { Session } from './session';

/** Lets signed-in people pass, and sends the others to sign in and back. */
export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const router = inject(Router);
  const toSignIn = router.createUrlTree(['/sign-in'], { queryParams: { returnTo: url } });
  return isSignedIn().pipe(map((is) => is || toSignIn));
};

/** The sign-in page is for those who are not signed in; the others go on to where it would have led them. */
export const signedOutGuard: CanActivateFn = ({ queryParamMap }) => {
  const onward = inject(Router).parseUrl(safeReturnTo(queryParamMap.get('returnTo')));
  return isSignedIn().pipe(map((is) => (is ? onward : true)));
};

/** Waits while it is not known. */
function isSignedIn(): Observable<boolean> {
  return toObservable(inject(Session).state).pipe(
    filter((state) => state === 'signed-in' || state === 'signed-out'),
    take(1),
    map((state) => state === 'signed-in'),
  );
}
