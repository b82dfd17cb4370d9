import { parseChannel } from '../../../../protocol/channels';

/** As it is read: `everyone`, `ada`, `role ops`, `topic builds`. */
export function channelInWords(channel: string): string {
  const parsed = parseChannel(channel);
  if (parsed === undefined) return channel;
  if (parsed.kind === 'everyone') return $localize`:@@recipient.everyone:everyone`;
  if (parsed.kind === 'user') return parsed.name;
  return parsed.kind === 'role' ? $localize`:@@recipient.role:role ${parsed.name}:name:` : $localize`:@@recipient.topic:topic ${parsed.name}:name:`;
}

export function audienceInWords(audience: readonly string[]): string {
  return audience.map(channelInWords).join(', ');
}
