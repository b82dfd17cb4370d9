import { inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { type CanActivateFn, Router } from '@angular/router';
import { filter, map, type Observable, take } from 'rxjs';
import { safeReturnTo } from './return-to';
import { Session } from './session';

/** Admits signed-in people and sends others to the sign-in page and back. */
export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const router = inject(Router);
  const toSignIn = router.createUrlTree(['/sign-in'], { queryParams: { returnTo: url } });
  return isSignedIn().pipe(map((is) => is || toSignIn));
};

/** Admits signed-out people and redirects others to the page's `returnTo`. */
export const signedOutGuard: CanActivateFn = ({ queryParamMap }) => {
  const onward = inject(Router).parseUrl(safeReturnTo(queryParamMap.get('returnTo')));
  return isSignedIn().pipe(map((is) => (is ? onward : true)));
};

/** Waits until the session state is known. */
function isSignedIn(): Observable<boolean> {
  return toObservable(inject(Session).state).pipe(
    filter((state) => state === 'signed-in' || state === 'signed-out'),
    take(1),
    map((state) => state === 'signed-in'),
  );
}
