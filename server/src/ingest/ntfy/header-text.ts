import { textOf } from '../text-of.js';

/** An encoded word of RFC 2047, and the space before the next one. */
const ENCODED_WORD = /=\?([\w-]+)\?([bq])\?([^?\s]*)\?=(?:[ \t]+(?==\?[\w-]+\?[bq]\?[^?\s]*\?=))?/gi;

/** The charsets that ntfy reads. A look-up for each word would take long for a header of nothing but words. */
const DECODERS = new Map(['utf-8', 'iso-8859-1', 'us-ascii'].map((charset) => [charset, new TextDecoder(charset)]));

/** A header that has to be decoded. */
const ENCODED = /[^\x20-\x7e]|=\?/;

/** The text of a header: UTF-8 or else Latin-1, with the encoded words of RFC 2047. Node reads all bytes as Latin-1. */
export function headerText(header: string): string {
  if (!ENCODED.test(header)) return header;
  return textOf(Buffer.from(header, 'latin1')).replace(ENCODED_WORD, decodedWord);
}

function decodedWord(word: string, charset: string, encoding: string, text: string): string {
  const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : bytesOfQ(text);
  return DECODERS.get(charset.toLowerCase())?.decode(bytes) ?? word;
}

function bytesOfQ(text: string): Buffer {
  const plain = text.replaceAll('_', ' ');
  return Buffer.from(
    plain.replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
