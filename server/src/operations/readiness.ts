import { Injectable } from '@nestjs/common';

/** Tells load balancers whether this server wants requests. */
@Injectable()
export class Readiness {
  #isDraining = false;

  /** Whether the server is about to stop: it still serves, and its readiness fails. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Makes the readiness fail for the rest of this process. */
  drain(): void {
    this.#isDraining = true;
  }
}
