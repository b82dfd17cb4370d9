import { type HeraldApi, HeraldError } from '@herald/client/api';
import type { AppTemplate, AppTemplateDraft, AppTemplateList, TemplatePreview } from '@herald/protocol';
import { templateDraftOf, templateFieldsOf } from './template-fields';

/**
 * Requests about the templates of one app. Each rejects with a `HeraldError` if it fails. Not in the client library, whose
 * requests are all loaded before the first view.
 */
export class AppTemplatesApi {
  readonly #path: string;
  /** The answer to a `put` was lost, so the server may have its template. */
  #mayBeStored = false;

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
   * Creates a template, or replaces the version that was changed at this instant. Another one is not replaced. Repeated
   * after an answer was lost, it succeeds also if the template is stored already.
   * @param changedAt null to create it
   */
  async put(name: string, draft: AppTemplateDraft, changedAt: string | null): Promise<AppTemplate> {
    const expected: Record<string, string> =
      changedAt === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${changedAt}"` };
    try {
      return await this.api.ask<AppTemplate>('PUT', this.#pathOf(name), draft, expected);
    } catch (error) {
      if (!this.api.isRefused(error)) this.#mayBeStored = true;
      const stored = this.#mayBeStored && isConflict(error) ? await this.get(name).catch(() => null) : null;
      if (stored === null || !isStoredAs(stored, draft)) throw error;
      return stored;
    }
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

function isConflict(error: unknown): boolean {
  return error instanceof HeraldError && (error.code === 'template_exists' || error.code === 'template_changed');
}

function isStoredAs(stored: AppTemplate, draft: AppTemplateDraft): boolean {
  return JSON.stringify(templateDraftOf(templateFieldsOf(stored))) === JSON.stringify(draft);
}
