import { readFileSync } from 'node:fs';

export interface Instruction {
  /** Upper case: COPY, RUN … */
  name: string;
  args: string;
}

/** Stages of a Dockerfile in order, each from its FROM on, with continued lines joined and comments dropped. */
export function readStages(file: string): Instruction[][] {
  const lines = readFileSync(file, 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: Instruction[][] = [];
  for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
    const [name = '', ...args] = line.split(' ');
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, args: args.join(' ') });
  }
  return stages;
}

/** Paths that the stages copy from the build context, not from each other. */
export function copiedFromContext(stages: Instruction[][]): string[] {
  const copies = stages.flat().filter(({ name, args }) => name === 'COPY' && !args.startsWith('--from'));
  return copies.flatMap(({ args }) => args.split(' ').slice(0, -1));
}
