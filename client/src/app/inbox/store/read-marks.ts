/** What a person has read on this browser. */
export interface ReadMarks {
  /** Everything up to this id was read; ids ascend with time. */
  upTo: string;
  /** Read one by one, after `upTo`. */
  ids: readonly string[];
}

const NOTHING_READ: ReadMarks = { upTo: '', ids: [] };

export function isRead({ upTo, ids }: ReadMarks, id: string): boolean {
  return id <= upTo || ids.includes(id);
}

export function markedRead(marks: ReadMarks, id: string): ReadMarks {
  return isRead(marks, id) ? marks : { ...marks, ids: [...marks.ids, id] };
}

/** @param newest id of the newest notification there is */
export function markedAllRead(marks: ReadMarks, newest: string): ReadMarks {
  return newest <= marks.upTo ? marks : { upTo: newest, ids: marks.ids.filter((id) => id > newest) };
}

export function readMarks(username: string): ReadMarks {
  try {
    const stored = JSON.parse(localStorage.getItem(key(username)) ?? 'null') as Partial<ReadMarks> | null;
    return typeof stored?.upTo === 'string' && Array.isArray(stored.ids) ? { upTo: stored.upTo, ids: stored.ids } : NOTHING_READ;
  } catch {
    return NOTHING_READ;
  }
}

export function storeReadMarks(username: string, marks: ReadMarks): void {
  localStorage.setItem(key(username), JSON.stringify(marks));
}

function key(username: string): string {
  return `herald.read.${username}`;
}
