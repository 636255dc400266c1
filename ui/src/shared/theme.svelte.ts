// Light, dark, or what the computer says.

import { recall, remember } from './remember';

const themes = ['auto', 'light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

class Theme {
  name = $state<ThemeName>(recall('theme', themes) ?? 'auto');

  next(): void {
    this.name = themes[(themes.indexOf(this.name) + 1) % themes.length] ?? 'auto';
    remember('theme', this.name);
  }
}

export const theme = new Theme();
