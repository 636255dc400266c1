// Light, dark, or what the computer says.

import { recall, remember } from './remember';

const themes = ['auto', 'light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

class Theme {
  name = $state<ThemeName>(recall('theme', themes) ?? 'auto');

  next(): void {
    this.use(themes[(themes.indexOf(this.name) + 1) % themes.length] ?? 'auto');
  }

  use(name: ThemeName): void {
    this.name = name;
    remember('theme', name);
  }
}

export const theme = new Theme();
