import type { Action, Answer, Notification, PersonalReceipt, Receipts } from '@herald/protocol';
import type { Mark } from '../repository/inbox-repository.js';
import type { Recipients } from '../repository/receipt-repository.js';

/** Responses of a notification's recipients only. */
export interface Responses {
  readonly receivers: ReadonlySet<string>;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
}

interface Asked extends Responses {
  readonly recipients: Recipients;
  /** Whether the requesting person may see names. */
  readonly mayName: boolean;
}

type EventAction = Extract<Action, { event: string }>;

export const isEvent = (action: Action): action is EventAction => 'event' in action;

/** Summarises the responses to a notification. */
export function receiptsOf({ actions = [] }: Notification, asked: Asked): Receipts {
  const { recipients, mayName, receivers, marks, answers } = asked;
  const latest = [...answers.values()].map((all) => all.at(-1));
  const number = (has: (mark: Mark) => boolean): number => [...marks.values()].filter(has).length;
  const countOf = (action: EventAction): number =>
    latest.filter((answer) => answer?.event === action.event && answer.label === action.label).length;
  return {
    recipients: recipients.count,
    delivered: receivers.size,
    read: number(({ read }) => read === true),
    acted: answers.size,
    acknowledged: number(({ acknowledged }) => acknowledged === true),
    choices: actions
      .filter(isEvent)
      .map((action) => ({ label: action.label, event: action.event, count: countOf(action) })),
    ...(mayName &&
      recipients.usernames && { people: recipients.usernames.map((username) => personal(username, asked)) }),
  };
}

function personal(username: string, { receivers, marks, answers }: Responses): PersonalReceipt {
  const { read = false, acknowledged = false } = marks.get(username) ?? {};
  const all = answers.get(username);
  const { label: acted = null, event = null } = all?.at(-1) ?? {};
  return {
    username,
    delivered: receivers.has(username),
    read,
    acted,
    event,
    acknowledged,
    ...(all && { answers: [...all] }),
  };
}
