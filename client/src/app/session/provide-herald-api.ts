import { DeviceClock } from '#app/platform/device-clock';
import { takePrefetched } from '#app/platform/prefetched';
import { ServerAddress } from '#app/platform/server-address';
import { DestroyRef, inject, Injector, type Provider } from '@angular/core';
import { HeraldApi, type HeraldRequest } from '@herald/client/api';
import { Person } from './person';
import { Session } from './session';
import { isForgotten } from './session-end';
import type { SignedIn } from './stored-session';

/**
 * Requests to the configured server with the token of the session. A prefetched response counts as the answer, and a
 * refused token ends the session. Beside a `Person`, requests fail once the session is no longer theirs: none is made,
 * or answered, in the session of the next.
 */
export function provideHeraldApi(): Provider {
  return { provide: HeraldApi, useFactory: heraldApi };
}

function heraldApi(): HeraldApi {
  const address = inject(ServerAddress);
  const clock = inject(DeviceClock);
  const injector = inject(Injector);
  const over = new AbortController();
  inject(DestroyRef).onDestroy(() => over.abort());
  const person = inject(Person, { optional: true });
  // Not injected: Session needs this API.
  const session = (): SignedIn | null => (person === null ? injector.get(Session).signedIn() : person.session());
  const currentToken = (): string | null => (over.signal.aborted ? null : (session()?.token ?? null));
  const throwIfOver = (): void => {
    over.signal.throwIfAborted();
    if (person?.session() === null) throw new DOMException('The session is over', 'AbortError');
  };
  return new HeraldApi({
    // The address is known later.
    server: '',
    token: currentToken,
    fetch: async (path, request) => {
      throwIfOver();
      const token = request.headers['Authorization']?.replace(/^Bearer /, '') ?? null;
      const signal = AbortSignal.any([request.signal, over.signal]);
      const response = await responseTo(address.http(path), { ...request, signal }, token);
      throwIfOver();
      clock.compare(response.headers.get('date'));
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
