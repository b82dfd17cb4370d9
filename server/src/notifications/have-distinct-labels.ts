import { ValidateBy } from 'class-validator';
import { ACTION_LABEL_MAX } from '../../../protocol/notification.js';

/** What a person can't see, or would not tell apart. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const SPACES = /\s+/g;

/** Actions whose labels a person can tell apart: receipts name what was chosen by its label. */
export function HaveDistinctLabels(): PropertyDecorator {
  const validate = (actions: unknown): boolean => {
    const labels = (Array.isArray(actions) ? actions : []).map(labelOf).filter((label) => label !== undefined);
    return new Set(labels).size === labels.length;
  };
  return ValidateBy({ name: 'haveDistinctLabels', validator: { validate } }, { message: '$property must have a label of their own each' });
}

/** As it looks: whatever its case, its spaces, and how its letters are composed. Undefined where there is none, or it is too long anyway. */
function labelOf(action: unknown): string | undefined {
  const label = (action as { label?: unknown } | null | undefined)?.label;
  return typeof label === 'string' && label.length <= ACTION_LABEL_MAX ? label.normalize('NFKC').replace(UNSEEN, '').replace(SPACES, ' ').trim().toLowerCase() : undefined;
}
