// Why a setting cannot be like that, in words.

import type { KeysTest, SettingProblem } from '../ipc/client';
import type { Advice, KeysTestWords, SettingProblemWords } from './shape';

export function settingProblem(words: SettingProblemWords, problem: SettingProblem): string {
  // Each kind is looked up under its own name, which the compiler cannot follow through a union.
  return (words[problem.kind] as (problem: SettingProblem) => string)(problem);
}

/** What trying a pair of keys came to. */
export function keysTest(words: KeysTestWords, test: KeysTest): Advice {
  return (words[test.kind] as (test: KeysTest) => Advice)(test);
}
