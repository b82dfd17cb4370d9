/** Initials and hue of a name: the same name always looks the same. */
export function faceOf(name: string): { initials: string; hue: number } {
  const parts = name.split(/[\s._-]+/).filter((part) => part !== '');
  const ends = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  const initials = ends.map((part) => Array.from(part ?? '').at(0) ?? '').join('');
  return { initials: initials.toUpperCase(), hue: hash(name) % 360 };
}

/** FNV-1a, which spreads names that differ in one letter. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return sum >>> 0;
}
