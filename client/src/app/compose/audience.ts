/** Names of channels as a person writes them, with commas or spaces between; each once. */
export function readAudience(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}
