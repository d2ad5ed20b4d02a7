/** How many columns a terminal takes for a text, so that tables stay aligned whatever is in them. */

// Wide and Fullwidth of UAX #11; and emoji, of which some are pictures only with U+FE0F behind them.
const WIDE = new RegExp(
  '\\p{Emoji_Presentation}|\\ufe0f|' +
    '[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff' +
    '\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18cff}\\u{1aff0}-\\u{1b2ff}\\u{20000}-\\u{3fffd}]',
  'u',
);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns of a text in which nothing moves the cursor. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** Marks stand on the letter before them; two letters that only grammar joins (Devanagari) have a column each. */
function graphemeWidth(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : Array.from(grapheme.replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, '')).length;
}

/** Fills a text up with spaces. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(width - displayWidth(text));
}

/** As many characters as a reader sees, each whole, as have room in so many columns. */
export function shortened(text: string, width: number): string {
  let rest = width;
  for (const { segment, index } of graphemes.segment(text)) {
    rest -= graphemeWidth(segment);
    // Any number of marks fits on one letter: a limit for them too.
    if (rest < 0 || index + segment.length > 4 * width) return text.slice(0, index);
  }
  return text;
}
