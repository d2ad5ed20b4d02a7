import fc from 'fast-check';

/** Any character, lone surrogates too. `fc.string({ unit: 'binary' })` needs a second to set up. */
export const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
