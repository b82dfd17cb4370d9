import { audienceInWords } from '#app/i18n/channel-words';
import { dayTime } from '#app/i18n/day-time';
import { relativeTime } from '#app/i18n/relative-time';
import type { App } from '@herald/protocol';

const MINUTE_MS = 60_000;

/** Says to whom an app sends, or whose notifications it reads. @param me username of the person who reads this */
export function purposeOf({ scope, audience, owner }: App, me: string): string {
  if (scope === 'send') return $localize`:@@apps.sendsTo:Sends to ${audienceInWords(audience, me)}:audience:`;
  return owner === me
    ? $localize`:@@apps.readsYours:Reads your notifications`
    : $localize`:@@apps.readsOf:Reads the notifications of ${owner}:name:`;
}

/** @param now milliseconds since 1970 */
export function lastUseOf({ lastUsedAt, lastUsedFrom = '' }: App, now: number, locale: string): string {
  if (lastUsedAt === undefined) return $localize`:@@apps.neverUsed:Never used`;
  if (now - Date.parse(lastUsedAt) < MINUTE_MS)
    return $localize`:@@apps.usedNow:Used just now from ${lastUsedFrom}:address:`;
  const when = relativeTime(lastUsedAt, now, locale);
  return $localize`:@@apps.usedFrom:Last used ${when}:when: from ${lastUsedFrom}:address:`;
}

/** Instant until which the key before the last rotation is valid; null if it is not. */
export function oldKeyEndOf({ previousKeyUntil }: App, now: number, locale: string): string | null {
  const until = Date.parse(previousKeyUntil ?? '');
  return until > now ? dayTime(until, 'full', locale) : null;
}

export function isExpired({ expiresAt }: App, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

/** Null for a key that does not expire. */
export function expiryOf(app: App, now: number, locale: string): string | null {
  if (app.expiresAt === undefined) return null;
  const when = dayTime(Date.parse(app.expiresAt), 'full', locale);
  return isExpired(app, now)
    ? $localize`:@@apps.expired:Expired ${when}:when:`
    : $localize`:@@apps.expires:Expires ${when}:when:`;
}
