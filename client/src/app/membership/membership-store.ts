import { Connection } from '#app/connection/connection';
import { ServerAddress } from '#app/platform/server-address';
import { Session } from '#app/session/session';
import { HttpClient } from '@angular/common/http';
import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ADMIN_ROLE, type Membership } from '@herald/protocol';
import { firstValueFrom, type Observable } from 'rxjs';

/** Roles and topics of the signed-in person, read at every connection and whenever the server announces a change. */
@Injectable({ providedIn: 'root' })
export class MembershipStore {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);
  readonly #connection = inject(Connection);
  readonly #session = inject(Session).signedIn;
  readonly #username = computed(() => this.#session()?.username ?? null);
  readonly #membership = signal<Membership | null>(null);
  readonly #isLive = computed(() => this.#connection.status().state === 'live');

  /** Null until known. */
  readonly topics = computed(() => this.#membership()?.topics ?? null);
  readonly isAdmin = computed(() => this.#membership()?.roles.includes(ADMIN_ROLE) ?? false);

  constructor() {
    effect(() => {
      if (this.#username() === null) this.#membership.set(null);
      else if (this.#isLive()) untracked(() => void this.#load());
    });
    this.#connection.events.pipe(takeUntilDestroyed()).subscribe(({ kind }) => {
      if (kind === 'channels') void this.#load();
    });
  }

  /** Rejects with an HttpErrorResponse. */
  followTopic(topic: string): Promise<void> {
    return this.#take(this.#http.put<Membership>(this.#address(topic), null));
  }

  /** Rejects with an HttpErrorResponse. */
  unfollowTopic(topic: string): Promise<void> {
    return this.#take(this.#http.delete<Membership>(this.#address(topic)));
  }

  #address(topic: string): string {
    return this.#server.http(`/api/auth/me/topics/${encodeURIComponent(topic)}`);
  }

  async #load(): Promise<void> {
    try {
      await this.#take(this.#http.get<Membership>(this.#server.http('/api/auth/me')));
    } catch {
      // The next connection retries; until then the last known membership applies.
    }
  }

  async #take(answer: Observable<Membership>): Promise<void> {
    const username = this.#username();
    const membership = await firstValueFrom(answer);
    if (username === this.#username()) this.#membership.set(membership);
  }
}
