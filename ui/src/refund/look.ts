// Every state of a refund gets an icon and a tone; the words are in the catalogue. Never colour alone.

import type { RefundState } from '../ipc/client';
import type { Tone } from '../pay/look';
import type { IconName } from '../shared/icons';

export const refundLooks: Record<RefundState['kind'], { icon: IconName; tone: Tone }> = {
  asking: { icon: 'search', tone: 'active' },
  waiting: { icon: 'clock', tone: 'calm' },
  queued: { icon: 'hourglass', tone: 'quiet' },
  sending: { icon: 'refresh', tone: 'active' },
  unknown: { icon: 'question', tone: 'unsure' },
  on_its_way: { icon: 'refund', tone: 'calm' },
  to_hand_over: { icon: 'cash', tone: 'unsure' },
  refused: { icon: 'cross', tone: 'bad' },
  done: { icon: 'check', tone: 'good' },
  dropped: { icon: 'minus', tone: 'quiet' },
};

export function lookOf(state: RefundState): { icon: IconName; tone: Tone } {
  return state.kind === 'on_its_way' && state.overdue ? { icon: 'clock', tone: 'unsure' } : refundLooks[state.kind];
}

/** Nobody and nothing has to do anything more about it. */
export function isOver(state: RefundState): boolean {
  return state.kind === 'done' || state.kind === 'dropped';
}
