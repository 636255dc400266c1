// "3*" before a scan or a tap rings up three.

export class Times {
  #digits = '';
  /** How many the next product counts for. */
  next = 1;

  /** True when the key belonged to a quantity. */
  key(key: string): boolean {
    if (/^\d$/.test(key)) {
      this.#digits = (this.#digits + key).slice(-3);
      return true;
    }
    const digits = this.#digits;
    this.#digits = '';
    if (key !== '*' || digits === '' || Number(digits) < 1) return false;
    this.next = Number(digits);
    return true;
  }

  forget(): void {
    this.#digits = '';
    this.next = 1;
  }

  /** Uses the quantity up. */
  take(): number {
    const taken = this.next;
    this.forget();
    return taken;
  }
}

/** A quantity typed in the search field: "3*", "3*tea". */
export function quantityPrefix(text: string): { times: number; rest: string } | null {
  const found = /^\s*(\d{1,3})\s*[*×xX＊]\s*(.*)$/.exec(text);
  const times = Number(found?.[1]);
  return found === null || times < 1 ? null : { times, rest: found[2] ?? '' };
}
