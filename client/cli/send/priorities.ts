import type { Priority } from '@herald/protocol';
import { InvalidArgumentError } from 'commander';

/** Priorities as Herald names them, and as ntfy numbers and names them. */
const PRIORITIES: Readonly<Record<string, Priority>> = {
  ...{ high: 'high', medium: 'medium', low: 'low' },
  ...{ '1': 'low', '2': 'low', '3': 'medium', '4': 'high', '5': 'high' },
  ...{ min: 'low', default: 'medium', urgent: 'high', max: 'high' },
};

export function priorityOf(word: string): Priority {
  const name = word.toLowerCase();
  const priority = Object.hasOwn(PRIORITIES, name) ? PRIORITIES[name] : undefined;
  if (priority === undefined) throw new InvalidArgumentError('It is high, medium or low, or a number from 1 to 5.');
  return priority;
}
