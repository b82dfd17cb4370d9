import { takePrefetched } from '#app/platform/prefetched';
import { ServerAddress } from '#app/platform/server-address';
import { DestroyRef, inject, Injector, type Provider } from '@angular/core';
import { HeraldApi, type HeraldRequest } from '@herald/client/api';
import { Session } from './session';
import { isForgotten } from './session-end';

/**
 * Requests to the configured server with the token of the session. A prefetched response counts as the answer, and a
 * refused token ends the session. Requests fail once the injector is destroyed: none of one person's is made, or
 * answered, in the session of the next.
 */
export function provideHeraldApi(): Provider {
  return { provide: HeraldApi, useFactory: heraldApi };
}

function heraldApi(): HeraldApi {
  const address = inject(ServerAddress);
  const injector = inject(Injector);
  const over = new AbortController();
  inject(DestroyRef).onDestroy(() => over.abort());
  // Not injected: Session needs this API.
  const currentToken = (): string | null =>
    over.signal.aborted ? null : (injector.get(Session).signedIn()?.token ?? null);
  return new HeraldApi({
    // The address is known later.
    server: '',
    token: currentToken,
    fetch: async (path, request) => {
      const token = request.headers['Authorization']?.replace(/^Bearer /, '') ?? null;
      const signal = AbortSignal.any([request.signal, over.signal]);
      const response = await responseTo(address.http(path), { ...request, signal }, token);
      over.signal.throwIfAborted();
      if (response.status !== 401 || token === null) return response;
      const isByRestart = await isForgotten(response.clone());
      // A response to an older token says nothing about the current one.
      if (token === currentToken()) injector.get(Session).expire(isByRestart);
      return response;
    },
  });
}

/** If the prefetch failed, the request is made again. */
function responseTo(url: string, request: HeraldRequest, token: string | null): Promise<Response> {
  const { method, body = null } = request;
  const ask = (): Promise<Response> => fetch(url, request);
  return takePrefetched({ method, url, token, body })?.catch(ask) ?? ask();
}
