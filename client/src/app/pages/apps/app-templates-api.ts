import type { HeraldApi } from '@herald/client/api';
import type { AppTemplate, AppTemplateDraft, AppTemplateList, TemplatePreview } from '@herald/protocol';

/**
 * Requests about the templates of one app. Each rejects with a `HeraldError` if it fails. Not in the client library, whose
 * requests are all loaded before the first view.
 */
export class AppTemplatesApi {
  readonly #path: string;

  /** @param app its id */
  constructor(
    private readonly api: HeraldApi,
    app: number,
  ) {
    this.#path = `/api/apps/${app}/templates`;
  }

  list(): Promise<AppTemplateList> {
    return this.api.ask('GET', this.#path);
  }

  get(name: string): Promise<AppTemplate> {
    return this.api.ask('GET', this.#pathOf(name));
  }

  /**
   * Creates a template, or replaces the version that was changed at this instant. Another one is not replaced.
   * @param changedAt null to create it
   */
  put(name: string, draft: AppTemplateDraft, changedAt: string | null): Promise<AppTemplate> {
    const expected: Record<string, string> =
      changedAt === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${changedAt}"` };
    return this.api.ask('PUT', this.#pathOf(name), draft, expected);
  }

  /** The notification that a template makes of its example. Nothing is stored. */
  preview(draft: AppTemplateDraft): Promise<TemplatePreview> {
    return this.api.ask('POST', `${this.#path}/preview`, draft);
  }

  remove(name: string): Promise<void> {
    return this.api.ask('DELETE', this.#pathOf(name));
  }

  #pathOf(name: string): string {
    return `${this.#path}/${encodeURIComponent(name)}`;
  }
}
