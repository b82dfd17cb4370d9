import type { Notification } from './notification.ts';

/** Most templates of one app. */
export const TEMPLATES_MAX = 20;
/** Most templates of all apps, beyond which only apps of administrators may have another one. */
export const TEMPLATES_OF_ALL_MAX = 5000;
/** Most bytes of the example of a template, as JSON. */
export const TEMPLATE_EXAMPLE_MAX_BYTES = 16 * 1024;

/** Names of templates, which stand in the paths of webhooks. */
export const TEMPLATE_NAME_MAX = 40;
export const TEMPLATE_NAME_PATTERN = /^[a-z\d][a-z\d_-]{0,39}$/;
/** Names that no template of an app can have, since Herald has these itself. */
export const BUILT_IN_TEMPLATES = ['alertmanager', 'github', 'gitlab', 'grafana', 'sentry', 'uptime-kuma'] as const;
export type BuiltInTemplate = (typeof BUILT_IN_TEMPLATES)[number];

/** Most characters of the text of a message, in UTF-16 code units, and of any other text. */
export const TEMPLATE_MESSAGE_MAX = 4000;
export const TEMPLATE_LINE_MAX = 1000;
/** Most tags of a text, and most levels of its sections. */
export const TEMPLATE_TAGS_MAX = 100;
export const TEMPLATE_DEPTH_MAX = 5;

export const TEMPLATE_FIELDS = ['title', 'message', 'priority', 'tags', 'url', 'key'] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

/**
 * Texts that become the fields of a notification. `{{path.to}}` stands for a value of the payload, and
 * `{{#list}}…{{/list}}` for a part that repeats.
 */
export interface TemplateTexts {
  title: string;
  message: string;
  /** Becomes 1 to 5, or a word such as `high` or `warning`. Absent or blank: the app's. */
  priority?: string;
  /** Becomes tags with commas between them. Absent or blank: the app's. */
  tags?: string;
  url?: string;
  /** Becomes the key by which a notification replaces an earlier one of the app. */
  key?: string;
}

/** Body of `POST /api/apps/:id/templates/preview`, and of `PUT /api/apps/:id/templates/:name`. */
export interface AppTemplateDraft extends TemplateTexts {
  /** A payload against which the template is edited. */
  example: Record<string, unknown>;
}

/** A template of an app: `POST /hooks/{key}/{name}` makes notifications by it. */
export interface AppTemplate extends AppTemplateDraft {
  name: string;
  /** ISO 8601. */
  changedAt: string;
}

/** An item of `GET /api/apps/:id/templates`. */
export type AppTemplateSummary = Omit<AppTemplate, 'example'>;

/** Answer of `GET /api/apps/:id/templates`, by name. */
export interface AppTemplateList {
  items: AppTemplateSummary[];
}

/** The notification that a template makes of its example. `data` says what was cut and dropped, so that it fits. */
export type TemplatePreview = Pick<Notification, 'title' | 'message' | 'priority' | 'category'> &
  Pick<Notification, 'tags' | 'url' | 'key' | 'data'> & { markdown: boolean };
