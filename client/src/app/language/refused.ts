/**
 * What the server said when it refused, in the person's language. How to put it is loaded when it is needed: most people
 * never see a refusal. As the server said it, where that can't be had.
 */
export async function refused(said: string): Promise<string> {
  try {
    const { serverWords } = await import('./server-words');
    return serverWords(said);
  } catch {
    return said;
  }
}
