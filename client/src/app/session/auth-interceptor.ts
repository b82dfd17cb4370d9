import { ServerAddress } from '#app/platform/server-address';
import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject, Injector } from '@angular/core';
import { catchError, throwError } from 'rxjs';
import { Session } from './session';
import { isForgotten } from './session-end';

/** Adds the token to requests to Herald's server, and reports a refused token to Session. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const injector = inject(Injector);
  // A public request carries no token, and Session may still be under construction.
  if (!inject(ServerAddress).isOwn(request.url) || isPublic(request.url)) return next(request);
  const session = injector.get(Session);
  const token = session.signedIn()?.token;
  if (token === undefined) return next(request);
  return next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } })).pipe(
    catchError((error: unknown) => {
      // A response to an older token says nothing about the current one.
      const isCurrent = session.signedIn()?.token === token;
      if (error instanceof HttpErrorResponse && error.status === 401 && isCurrent) session.expire(isForgotten(error));
      return throwError(() => error);
    }),
  );
};

function isPublic(url: string): boolean {
  return url.endsWith('/api/auth/login') || url.endsWith('/api/info');
}
