// How numbers are shown that people read aloud or copy down.

/** "9103522814076621" as "9103 5228 1407 6621". */
export function inFours(text: string): string {
  return text.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
