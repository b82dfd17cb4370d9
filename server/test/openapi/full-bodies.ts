import { DRAFT } from '../running-server.js';

export const IN_A_DAY = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();

/** A notification with every field but `deliverAt`. */
export const FULL_NOTIFICATION = {
  ...DRAFT,
  audience: ['user:bob'],
  url: 'https://example.com/',
  actions: [
    { label: 'Yes', event: 'approve' },
    { label: 'No', event: 'deny' },
    { label: 'See', url: 'https://example.com/' },
  ],
  tags: ['rocket'],
  markdown: true,
  expiresAt: IN_A_DAY,
  key: 'k',
  requiresAck: true,
  data: { build: { number: 42, jobs: ['test', 'lint'] }, isGreen: null },
};

/** A template with every field. */
export const FULL_TEMPLATE = {
  title: '{{a}}',
  message: '{{#b}}{{.}}{{/b}}',
  priority: '{{p}}',
  tags: 'x,{{t}}',
  url: 'https://example.com/{{a}}',
  key: '{{a}}',
  example: { a: 'A', b: [1, 2], p: 'high', t: 'y' },
};

/** An app with every field. */
export const FULL_APP = {
  name: 'builds',
  scope: 'send',
  audience: ['topic:builds'],
  category: 'build',
  defaultPriority: 'low',
  tags: ['hammer'],
  markdown: true,
  expiresAt: IN_A_DAY,
  secret: 'a long secret',
};
