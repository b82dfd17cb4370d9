import type { ServerFrame } from '@herald/protocol';
import { textsOf } from '../delivery/log/text-frame.js';

/** A frame as an event of a stream: its name, its data as one line of JSON, and the parsed data. */
export interface StreamEvent {
  readonly name: string;
  readonly line: string;
  readonly data: unknown;
}

/** Events of parsed slices. Streams at the same offset share a Buffer, which is parsed once for all of them. */
const parsed = new WeakMap<Buffer, StreamEvent[]>();

/** The events in a slice of the frame log. */
export function eventsIn(slice: Buffer): StreamEvent[] {
  const known = parsed.get(slice);
  if (known !== undefined) return known;
  const events = textsOf(slice).map((text) => {
    const frame = JSON.parse(text) as ServerFrame & { data?: unknown };
    const data = frame.data ?? {};
    return { name: frame.event, line: JSON.stringify(data), data };
  });
  parsed.set(slice, events);
  return events;
}

/** One event of `text/event-stream`. JSON has no line breaks of its own, so the data is one line. */
export function eventText({ name, line }: Pick<StreamEvent, 'name' | 'line'>, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${line}\n\n`;
}
