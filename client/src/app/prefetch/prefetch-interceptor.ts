import { takePrefetched } from '#app/platform/prefetched';
import { HttpErrorResponse, type HttpEvent, type HttpInterceptorFn, HttpResponse } from '@angular/common/http';
import { from, type Observable, of, switchMap, throwError } from 'rxjs';

/** Answers with the prefetched response, a refusal as well. If the prefetch failed, the request is made again. */
export const prefetchInterceptor: HttpInterceptorFn = (request, next) => {
  const { method, urlWithParams: url } = request;
  const token = request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? null;
  const body = request.body === null ? null : JSON.stringify(request.body);
  const response = takePrefetched({ method, url, token, body });
  if (response === undefined) return next(request);
  return from(response.then(read).catch(() => null)).pipe(
    switchMap((answer) => (answer === null ? next(request) : eventOf(answer, url))),
  );
};

interface Answer {
  status: number;
  isRefusal: boolean;
  body: unknown;
}

async function read(response: Response): Promise<Answer> {
  return { status: response.status, isRefusal: !response.ok, body: await response.json() };
}

function eventOf({ status, isRefusal, body }: Answer, url: string): Observable<HttpEvent<unknown>> {
  return isRefusal
    ? throwError(() => new HttpErrorResponse({ error: body, status, url }))
    : of(new HttpResponse({ body, status, url }));
}
