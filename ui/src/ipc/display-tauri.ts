// The display's stream behind Tauri. The two commands here are all that its window is allowed.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Display } from './bindings';
import type { DisplaySource } from './display';

export class TauriDisplay implements DisplaySource {
  follow(show: (display: Display) => void): void {
    void invoke('follow_display', { changes: new Channel<Display>(show) });
  }

  beat(visible: boolean): void {
    // A till that does not answer has other worries than this.
    invoke('display_beat', { visible }).catch(() => undefined);
  }
}
