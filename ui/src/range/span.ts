// Days, weeks and months as text, and the geometry of their chart, without drawing anything. A day is `2026-11-21`, counted
// in Taipei wherever this runs.

import { roundTop } from '../report/chart';

export type Grain = 'day' | 'week' | 'month';
export type Preset = 'week' | 'lastWeek' | 'month' | 'lastMonth' | 'year';
export const presets: readonly Preset[] = ['week', 'lastWeek', 'month', 'lastMonth', 'year'];

type Line = { day: string; count: number; took: number };
export type SpanBar = Line & { label: string; x: number; y: number; width: number; height: number };

const dayMs = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The day it is in Taipei. */
export function today(now: number): string {
  return text(now + 8 * 3_600_000);
}

function monday(day: string): number {
  return at(day) - ((new Date(at(day)).getUTCDay() + 6) % 7) * dayMs;
}

function firstOfMonth(day: string, months: number): number {
  const date = new Date(at(day));
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/** From which day to which a preset goes, up to today. */
export function spanOf(preset: Preset, now: string): { from: string; to: string } {
  switch (preset) {
    case 'week': return { from: text(monday(now)), to: now };
    case 'lastWeek': return { from: text(monday(now) - 7 * dayMs), to: text(monday(now) - dayMs) };
    case 'month': return { from: text(firstOfMonth(now, 0)), to: now };
    case 'lastMonth': return { from: text(firstOfMonth(now, -1)), to: text(firstOfMonth(now, 0) - dayMs) };
    case 'year': return { from: `${now.slice(0, 4)}-01-01`, to: now };
  }
}

/** How the days are best looked at: no more bars than a person counts. */
export function grainFor(from: string, to: string): Grain {
  const days = (at(to) - at(from)) / dayMs + 1;
  return days <= 35 ? 'day' : days <= 190 ? 'week' : 'month';
}

function next(day: string, grain: Grain): string {
  return grain === 'month' ? text(firstOfMonth(day, 1)) : text(at(day) + (grain === 'week' ? 7 : 1) * dayMs);
}

function begin(day: string, grain: Grain): string {
  return grain === 'day' ? day : grain === 'week' ? text(monday(day)) : text(firstOfMonth(day, 0));
}

/** Every day, week or month of the span, the empty ones too; at most 400, which is more than a screen shows. */
export function fill(lines: readonly Line[], grain: Grain, from: string, to: string): Line[] {
  const known = new Map(lines.map((line) => [line.day, line]));
  const all: Line[] = [];
  for (let day = begin(from, grain); day <= to && all.length < 400; day = next(day, grain)) {
    const line = known.get(day);
    all.push({ day, count: line?.count ?? 0, took: line?.took ?? 0 });
  }
  return all;
}

/** What stands under a bar: the day of the month, or the month. */
function labelOf(day: string, grain: Grain): string {
  return grain === 'month' ? day.slice(0, 7).replace('-', '/') : `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;
}

/** The bars, and which of them have room for a label. */
export function spanBars(lines: readonly Line[], grain: Grain, from: string, to: string, width: number, height: number): SpanBar[] {
  const filled = fill(lines, grain, from, to);
  const top = roundTop(Math.max(0, ...filled.map((line) => line.took)));
  const step = width / Math.max(filled.length, 1);
  const thick = Math.max(Math.min(step * 0.68, 48), 1);
  const every = Math.ceil((grain === 'month' ? 62 : 46) / Math.max(step, 0.01));
  return filled.map((line, index) => {
    const tall = (Math.max(line.took, 0) / top) * height;
    const label = index % every === 0 ? labelOf(line.day, grain) : '';
    return { ...line, label, x: index * step + (step - thick) / 2, y: height - tall, width: thick, height: tall };
  });
}
