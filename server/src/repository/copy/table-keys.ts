import type { Tables } from '../sql/tables.js';

/**
 * Every table of a store, with the columns of its primary key, by which its pages follow each other. The log has one row
 * and no key. All columns are copied, so a new one needs no change here; a new table does, or it does not compile.
 */
export const TABLE_KEYS = {
  log: ['store_id'],
  users: ['username'],
  user_channels: ['channel', 'username'],
  removed_names: ['username'],
  apps: ['id'],
  app_templates: ['app', 'name'],
  lanes: ['channel', 'lane'],
  entries: ['no'],
  places: ['channel', 'lane', 'offset'],
  shares: ['is_notification', 'owner'],
  notifications: ['no'],
  audiences: ['no'],
  audience_channels: ['channel', 'audience'],
  audience_counts: ['audience', 'category', 'requires_ack'],
  marks: ['username', 'no'],
  mark_counts: ['username', 'audience', 'category', 'requires_ack', 'view', 'read', 'acknowledged'],
  preferences: ['username'],
  recipient_sets: ['no'],
  received: ['channel', 'lane', 'username', 'first'],
  answers: ['no', 'username'],
  requests: ['sender', 'key'],
  request_totals: ['sender'],
  scheduled: ['id'],
} as const satisfies { readonly [Table in keyof Tables]: readonly (keyof Tables[Table])[] };

export const TABLES = Object.keys(TABLE_KEYS) as (keyof Tables)[];
