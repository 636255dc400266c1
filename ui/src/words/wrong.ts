// What is wrong with a product, or with a whole file of them, in words.

import type { FileProblem, Wrong } from '../ipc/client';
import type { Advice, FileWords, WrongWords } from './shape';

export function sayWrong(words: WrongWords, wrong: Wrong): string {
  // Each kind is looked up under its own name, which the compiler cannot follow through a union.
  return (words[wrong.kind] as (wrong: Wrong) => string)(wrong);
}

export function sayFile(words: FileWords, problem: FileProblem): Advice {
  return (words[problem.kind] as (problem: FileProblem) => Advice)(problem);
}
