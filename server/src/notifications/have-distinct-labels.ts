import { ValidateBy } from 'class-validator';
import { ACTION_LABEL_MAX } from '../../../protocol/notification.js';

/** Invisible characters. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const SPACES = /\s+/g;

/** Requires visibly different labels, since receipts name the chosen action by its label. */
export function HaveDistinctLabels(): PropertyDecorator {
  const validate = (actions: unknown): boolean => {
    const labels = (Array.isArray(actions) ? actions : []).map(labelOf).filter((label) => label !== undefined);
    return new Set(labels).size === labels.length;
  };
  return ValidateBy(
    { name: 'haveDistinctLabels', validator: { validate } },
    { message: '$property must have a label of their own each' },
  );
}

/** The label normalised in case, spaces and composition. Undefined if it is absent or too long. */
function labelOf(action: unknown): string | undefined {
  const label = (action as { label?: unknown } | null | undefined)?.label;
  return typeof label === 'string' && label.length <= ACTION_LABEL_MAX
    ? label.normalize('NFKC').replace(UNSEEN, '').replace(SPACES, ' ').trim().toLowerCase()
    : undefined;
}
