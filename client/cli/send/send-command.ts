import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { print } from '../standard-output.ts';
import { completed, messageOf } from './draft.ts';
import { IdempotencyKey } from './idempotency-key.ts';
import { beginningOf } from './input.ts';
import { instantOf } from './instants.ts';
import { addSharedOptions, type DraftOptions, fieldsOf } from './options.ts';
import { priorityOf } from './priorities.ts';
import { sendMany } from './send-many.ts';

interface SendOptions extends DraftOptions {
  keyOf?: string;
  many?: true;
  tries: number;
}

export function addSend(program: Command): void {
  addSharedOptions(program.command('send').description('send a notification, and print its id'))
    .argument('[message...]', 'the message; without one it is read from standard input')
    .option('-t, --title <text>', 'title; without it the name of the app')
    .option('-p, --priority <priority>', 'high, medium or low, or 5 to 1', priorityOf)
    .option('--url <address>', 'address that the notification opens')
    .option('--markdown', 'the message is Markdown')
    .option('--at <time>', 'send it later: 30m, 2h, or an instant such as 2026-12-24T18:00', (at) => instantOf(at))
    .option('--key-of <text>', 'commands with the same text send once within a day, for instance "backup 2026-11-30"')
    .option('--many', 'send each line of standard input, a JSON object with the fields of a notification')
    .action(send);
}

async function send(words: string[], { keyOf, many, tries, ...options }: SendOptions): Promise<void> {
  const access = new Access(process.env);
  const fields = fieldsOf(options);
  const idempotencyKey = new IdempotencyKey(keyOf);
  if (many) {
    if (words.length > 0) throw new Failure(EXIT.usage, '--many reads messages from standard input alone');
    return sendMany({ access, defaults: fields, idempotencyKey, tries });
  }
  const message = messageOf(words.length > 0 ? words.join(' ') : await textOfInput());
  if (message === '') throw new Failure(EXIT.usage, 'The message is empty');
  const draft = completed({ ...fields, message }, access.key !== undefined);
  const { id } = await idempotencyKey.once((name) => access.api.send(draft, name), tries);
  await print(id);
}

async function textOfInput(): Promise<string> {
  if (process.stdin.isTTY) throw new Failure(EXIT.usage, 'Give a message, or pipe one in');
  return beginningOf(process.stdin);
}
