// The language in use. Screens read `language.words`; switching redraws them at once.

import { adviceOf, errorAdvice, noticeAdvice, relayAdvice, relayTestAdvice, stopAdvice } from './advice';
import { en } from './en';
import { remember, recall } from '../shared/remember';
import { zh } from './zh';

export type LanguageName = 'zh' | 'en';

const catalogues = { zh, en } as const;

class Language {
  name = $state<LanguageName>(recall('language', ['zh', 'en']) ?? 'zh');

  get words(): typeof zh {
    return catalogues[this.name];
  }

  switch(): void {
    this.use(this.name === 'zh' ? 'en' : 'zh');
  }

  use(name: LanguageName): void {
    this.name = name;
    remember('language', name);
  }
}

export const language = new Language();
export { adviceOf, errorAdvice, noticeAdvice, relayAdvice, relayTestAdvice, stopAdvice };
