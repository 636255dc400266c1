// Text belongs in the catalogues; screens import the client and nothing below it.

import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en';
import { zh } from '../src/words/zh';

const components = import.meta.glob('../src/**/*.svelte', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const modules = import.meta.glob('../src/**/*.ts', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const everything = { ...components, ...modules };

const han = /\p{Script=Han}/u;

/** What a person would read in a component: text between tags, and attributes that are spoken or shown. */
function visibleText(source: string): string[] {
  const markup = withoutBraces(source.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style[\s\S]*?<\/style>/g, '').replace(/<!--[\s\S]*?-->/g, ''));
  const attributes = [...markup.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map((each) => each[1] ?? '');
  const texts = markup.replace(/<[^>]*>/g, '\n').split('\n');
  return [...texts, ...attributes].map((each) => each.trim()).filter((each) => /[\p{Letter}]/u.test(each));
}

/** Drops every `{...}`, nested ones too: code, not text. */
function withoutBraces(source: string): string {
  let depth = 0;
  let kept = '';
  for (const character of source) {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
}

test('the components were found', () => {
  expect(Object.keys(components).length).toBeGreaterThan(30);
});

test('the finder finds text, spoken attributes and nested braces', () => {
  expect(visibleText('<p>Hello</p>')).toEqual(['Hello']);
  expect(visibleText('<p>{a ? {b: "x"} : words.y}</p>')).toEqual([]);
  expect(visibleText('<button aria-label="Close">{x}</button>')).toEqual(['Close']);
  expect(visibleText('<p>合計 {x}</p>')).toEqual(['合計']);
});

test.each(Object.entries(components))('%s has no text of its own', (_, source) => {
  expect(visibleText(source)).toEqual([]);
});

test('Chinese is written in the catalogue and the fake shop only', () => {
  const places = Object.entries(everything)
    .filter(([path]) => !/\/words\/(goods\/|\w+\.)?zh\.ts$|\/ipc\/fake|\.test\.ts$/.test(path))
    .filter(([path, source]) => han.test(path.endsWith('/words/en.ts') ? '' : withoutComments(source)))
    .map(([path]) => path);
  expect(places).toEqual([]);
});

describe('the two catalogues', () => {
  /** Every path that ends in a text or a phrase with gaps. */
  function paths(words: object, at = ''): string[] {
    return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? paths(value, `${at}${key}/`) : [`${at}${key}`],
    );
  }
  test('have the same keys', () => {
    expect(paths(en).sort()).toEqual(paths(zh).sort());
  });
  test('have no empty text but the badge of a production till', () => {
    const empty = [zh, en].map((words) => paths(words).filter((path) => path.split('/').reduce<unknown>((so, key) => (so as Record<string, unknown>)[key], words) === ''));
    expect(empty).toEqual([['profile/production'], ['profile/production']]);
  });
  test('the English one has no Chinese but the name of the other language', () => {
    const { language, ...rest } = en;
    expect(han.test(JSON.stringify(rest))).toBe(false);
    expect(language.other).toBe('中');
  });
});

describe('layers', () => {
  const imports = (source: string): string[] => [...source.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map((each) => each[1] ?? each[2] ?? '');
  const screens = Object.entries(everything).filter(([path]) => !path.includes('/ipc/') && !path.endsWith('.test.ts'));

  test('screens import the client and nothing below it', () => {
    const below = screens.filter(([, source]) => imports(source).some((each) => /ipc\/(?!(client|display)$)|@tauri-apps/.test(each))).map(([path]) => path);
    expect(below).toEqual([]);
  });
  test('each window imports its own end of the till alone', () => {
    const astray = screens.filter(([path, source]) => imports(source).some((each) => (path.includes('/customer/') ? /ipc\/client$|frame\// : /ipc\/display$/).test(each)));
    expect(astray.map(([path]) => path)).toEqual([]);
  });
  test('shared knows no domain', () => {
    const knowing = screens
      .filter(([path]) => path.includes('/shared/'))
      .filter(([, source]) => imports(source).some((each) => each.startsWith('../')))
      .map(([path]) => path);
    expect(knowing).toEqual([]);
  });
  test('nothing is fetched from elsewhere', () => {
    const remote = Object.entries(everything).filter(([path, source]) => !/\/fake|\.test\.ts$/.test(path) && /https?:\/\//.test(withoutComments(source))).map(([path]) => path);
    expect(remote).toEqual([]);
  });
});
