import fc from 'fast-check';

/** Any character, lone surrogates too. Like `fc.string({ unit: 'binary' })`, but that takes a second to set up. */
export const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
