// Where an arrow key leads in a grid of `count` things, `columns` to a row.

/** The new position, or null when the key does not move or would leave the grid. */
export function arrowed(key: string, at: number, count: number, columns: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const step = steps[key];
  const next = key === 'Home' ? 0 : key === 'End' ? count - 1 : step === undefined ? null : at + step;
  return next === null || next < 0 || next >= count || next === at ? null : next;
}
