import { isUtf8 } from 'node:buffer';

/** The text of bytes in UTF-8, or else in Latin-1, which some programs send. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').replace(/^\uFEFF/, '');
}
