// The dark modules of a QR as one SVG path, one module to a unit.

/** The white margin a reader needs, in modules (ISO/IEC 18004). */
export const quietModules = 4;

/** `rows` of "0" and "1"; runs of dark modules become one rectangle each. */
export function qrPath(rows: readonly string[]): string {
  let path = '';
  rows.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) {
      const length = run[0].length;
      path += `M${run.index + quietModules} ${y + quietModules}h${length}v1h-${length}z`;
    }
  });
  return path;
}
