// Moments and durations as text. The shop's clock is Taipei's, whatever the computer says.

const zone = 'Asia/Taipei';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** "14:05" */
export function hourMinute(ms: number): string {
  return clock.format(ms);
}

/** "2026-11-20 14:05" */
export function dayHourMinute(ms: number): string {
  // By parts: engines do not agree on the order of any one locale.
  const part = (wanted: string): string => day.formatToParts(ms).find((each) => each.type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${clock.format(ms)}`;
}

/** "11/21 06:00": a moment some days away at most. */
export function dayMonthHourMinute(ms: number): string {
  const [, month, date, time] = /^\d+-(\d+)-(\d+) (.+)$/.exec(dayHourMinute(ms)) ?? [];
  return `${month}/${date} ${time}`;
}

/** What is left until `until_ms`, rounded up, never negative: "9:59", "1:02:03". */
export function countdown(until_ms: number, now_ms: number): string {
  const seconds = Math.max(0, Math.ceil((until_ms - now_ms) / 1000));
  const two = (number: number): string => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export type Age = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number };

/** How long ago, in the one unit a person would use. */
export function age(since_ms: number, now_ms: number): Age {
  const minutes = Math.max(0, Math.floor((now_ms - since_ms) / 60_000));
  if (minutes < 1) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) };
  return { unit: 'days', count: Math.floor(minutes / (24 * 60)) };
}
