import type { AppTemplate } from '@herald/protocol';

/** Most templates of one app, and of all apps. */
export interface TemplateLimits {
  readonly count: number;
  readonly countOfAll: number;
}

/** The version that a `put` expects to be stored: the one with this `changedAt`, or none if null. */
export type ExpectedTemplate = string | null;

/** Differences from what was expected: there is one of that name, or another version, or none. */
export type TemplateConflict = 'exists' | 'changed' | 'removed';

/** Reasons against a template: its app was removed, a limit is reached, or something else is stored than expected. */
export type TemplateFault = 'app' | keyof TemplateLimits | TemplateConflict;

/**
 * The templates that apps have for webhooks of their own. `Store.removeApp` removes those of its app. Every adapter
 * guarantees:
 * - `put` is atomic: of two at once, the second sees what the first has stored. Of two that expect the same, one is
 *   refused.
 * - an app has one template of a name, and none once it is removed.
 */
export abstract class AppTemplateRepository {
  abstract find(app: number, name: string): Promise<AppTemplate | undefined>;
  /** Templates of an app by name. */
  abstract list(app: number): Promise<AppTemplate[]>;
  /**
   * Adds a template, or replaces the one of its name, which no limit prevents.
   * @param expected if it is given, nothing else is replaced
   * @returns the reason why it was not stored; undefined if it was
   */
  abstract put(
    app: number,
    template: AppTemplate,
    limits: TemplateLimits,
    expected?: ExpectedTemplate,
  ): Promise<TemplateFault | undefined>;
  /** @returns false if there is no such template */
  abstract remove(app: number, name: string): Promise<boolean>;
}

/** @param stored the template that there is of the name */
export function conflictOf(
  expected: ExpectedTemplate | undefined,
  stored: AppTemplate | undefined,
): TemplateConflict | undefined {
  if (expected === undefined) return undefined;
  if (expected === null) return stored && 'exists';
  if (stored === undefined) return 'removed';
  return stored.changedAt === expected ? undefined : 'changed';
}
