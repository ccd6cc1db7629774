/** How a text is cut on the air: GSM-7 takes 160 characters or 153 per part, UCS-2 70 or 67. */

const GSM = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const ESCAPED = new Set('\f^{}\\[~]|€');

/** Encoding, units used, parts, room left in the last part, and the characters that force UCS-2. */
export function segments(text) {
  const characters = Array.from(text);
  const foreign = [...new Set(characters.filter((it) => !GSM.has(it) && !ESCAPED.has(it)))];
  const gsm = foreign.length === 0;
  const [alone, part] = gsm ? [160, 153] : [70, 67];
  let units = 0;
  let parts = 1;
  let filled = 0;
  for (const it of characters) {
    const width = gsm ? (ESCAPED.has(it) ? 2 : 1) : it.length;
    units += width;
    if (filled + width > part) {
      parts++;
      filled = 0;
    }
    filled += width;
  }
  const single = units <= alone;
  return {
    encoding: gsm ? 'GSM-7' : 'UCS-2',
    units,
    parts: units === 0 ? 0 : single ? 1 : parts,
    left: single ? alone - units : part - filled,
    foreign,
  };
}
