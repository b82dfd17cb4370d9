import { type InboxFilter, PRIORITIES, SEARCH_MAX, type View } from '@herald/protocol';

/** The view in the page's address. Days are local, as in `2026-11-24`: `after` and `before` their first moment. */
export interface FindParams {
  q?: string;
  unread?: string;
  unconfirmed?: string;
  priority?: string;
  category?: string;
  topic?: string;
  sender?: string;
  after?: string;
  before?: string;
}

/** The filter that an address means. Invalid parameters are ignored, since anyone may write an address. */
export function filterOf(view: View, params: FindParams): InboxFilter {
  const { q, unread, unconfirmed, priority, category, topic, sender } = params;
  const priorities = PRIORITIES.filter((one) => priority?.split(',').includes(one));
  const words = q?.trim().slice(0, SEARCH_MAX);
  const [from, to] = [startOf(params.after), startOf(params.before)];
  return {
    view,
    ...(unread === 'true' ? { unread: true } : {}),
    ...(unconfirmed === 'true' ? { unconfirmed: true } : {}),
    ...(priorities.length > 0 ? { priority: priorities } : {}),
    ...(category ? { category } : {}),
    ...(topic ? { topic } : {}),
    ...(sender ? { sender } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(words ? { q: words } : {}),
  };
}

/** Whether it leaves anything of the view out. */
export function isNarrowed(filter: InboxFilter): boolean {
  return Object.keys(filter).length > 1;
}

function startOf(day: string | undefined): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (date === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date)).toISOString();
}
