import { expect, test } from 'vitest';
import { commandOf, type Command, type Where } from './keys';

const ringing: Where = { page: 'till', stage: 'products', typing: false, onControl: false };

const table: Array<[key: string, where: Partial<Where>, command: Command | null]> = [
  ['F2', {}, 'search'], ['F2', { typing: true }, 'search'], ['/', {}, 'search'], ['/', { typing: true }, null],
  ['F3', {}, 'aside'], ['F10', {}, 'people'], ['F12', {}, 'lock'], ['F3', { stage: 'payment' }, 'aside'], ['%', {}, 'discount'], ['.', {}, 'open_item'], ['#', {}, 'note'], ['%', { typing: true }, null], ['.', { stage: 'cash' }, null],
  ['F4', {}, 'recent'], ['F5', {}, 'refunds'], ['F5', { page: 'recent' }, 'refunds'], ['F5', { typing: true }, 'refunds'], ['F6', {}, 'report'], ['F7', {}, 'tasks'], ['F8', {}, 'cash'], ['F9', {}, 'online'],
  ['F8', { typing: true }, 'cash'], ['F9', { stage: 'payment' }, 'online'], ['F6', { stage: 'payment' }, 'report'],
  ['Escape', {}, 'back'], ['Escape', { typing: true }, 'back'], ['Escape', { page: 'report' }, 'back'],
  ['+', {}, 'more'], ['-', {}, 'fewer'], ['Delete', {}, 'remove'],
  ['+', { typing: true }, null], ['Delete', { stage: 'payment' }, null], ['-', { page: 'report' }, null],
  ['Enter', { stage: 'closed' }, 'next_sale'], ['Enter', { stage: 'closed', onControl: true }, null], ['Enter', {}, null], ['a', {}, null],
];

test.each(table)('%s with %j is %s', (key, where, command) => {
  expect(commandOf(key, { ...ringing, ...where })).toBe(command);
});
