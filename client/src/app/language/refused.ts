/**
 * The server's reason for a refusal, in the person's language. The translation is loaded on demand, since most people
 * never see a refusal; if that fails, the reason stays in English.
 */
export async function refused(said: string): Promise<string> {
  try {
    const { serverWords } = await import('./server-words');
    return serverWords(said);
  } catch {
    return said;
  }
}
