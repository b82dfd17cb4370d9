/**
 * Result of the request of a dialog. Back closes a dialog at any time, but the server goes on; so the page takes a late
 * result from here.
 */
export class PendingResult<Result> {
  #request: Promise<Result> | undefined;
  #isRunning = false;

  /** @returns the result of the request, for the dialog, which tells a failure as long as it is open */
  async follow(request: Promise<Result>): Promise<Result> {
    this.#request = request;
    this.#isRunning = true;
    try {
      return await request;
    } finally {
      this.#isRunning = false;
    }
  }

  /**
   * For the page, once the dialog is closed.
   * @returns undefined if there was no request, or if the dialog has told its failure
   * @throws the failure of a request that was running when the dialog was closed
   */
  async settle(): Promise<Result | undefined> {
    const isTold = !this.#isRunning;
    try {
      return await this.#request;
    } catch (error) {
      if (isTold) return undefined;
      throw error;
    }
  }
}
