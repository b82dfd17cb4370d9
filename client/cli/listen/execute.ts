import type { Notification } from '@herald/protocol';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { plainText } from '../plain-text.ts';

/**
 * Runs a command of the shell for a notification, which it finds as JSON on stdin and in variables.
 * @returns how it failed; undefined if it ended with 0
 */
export async function execute(command: string, notification: Notification): Promise<string | undefined> {
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['pipe', 'inherit', 'inherit'],
    // The key is of no use to the command: one that reads can't send.
    env: { ...process.env, ...variablesOf(notification), HERALD_KEY: undefined },
  });
  // A command need not read.
  child.stdin.on('error', () => undefined).end(`${JSON.stringify(notification)}\n`);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    return signal === null ? `ended with ${code ?? ''}` : `was ended by ${signal}`;
  } catch (error) {
    return `can't be started: ${(error as Error).message}`;
  }
}

/** Texts are data in variables: the shell does not run what they say, unlike words of the command. */
function variablesOf(notification: Notification): Record<string, string> {
  const { id, title, message, priority, category, audience, sender, createdAt, url, tags } = notification;
  const texts = {
    ...{ ID: id, TITLE: title, MESSAGE: message, PRIORITY: priority, CATEGORY: category, SENDER: sender },
    // HERALD_URL is the address of the server.
    ...{ CREATED_AT: createdAt, AUDIENCE: audience.join(','), LINK: url ?? '', TAGS: tags?.join(',') ?? '' },
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`HERALD_${name}`, plainText(text)]));
}
