import { ServerAddress } from '#app/platform/server-address';
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Receipts, ScheduledPage, SentPage } from '@herald/protocol';
import { firstValueFrom, type Observable } from 'rxjs';

/** Requests about sent notifications. Each rejects with an HttpErrorResponse. */
@Injectable({ providedIn: 'root' })
export class SentApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);

  /** @param before `nextCursor` of the previous page; null for the newest */
  sent(before: string | null): Promise<SentPage> {
    return this.#answer(this.#http.get<SentPage>(this.#path('sent'), { params: before === null ? {} : { before } }));
  }

  /** @param after `nextCursor` of the previous page; null for the first page */
  scheduled(after: string | null): Promise<ScheduledPage> {
    return this.#answer(
      this.#http.get<ScheduledPage>(this.#path('scheduled'), { params: after === null ? {} : { after } }),
    );
  }

  receipts(id: string): Promise<Receipts> {
    return this.#answer(this.#http.get<Receipts>(this.#path(`${id}/receipts`)));
  }

  retract(id: string): Promise<unknown> {
    return this.#answer(this.#http.delete(this.#path(id)));
  }

  cancel(id: string): Promise<unknown> {
    return this.#answer(this.#http.delete(this.#path(`scheduled/${id}`)));
  }

  #path(rest: string): string {
    return this.#server.http(`/api/notifications/${rest}`);
  }

  #answer<Answer>(answer: Observable<Answer>): Promise<Answer> {
    return firstValueFrom(answer);
  }
}
