// Tells a barcode scanner from a person typing: a scanner is a keyboard that types very fast and ends with Enter.

/** What the scanner needs of a keyboard event. `at_ms` is when the key was pressed, not when the page got to it. */
export type Stroke = { key: string; code: string; at_ms: number; held?: boolean; modified?: boolean };

export type Reading =
  | { kind: 'none' }
  /** A first key that may begin a scan. */
  | { kind: 'begins' }
  /** `quick` when no person types that fast: the key is part of a scan and means nothing by itself. */
  | { kind: 'goes_on'; quick: boolean }
  /** `length` characters arrived; a field that had the focus got them too. */
  | { kind: 'scan'; code: string; length: number };

export type Pace = {
  /** Longest mean pause between two keys of a scan. People manage about 60 ms on a good day. */
  mean_ms: number;
  /** Longest single pause: a busy computer holds keys back now and then, and half a barcode is worse than none. */
  gap_ms: number;
  shortest: number;
  longest: number;
};

/** What the scanner was set to type around a code. */
export type Dress = { prefix: string; suffix: string; end: 'enter' | 'tab' };

export const undressed: Dress = { prefix: '', suffix: '', end: 'enter' };

export const usualPace: Pace = { mean_ms: 35, gap_ms: 120, shortest: 6, longest: 128 };

export class Scanner {
  #pace: Pace;
  #text = '';
  #first_ms = 0;
  #last_ms = Number.NEGATIVE_INFINITY;

  #dress: Dress = undressed;

  constructor(pace: Pace = usualPace) {
    this.#pace = pace;
  }

  wear(dress: Dress): void {
    this.#dress = dress;
  }

  read(stroke: Stroke): Reading {
    if (stroke.modified === true || stroke.held === true) return this.#drop();
    if (stroke.key === 'Tab' && this.#dress.end === 'tab') return this.#end(stroke.at_ms);
    if (stroke.key === 'Enter' || stroke.code === 'Enter' || stroke.code === 'NumpadEnter') return this.#end(stroke.at_ms);
    // A scanner presses Shift for capitals; that is neither a character nor a pause.
    if (stroke.key === 'Shift' || stroke.key === 'CapsLock') return { kind: 'none' };
    const character = characterOf(stroke);
    if (character === null) return this.#drop();
    const gap_ms = stroke.at_ms - this.#last_ms;
    this.#last_ms = stroke.at_ms;
    if (gap_ms <= this.#pace.gap_ms && this.#text !== '') {
      this.#text += character;
      if (this.#text.length > this.#pace.longest) return this.#drop();
      return { kind: 'goes_on', quick: gap_ms <= this.#pace.mean_ms };
    }
    this.#text = character;
    this.#first_ms = stroke.at_ms;
    return { kind: 'begins' };
  }

  #end(at_ms: number): Reading {
    const typed = this.#text;
    const inTime = at_ms - this.#last_ms <= this.#pace.gap_ms && (at_ms - this.#first_ms) / Math.max(typed.length, 1) <= this.#pace.mean_ms;
    this.#drop();
    const { prefix, suffix } = this.#dress;
    // Where a scanner is set to dress its codes, what comes undressed is a person.
    if (typed.length < prefix.length + suffix.length || !typed.startsWith(prefix) || !typed.endsWith(suffix)) return { kind: 'none' };
    const code = typed.slice(prefix.length, typed.length - suffix.length);
    // Barcodes have a digit; a fast typist's word has none.
    if (!inTime || code.length < this.#pace.shortest || !/\d/.test(code)) return { kind: 'none' };
    return { kind: 'scan', code, length: typed.length };
  }

  #drop(): Reading {
    this.#text = '';
    this.#last_ms = Number.NEGATIVE_INFINITY;
    return { kind: 'none' };
  }
}

/** The ASCII character of a key; with a Chinese input method active `key` says nothing and `code` is the only truth. */
function characterOf(stroke: Stroke): string | null {
  if (/^[\x21-\x7e]$/.test(stroke.key)) return stroke.key;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(stroke.code);
  if (digit?.[1] !== undefined) return digit[1];
  const letter = /^Key([A-Z])$/.exec(stroke.code);
  if (letter?.[1] !== undefined) return letter[1];
  if (stroke.code === 'Minus' || stroke.code === 'NumpadSubtract') return '-';
  return null;
}
