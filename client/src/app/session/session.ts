import { Injectable, signal } from '@angular/core';

export interface SignedIn {
  username: string;
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Signed in by itself with the demo account of a development server. */
  isDemo: boolean;
}

/** Who is signed in on this browser. API only; being written. */
@Injectable({ providedIn: 'root' })
export class Session {
  /** `starting`: not known yet. `unreachable`: no server answers; it is tried again by itself. */
  readonly state = signal<'starting' | 'unreachable' | 'signed-out' | 'signed-in'>('starting').asReadonly();
  readonly signedIn = signal<SignedIn | null>(null).asReadonly();
  /** Why the last session ended, when it was not the person's wish: one sentence. */
  readonly endedBecause = signal<string | null>(null).asReadonly();

  /** @throws SignInRefused */
  signIn(_username: string, _password: string): Promise<void> {
    return Promise.resolve();
  }

  signOut(): void {
    return;
  }

  /** Tries to reach the server again now. */
  retry(): void {
    return;
  }
}
