// Time for the fake till: real in a browser, moved by hand in a test.

export interface FakeClock {
  now(): number;
  after(ms: number, act: () => void): void;
}

export const realClock: FakeClock = {
  now: () => Date.now(),
  after: (ms, act) => void setTimeout(act, ms),
};

export class HandClock implements FakeClock {
  #now: number;
  #waiting: Array<{ at: number; act: () => void }> = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): void {
    this.#waiting.push({ at: this.#now + ms, act });
  }

  /** Moves on and does everything that came due, in order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#waiting.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#now = next.at;
      next.act();
    }
    this.#now = end;
  }
}
