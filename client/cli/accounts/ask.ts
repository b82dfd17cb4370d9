import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** Asks on the terminal. @param option that answers without one @throws Failure if there is none */
export async function ask(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure(EXIT.usage, `Without a terminal, ${option} is required`);
  return firstLine(createInterface({ input: process.stdin, output: process.stderr }), question);
}

/**
 * Asks on the terminal, which shows nothing of what is typed; without one, reads the first line of standard input.
 * @throws Failure if there is none
 */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(createInterface({ input: process.stdin }), '');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // It takes over from the terminal, which would show what is typed, before anybody is asked.
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const secret = await firstLine(lines, question);
  process.stderr.write('\n');
  return secret;
}

async function firstLine(lines: Interface, question: string): Promise<string> {
  process.stderr.write(question);
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve).once('SIGINT', () => lines.close());
      lines.once('close', () => reject(new Failure(EXIT.usage, 'There was no answer')));
    });
  } finally {
    lines.close();
  }
}
