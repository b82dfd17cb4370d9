import type { Priority } from './notification.ts';

/** The channel that reaches everyone who is signed in. */
export const EVERYONE = 'everyone';

/** Names of users and roles: visible letters and digits of any script, with `.`, `_`, `@`, `+`, `-` inside. */
export const NAME_PATTERN = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u;
/** Topics may also begin with `_` or `-`: every topic of ntfy is one. */
export const TOPIC_PATTERN = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}_-][\p{L}\p{N}._@+-]*$/u;
/** In UTF-16 code units. */
export const NAME_MAX = 50;
export const TOPIC_MAX = 64;
/** Limits for one user, low enough that the positions of all their channels fit into a `hello`. */
export const ROLES_MAX = 8;
export const TOPICS_MAX = 32;
/** Channels that one notification can be sent to. */
export const AUDIENCE_MAX = 16;
/** Users with this role may send to everyone and to roles, and manage accounts. */
export const ADMIN_ROLE = 'admin';

export type Channel = { kind: 'everyone' } | { kind: 'user' | 'role' | 'topic'; name: string };

export const userChannel = (username: string): string => `user:${username}`;
export const roleChannel = (role: string): string => `role:${role}`;
export const topicChannel = (topic: string): string => `topic:${topic}`;

export function isTopic(text: string): boolean {
  return text.length <= TOPIC_MAX && TOPIC_PATTERN.test(text);
}

/** Reads `everyone`, `user:<name>`, `role:<name>` or `topic:<name>`. @returns undefined for anything else */
export function parseChannel(text: string): Channel | undefined {
  if (text === EVERYONE) return { kind: 'everyone' };
  const [, kind, name = ''] = /^(user|role|topic):([^]*)$/.exec(text) ?? [];
  const isValid = kind === 'topic' ? isTopic(name) : name.length <= NAME_MAX && NAME_PATTERN.test(name);
  return isValid ? { kind: kind as 'user' | 'role' | 'topic', name } : undefined;
}

/** The channels that a user reads. */
export function channelsOf(user: { username: string; roles: readonly string[]; topics: readonly string[] }): string[] {
  return [EVERYONE, userChannel(user.username), ...user.roles.map(roleChannel), ...user.topics.map(topicChannel)];
}

/**
 * How far a channel's lane has been processed: the last offset, and the id of the entry there. The id proves that
 * the log is the same one: it differs if a store was cut back and rewritten. `[0, null]` is the start of an empty lane.
 */
export type LanePosition = [offset: number, id: string | null];

export type ChannelPositions = Record<string, Partial<Record<Priority, LanePosition>>>;

/** Positions at which a client resumes, valid for one epoch only. */
export interface Positions {
  epoch: string;
  channels: ChannelPositions;
}
