// Short tones made on the spot; silent where there is no audio. A sound never stops a sale.

export interface Sounds {
  accepted(): void;
  unknown(): void;
  paid(): void;
  alarm(): void;
}

type Tone = readonly [hertz: number, startMs: number, lengthMs: number];

export class Beeps implements Sounds {
  #audio: AudioContext | null = null;

  accepted = (): void => this.#play([[1760, 0, 60]], 0.08, 'sine');
  unknown = (): void => this.#play([[220, 0, 160], [196, 190, 260]], 0.16, 'square');
  paid = (): void => this.#play([[784, 0, 130], [988, 130, 130], [1319, 260, 320]], 0.18, 'sine');
  alarm = (): void => this.#play([[880, 0, 150], [659, 200, 150], [880, 400, 150], [659, 600, 220]], 0.18, 'triangle');

  #play(tones: readonly Tone[], volume: number, shape: OscillatorType): void {
    try {
      this.#audio ??= new AudioContext();
      const audio = this.#audio;
      // Browsers start muted until the first touch or key; after that this wakes it.
      if (audio.state === 'suspended') audio.resume().catch(() => undefined);
      for (const [hertz, startMs, lengthMs] of tones) {
        const start = audio.currentTime + startMs / 1000;
        const end = start + lengthMs / 1000;
        const oscillator = audio.createOscillator();
        const gain = audio.createGain();
        oscillator.type = shape;
        oscillator.frequency.value = hertz;
        gain.gain.setValueAtTime(volume, start);
        gain.gain.exponentialRampToValueAtTime(0.0001, end);
        oscillator.connect(gain).connect(audio.destination);
        oscillator.start(start);
        oscillator.stop(end);
      }
    } catch {
      // No audio device, or the web view refuses.
    }
  }
}

export const silence: Sounds = { accepted: () => undefined, unknown: () => undefined, paid: () => undefined, alarm: () => undefined };
