import { describe, expect, it } from 'vitest';

import { displayWidth, padded, shortened } from '../../src/cli/width.js';

const FAMILY = '👨\u200d👩\u200d👧';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['José', 4],
    ['Jose\u0301', 4], // a combining mark
    ['李小龙', 6],
    ['ホスト', 6],
    ['ﾎｽﾄ', 3], // halfwidth
    ['Ａ！', 4], // fullwidth
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2], // the same as conjoining letters
    ['𠮷', 2], // beyond the basic plane
    ['😀', 2],
    ['👍🏽', 2], // with a skin tone
    ['🇩🇪', 2], // a flag of two letters
    ['❤\ufe0f', 2],
    ['❤', 1],
    [FAMILY, 2],
    ['क\u094dष', 2], // Devanagari: two letters, joined by a mark
    ['ไทย', 3],
    ['a\u200bb', 2], // a space without width
    ['ä…→', 3],
  ])('%j has %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
    expect(padded(text, 8)).toBe(text + ' '.repeat(8 - width));
  });
});

describe('shortened', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['a李b', 2, 'a'],
    ['a李b', 3, 'a李'],
    ['ab😀', 3, 'ab'],
    [`a${FAMILY}b`, 3, `a${FAMILY}`],
    ['e\u0301e\u0301', 1, 'e\u0301'],
    [`ab${'\u0301'.repeat(7)}c`, 2, 'a'], // more marks than letters have
    [`ab${'\u0301'.repeat(6)}`, 2, `ab${'\u0301'.repeat(6)}`],
  ])('cuts %j to %i columns, and through no character', (text, width, short) => {
    expect(shortened(text, width)).toBe(short);
  });
});
