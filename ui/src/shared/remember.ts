// Small choices kept between starts (localStorage); where it is refused they last until the window closes.

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`guitai.${key}`, value);
  } catch {
    // Private windows and locked-down machines refuse; the choice still holds for this window.
  }
}

export function recall<Value extends string>(key: string, allowed: readonly Value[]): Value | null {
  try {
    const kept = localStorage.getItem(`guitai.${key}`);
    return allowed.find((each) => each === kept) ?? null;
  } catch {
    return null;
  }
}
