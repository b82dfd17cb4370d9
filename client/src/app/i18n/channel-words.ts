import { parseChannel } from '@herald/protocol';

/** Display name of a channel: `everyone`, `ada`, `role ops`, `topic builds`. @param reader username to call "you" */
export function channelInWords(channel: string, reader?: string): string {
  const parsed = parseChannel(channel);
  if (parsed === undefined) return channel;
  if (parsed.kind === 'everyone') return $localize`:@@recipient.everyone:everyone`;
  if (parsed.kind === 'user') return parsed.name === reader ? $localize`:@@recipient.you:you` : parsed.name;
  return parsed.kind === 'role'
    ? $localize`:@@recipient.role:role ${parsed.name}:name:`
    : $localize`:@@recipient.topic:topic ${parsed.name}:name:`;
}

export function audienceInWords(audience: readonly string[], reader?: string): string {
  return audience.map((channel) => channelInWords(channel, reader)).join(', ');
}
