// What every catalogue has to say something about, tied to the contract: a new state or error is a type error here.

import type { AttemptState, CommandError, FileProblem, KeysProblem, KeysState, KeysTest, Method, Notice, Outside, PersonProblem, PrintFault, RelayHealth, RelayTest, SettingName, SettingProblem, Stop, TaskChoice, TaskKind, RefundRefusal, RefundState, RefundWait, StatementProblem, UnknownWhy, Wrong } from '../ipc/client';

/** What happened, and what the cashier does next. */
export type Advice = { what: string; next: string };

type Of<Union, Tag extends string, Value> = Extract<Union, Record<Tag, Value>>;

export type ErrorWords = { [Code in CommandError['code']]: (error: Of<CommandError, 'code', Code>) => Advice };
export type StateWords = { [Kind in AttemptState['kind']]: (state: Of<AttemptState, 'kind', Kind>) => Advice };
export type WhyWords = Record<UnknownWhy, string>;
export type StopWords = { [Kind in Stop['kind']]: (stop: Of<Stop, 'kind', Kind>) => Advice };
export type NoticeWords = { [Kind in Notice['kind']]: (notice: Of<Notice, 'kind', Kind>) => Advice };
export type RelayWords = { [Kind in RelayHealth['kind']]: (state: Of<RelayHealth, 'kind', Kind>) => Advice };
export type RelayTestWords = { [Kind in RelayTest['kind']]: (test: Of<RelayTest, 'kind', Kind>) => Advice };
export type TaskWords = Record<TaskKind, Advice>;
export type ChoiceWords = Record<TaskChoice, string>;
export interface PrintingWords {
  again: string;
  copy: string;
  on: (printer: string) => string;
  of: (printer: string, fault: string) => string;
  faults: Record<PrintFault, string>;
}
export type ProblemWords = Record<PersonProblem, Advice>;
export type MethodWords = Record<Method, { name: string; hint: string }>;
export type RefundStateWords = { [Kind in RefundState['kind']]: (state: Of<RefundState, 'kind', Kind>) => Advice };
export type RefundRefusalWords = Record<RefundRefusal, Advice>;
export type RefundWaitWords = Record<RefundWait, (time: string) => Advice>;
/** What the gateway's own words come to, as far as this till understands them. */
export type RefundSays = 'balance' | 'too_old' | 'not_there' | 'other';
export type RefundSaysWords = Record<RefundSays, Advice>;
export type OutsideWords = Record<Outside, { name: string }>;
export type WrongWords = { [Kind in Wrong['kind']]: (wrong: Of<Wrong, 'kind', Kind>) => string };
export type FileWords = { [Kind in FileProblem['kind']]: (problem: Of<FileProblem, 'kind', Kind>) => Advice };

type Problems = { [Kind in StatementProblem['kind']]: (problem: Extract<StatementProblem, { kind: Kind }>) => Advice };
/** What is wrong with a statement, in a catalogue's words. */
export function statementProblem(words: Problems, problem: StatementProblem): Advice {
  return (words[problem.kind] as (of: StatementProblem) => Advice)(problem);
}
/** What a setting is called, and in a line what it is for. */
export type SettingWords = Record<SettingName, { label: string; why: string }>;
export type SettingProblemWords = { [Kind in SettingProblem['kind']]: (problem: Of<SettingProblem, 'kind', Kind>) => string };
/** Where a setting stands on the screen. */
export type SettingGroup = 'screen' | 'shop' | 'counter' | 'scanner' | 'page' | 'gateway' | 'relay' | 'backup';
export type KeysTestWords = { [Kind in KeysTest['kind']]: (test: Of<KeysTest, 'kind', Kind>) => Advice };
export type KeysProblemWords = Record<KeysProblem, Advice>;
export type KeysStateWords = Record<KeysState, string>;
