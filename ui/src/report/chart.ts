// The geometry of the hours chart, without drawing anything.

export type Bar = { hour: string; count: number; net: number; x: number; y: number; width: number; height: number };

/** A round number at or above the highest bar: 1, 2 or 5 times a power of ten. */
export function roundTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((each) => each * power >= highest) ?? 10) * power;
}

/** Every hour from the first to the last, the empty ones too. */
export function fillHours(hours: ReadonlyArray<{ hour: string; count: number; net: number }>): Array<{ hour: string; count: number; net: number }> {
  const known = new Map(hours.map((each) => [Number(each.hour), each]));
  const numbers = [...known.keys()];
  if (numbers.length === 0) return [];
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const hour = first + at;
    return { hour: String(hour).padStart(2, '0'), count: known.get(hour)?.count ?? 0, net: known.get(hour)?.net ?? 0 };
  });
}

export function bars(hours: ReadonlyArray<{ hour: string; count: number; net: number }>, width: number, height: number): Bar[] {
  const filled = fillHours(hours);
  const top = roundTop(Math.max(0, ...filled.map((each) => each.net)));
  const step = width / Math.max(filled.length, 1);
  const thick = Math.min(step * 0.62, 56);
  return filled.map((each, at) => {
    const tall = (Math.max(each.net, 0) / top) * height;
    return { ...each, x: at * step + (step - thick) / 2, y: height - tall, width: thick, height: tall };
  });
}
