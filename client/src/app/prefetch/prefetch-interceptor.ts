import { takeAsked } from '#app/platform/prefetched';
import { HttpErrorResponse, type HttpEvent, type HttpInterceptorFn, HttpResponse } from '@angular/common/http';
import { from, type Observable, of, switchMap, throwError } from 'rxjs';

/** Answers with what was asked for before the program had come, a refusal as well. What never came is asked for again. */
export const aheadInterceptor: HttpInterceptorFn = (request, next) => {
  const { method, urlWithParams: url } = request;
  const token = request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? null;
  const body = request.body === null ? null : JSON.stringify(request.body);
  const answer = takeAsked({ method, url, token, body });
  if (answer === undefined) return next(request);
  return from(answer.then(read).catch(() => null)).pipe(
    switchMap((come) => (come === null ? next(request) : answerOf(come, url))),
  );
};

interface Come {
  status: number;
  isRefused: boolean;
  body: unknown;
}

async function read(response: Response): Promise<Come> {
  return { status: response.status, isRefused: !response.ok, body: await response.json() };
}

function answerOf({ status, isRefused, body }: Come, url: string): Observable<HttpEvent<unknown>> {
  return isRefused
    ? throwError(() => new HttpErrorResponse({ error: body, status, url }))
    : of(new HttpResponse({ body, status, url }));
}
