import { ACTION_LABEL_MAX } from '@herald/protocol';
import { Must } from '../validation/rule.js';

/** Invisible characters. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const SPACES = /\s+/g;

/** Requires visibly different labels, since receipts name the chosen action by its label. */
export function HaveDistinctLabels(): PropertyDecorator {
  const holds = (actions: unknown): boolean => {
    const labels = (Array.isArray(actions) ? actions : []).map(labelOf).filter((label) => label !== undefined);
    return new Set(labels).size === labels.length;
  };
  return Must({ code: 'duplicate_labels', holds, reason: 'each of $property must have its own label' });
}

/** The label normalised in case, spaces and composition. Undefined if it is absent or too long. */
function labelOf(action: unknown): string | undefined {
  const label = (action as { label?: unknown } | null | undefined)?.label;
  return typeof label === 'string' && label.length <= ACTION_LABEL_MAX ? seenLabel(label) : undefined;
}

/** The label as people tell it from others. */
export function seenLabel(label: string): string {
  return label.normalize('NFKC').replace(INVISIBLE, '').replace(SPACES, ' ').trim().toLowerCase();
}
