import { describe, expect, test } from 'vitest';
import { fill, grainFor, presets, spanBars, spanOf, today } from './span';

describe('spans of days', () => {
  test('the day is the one in Taipei', () => {
    expect(today(Date.parse('2026-11-20T16:30:00Z'))).toBe('2026-11-21');
    expect(today(Date.parse('2026-11-20T15:59:00Z'))).toBe('2026-11-20');
  });

  test('presets begin and end where people say they do', () => {
    expect(presets.map((preset) => spanOf(preset, '2026-03-04'))).toEqual([
      { from: '2026-03-02', to: '2026-03-04' }, { from: '2026-02-23', to: '2026-03-01' },
      { from: '2026-03-01', to: '2026-03-04' }, { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-01-01', to: '2026-03-04' },
    ]);
    expect(spanOf('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
    expect(spanOf('week', '2026-11-22').from).toBe('2026-11-16');
  });

  test('a month is looked at by day, a year by month', () => {
    expect([grainFor('2026-11-01', '2026-11-30'), grainFor('2026-09-01', '2026-11-30'), grainFor('2026-01-01', '2026-12-31')]).toEqual(['day', 'week', 'month']);
  });

  test('days without a sale are there and empty', () => {
    const lines = fill([{ day: '2026-11-02', count: 3, took: 90 }], 'day', '2026-11-01', '2026-11-03');
    expect(lines.map((line) => [line.day, line.took])).toEqual([['2026-11-01', 0], ['2026-11-02', 90], ['2026-11-03', 0]]);
    expect(fill([], 'week', '2026-11-04', '2026-11-16').map((line) => line.day)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
    expect(fill([], 'month', '2026-11-04', '2027-01-01').map((line) => line.day)).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
  });

  test('bars fit the chart, a day that gave back more than it took has none, and labels do not touch', () => {
    const lines = [{ day: '2026-11-01', count: 1, took: 100 }, { day: '2026-11-02', count: 1, took: -50 }];
    const bars = spanBars(lines, 'day', '2026-11-01', '2026-11-30', 600, 100);
    expect(bars).toHaveLength(30);
    expect(bars[0]?.height).toBe(100);
    expect(bars[1]?.height).toBe(0);
    expect(bars.filter((bar) => bar.label !== '').length).toBeLessThan(15);
    expect(Math.max(...bars.map((bar) => bar.x + bar.width))).toBeLessThanOrEqual(600);
  });
});
