// Every state of a payment gets an icon and a tone; the words are in the catalogue. Never colour alone.

import type { AttemptState } from '../ipc/client';
import type { IconName } from '../shared/icons';

export type Tone = 'calm' | 'active' | 'good' | 'unsure' | 'bad' | 'quiet';

export const looks: Record<AttemptState['kind'], { icon: IconName; tone: Tone }> = {
  created: { icon: 'hourglass', tone: 'quiet' },
  presented: { icon: 'qr', tone: 'calm' },
  opened: { icon: 'phone', tone: 'active' },
  confirming: { icon: 'refresh', tone: 'active' },
  code_issued: { icon: 'hash', tone: 'active' },
  paid: { icon: 'check', tone: 'good' },
  unknown: { icon: 'question', tone: 'unsure' },
  cancel_requested: { icon: 'eye', tone: 'quiet' },
  failed: { icon: 'cross', tone: 'bad' },
  expired: { icon: 'hourglass', tone: 'quiet' },
};
