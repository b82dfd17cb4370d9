import { Connection } from '#app/connection/connection';
import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { HeraldApi } from '@herald/client/api';
import { ADMIN_ROLE, type Membership } from '@herald/protocol';

/** Roles and topics of the signed-in person, read at every connection and whenever the server announces a change. */
@Injectable()
export class MembershipStore {
  readonly #api = inject(HeraldApi);
  readonly #connection = inject(Connection);
  readonly #membership = signal<Membership | null>(null);
  readonly #isLive = computed(() => this.#connection.status().state === 'live');

  /** Null until known. */
  readonly topics = computed(() => this.#membership()?.topics ?? null);
  readonly roles = computed<readonly string[]>(() => this.#membership()?.roles ?? []);
  readonly isAdmin = computed(() => this.roles().includes(ADMIN_ROLE));

  constructor() {
    effect(() => {
      if (this.#isLive()) untracked(() => void this.#load());
    });
    this.#connection.events.pipe(takeUntilDestroyed()).subscribe(({ kind }) => {
      if (kind === 'channels') void this.#load();
    });
  }

  /** @throws HeraldError */
  followTopic(topic: string): Promise<void> {
    return this.#take(this.#api.followTopic(topic));
  }

  /** @throws HeraldError */
  unfollowTopic(topic: string): Promise<void> {
    return this.#take(this.#api.unfollowTopic(topic));
  }

  async #load(): Promise<void> {
    try {
      await this.#take(this.#api.me());
    } catch {
      // The next connection retries; until then the last known membership applies.
    }
  }

  async #take(answer: Promise<Membership>): Promise<void> {
    this.#membership.set(await answer);
  }
}
