// Picks the words for a state, error, stop or notice. The catalogue's type promises an entry for every kind.

import type { AttemptState, CommandError, Notice, RelayHealth, RelayTest, Stop } from '../ipc/client';
import type { Advice } from './shape';
import type { zh } from './zh';

type Words = typeof zh;
/** The mapped type pairs each key with its own argument; a lookup by a union loses that pairing, so it is restored here. */
type Say<Value> = (value: Value) => Advice;

export function adviceOf(words: Words, state: AttemptState): Advice {
  return (words.states[state.kind] as Say<AttemptState>)(state);
}

export function errorAdvice(words: Words, error: CommandError): Advice {
  const say = words.errors[error.code] as Say<CommandError> | undefined;
  // A newer till may refuse with a code this screen has not learnt.
  return say === undefined ? words.errors.internal({ code: 'internal', message: error.code }) : say(error);
}

export function stopAdvice(words: Words, stop: Stop): Advice {
  return (words.stops[stop.kind] as Say<Stop>)(stop);
}

export function relayAdvice(words: Words, state: RelayHealth): Advice {
  return (words.relays[state.kind] as Say<RelayHealth>)(state);
}

export function relayTestAdvice(words: Words, test: RelayTest): Advice {
  return (words.relayTests[test.kind] as Say<RelayTest>)(test);
}

export function noticeAdvice(words: Words, notice: Notice): Advice {
  return (words.notices[notice.kind] as Say<Notice>)(notice);
}
