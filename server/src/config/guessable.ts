/** Words that people use as secrets. They add no strength, not even with digits in place of letters. */
const KNOWN_WORDS = [
  'herald-development-secret-not-for-production',
  'herald',
  'password',
  'passwort',
  'secret',
  'admin',
  'administrator',
  'root',
  'user',
  'changeme',
  'change-me',
  'change_me',
  'change this',
  'replace',
  'example',
  'default',
  'production',
  'development',
  'letmein',
  'welcome',
  'qwertyuiop',
  'qwertzuiop',
  'qwerty',
  'qwertz',
  'asdfghjkl',
  'zxcvbnm',
  'asdf',
  'your',
  'test',
  'super',
  'private',
  'token',
  'string',
  'random',
  'some',
  'very',
  'long',
  'here',
  'key',
  'jwt',
  'my',
];
/** Shorter names may occur in a good password by chance. */
const WORD_MIN = 3;
/** Digits and signs in place of letters, as in `p4$$w0rd`. */
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Upper bound for the strength of a secret, in bits: the Shannon entropy of its characters, where known words,
 * repetitions and runs such as 1234 add nothing. A low bound proves that a secret is bad; a high one proves nothing.
 * zxcvbn 4.2 with its common words was tried instead: it estimates 78 to 103 bits for secrets that consist of known
 * words, and takes 150 ms to load.
 * @param others further known words, such as the name of the account
 */
export function guessBits(secret: string, others: readonly string[] = []): number {
  const letters = Array.from(
    withoutRuns(
      withoutWords(unrepeated(secret), [...others.filter(({ length }) => length >= WORD_MIN), ...KNOWN_WORDS]),
    ),
  );
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits + count * Math.log2(letters.length / count), 0);
}

/** The shortest prefix whose repetition gives the whole text. */
function unrepeated(text: string): string {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return text.slice(0, period);
  }
  return text;
}

function withoutWords(text: string, words: readonly string[]): string {
  const plain = Array.from({ length: text.length }, (_, n) => asLetter(text.charAt(n).toLowerCase())).join('');
  let kept = text;
  let rest = plain;
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const known = Array.from(word.toLowerCase(), asLetter).join('');
    for (let at = rest.indexOf(known); known !== '' && at !== -1; at = rest.indexOf(known, at)) {
      kept = kept.slice(0, at) + kept.slice(at + known.length);
      rest = rest.slice(0, at) + rest.slice(at + known.length);
    }
  }
  return kept;
}

function asLetter(character: string): string {
  return LOOKALIKES[character] ?? character;
}

/** One character for each run such as `aaaa`, `1234` or `cba`. */
function withoutRuns(text: string): string {
  let kept = '';
  let step: number | undefined;
  for (let n = 0; n < text.length; n++) {
    const difference = n === 0 ? NaN : text.charCodeAt(n) - text.charCodeAt(n - 1);
    const goesOn = Math.abs(difference) <= 1 && (step === undefined || step === difference);
    if (!goesOn) kept += text.charAt(n);
    step = goesOn ? difference : undefined;
  }
  return kept;
}
