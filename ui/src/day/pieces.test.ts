import { describe, expect, it } from 'vitest';
import { counted, onlyDigits, total } from './pieces';

describe('a count of the drawer', () => {
  it('takes digits, full-width ones as well, and nothing else', () => {
    expect(onlyDigits('12a')).toBe('12');
    expect(onlyDigits('１２')).toBe('12');
    expect(onlyDigits('-3.5')).toBe('35');
    expect(onlyDigits('1234567')).toBe('12345');
  });

  it('leaves out what there is none of', () => {
    const typed = { 1000: '3', 500: '', 50: '0', 1: '7' };
    expect(counted(typed)).toEqual([{ denomination: 1, pieces: 7 }, { denomination: 1000, pieces: 3 }]);
    expect(total(typed)).toBe(3007);
  });
});
