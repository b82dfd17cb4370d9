import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject, Injector } from '@angular/core';
import { catchError, throwError } from 'rxjs';
import { ServerAddress } from '../config/server-address';
import { Session } from './session';
import { isForgotten } from './session-end';

/** Sends the token along to our own server, and notices when it is no longer accepted. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const injector = inject(Injector);
  // Before anyone has signed in there is no token, and Session itself is only being made.
  if (!inject(ServerAddress).isOwn(request.url) || isPublic(request.url)) return next(request);
  const session = injector.get(Session);
  const token = session.signedIn()?.token;
  if (token === undefined) return next(request);
  return next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } })).pipe(
    catchError((error: unknown) => {
      // An answer to an older token says nothing about the one in use now.
      const isCurrent = session.signedIn()?.token === token;
      if (error instanceof HttpErrorResponse && error.status === 401 && isCurrent) session.expire(isForgotten(error));
      return throwError(() => error);
    }),
  );
};

function isPublic(url: string): boolean {
  return url.endsWith('/api/auth/login') || url.endsWith('/api/info');
}
