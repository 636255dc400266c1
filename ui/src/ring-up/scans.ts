// Scans wait here in order, so that none is lost while the till is still answering the one before.

/** More than anybody scans before noticing that nothing happens. */
const longestQueue = 200;

export class Scans {
  #waiting: string[] = [];
  #working = false;
  #handle: (code: string) => Promise<void>;

  /** `handle` reports its own failures; one that throws all the same does not stop the queue. */
  constructor(handle: (code: string) => Promise<void>) {
    this.#handle = handle;
  }

  /** False when the queue is full and the scan was refused. */
  put(code: string): boolean {
    if (this.#waiting.length >= longestQueue) return false;
    this.#waiting.push(code);
    void this.#work();
    return true;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let code = this.#waiting.shift(); code !== undefined; code = this.#waiting.shift()) {
      try {
        await this.#handle(code);
      } catch (thrown) {
        console.error('a scan was not handled', thrown);
      }
    }
    this.#working = false;
  }
}
