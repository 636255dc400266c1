import { describe, expect, test } from 'vitest';
import { FakeTill } from '../ipc/fake';
import type { SettingProblem } from '../ipc/client';
import { en } from '../words/en';
import { settingProblem } from '../words/setting';
import { zh } from '../words/zh';
import { groups } from './groups';

const problems: { [Kind in SettingProblem['kind']]: Extract<SettingProblem, { kind: Kind }> } = {
  missing: { kind: 'missing' }, too_long: { kind: 'too_long', max: 40 }, unseen: { kind: 'unseen' }, too_many: { kind: 'too_many', max: 8 }, range: { kind: 'range', min: 0, max: 100 }, choice: { kind: 'choice' },
  tax_id_digits: { kind: 'tax_id_digits' }, tax_id_check: { kind: 'tax_id_check' }, till_id: { kind: 'till_id' }, label: { kind: 'label' }, typed: { kind: 'typed' }, address: { kind: 'address' }, rule: { kind: 'rule', rule: 'is odd' },
};

test('every setting stands in one group', async () => {
  const { settings } = await new FakeTill().settings();
  expect(Object.values(groups).flat().sort()).toEqual(settings.map((each) => each.name).sort());
});

describe.each([['zh', zh], ['en', en]] as const)('%s', (_, words) => {
  test('every choice of every setting has a name', async () => {
    const { settings } = await new FakeTill().settings();
    expect(settings.flatMap((each) => each.choices).filter((choice) => words.settings.choices[choice] === undefined)).toEqual([]);
  });
  test('everything that can be wrong with a setting reads differently', () => {
    const said = Object.values(problems).map((problem) => settingProblem(words.settings.problems, problem));
    expect(new Set(said).size).toBe(said.length);
    expect(said.every((each) => each.length > 0)).toBe(true);
  });
});
