// Tells the till that this page runs and can be seen. When it stops, the cashier's screen shows the QR (PF-63).

/** A third of the silence after which the till takes the display for lost (`src-tauri/src/customer/pulse.rs`). */
export const beatMs = 200;

/** Beats until the answer is called. */
export function keepBeating(beat: (visible: boolean) => void): () => void {
  const now = (): void => beat(document.visibilityState === 'visible');
  const timer = setInterval(now, beatMs);
  document.addEventListener('visibilitychange', now);
  now();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', now);
  };
}
