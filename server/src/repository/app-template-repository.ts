import type { AppTemplate } from '@herald/protocol';

/** Most templates of one app, and of all apps. */
export interface TemplateLimits {
  readonly count: number;
  readonly countOfAll: number;
}

/** Reasons against a template: its app was removed, or a limit is reached. */
export type TemplateFault = 'app' | keyof TemplateLimits;

/**
 * The templates that apps have for webhooks of their own. `Store.removeApp` removes those of its app. Every adapter
 * guarantees:
 * - `put` is atomic: of two at once, the second sees what the first has stored.
 * - an app has one template of a name, and none once it is removed.
 */
export abstract class AppTemplateRepository {
  abstract find(app: number, name: string): Promise<AppTemplate | undefined>;
  /** Templates of an app by name. */
  abstract list(app: number): Promise<AppTemplate[]>;
  /**
   * Adds a template, or replaces the one of its name, which no limit prevents.
   * @returns the reason why it was not stored; undefined if it was
   */
  abstract put(app: number, template: AppTemplate, limits: TemplateLimits): Promise<TemplateFault | undefined>;
  /** @returns false if there is no such template */
  abstract remove(app: number, name: string): Promise<boolean>;
}
