import type { Notification } from './notification.ts';

/** Letters that people search by others, and that Unicode does not decompose. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};
const ALIKE_PATTERN = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g');

/**
 * Returns a text as it is searched: without case and without accents, so that `istanbul` finds `İSTANBUL`, `strasse`
 * finds `Straße`, and `cafe` finds `café`. Marks of other scripts than Latin, Greek and Cyrillic stay, since they make
 * other letters.
 */
export function folded(text: string): string {
  // Most texts are ASCII, and need none of it.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(ALIKE_PATTERN, (letter) => ALIKE[letter] ?? letter);
}

/** The folded words of a query. */
export function wordsOf(query: string): string[] {
  return [...new Set(folded(query).split(/\s+/).filter(Boolean))];
}

/** The folded text in which a notification is found. */
export function searchedText({
  title,
  message,
  category,
  sender,
  tags = [],
}: Pick<Notification, 'title' | 'message' | 'category' | 'sender' | 'tags'>): string {
  return folded([title, message, category, sender, ...tags].join('\n'));
}
