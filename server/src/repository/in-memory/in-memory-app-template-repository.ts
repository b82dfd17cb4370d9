import type { AppTemplate } from '@herald/protocol';
import {
  AppTemplateRepository,
  conflictOf,
  type ExpectedTemplate,
  type TemplateFault,
  type TemplateLimits,
} from '../app-template-repository.js';
import type { InMemoryAppRepository } from './in-memory-app-repository.js';

/** Keeps the templates of apps for as long as the process lives. */
export class InMemoryAppTemplateRepository extends AppTemplateRepository {
  /** By app and name. */
  readonly #templates = new Map<number, Map<string, AppTemplate>>();
  #count = 0;

  constructor(private readonly apps: InMemoryAppRepository) {
    super();
  }

  override find(app: number, name: string): Promise<AppTemplate | undefined> {
    return Promise.resolve(structuredClone(this.#templates.get(app)?.get(name)));
  }

  override list(app: number): Promise<AppTemplate[]> {
    const found = [...(this.#templates.get(app)?.values() ?? [])];
    return Promise.resolve(structuredClone(found.sort((a, b) => (a.name < b.name ? -1 : 1))));
  }

  override put(
    app: number,
    template: AppTemplate,
    limits: TemplateLimits,
    expected?: ExpectedTemplate,
  ): Promise<TemplateFault | undefined> {
    const templates = this.#templates.get(app) ?? new Map<string, AppTemplate>();
    const stored = templates.get(template.name);
    const fault = this.apps.has(app) ? conflictOf(expected, stored) : 'app';
    if (fault !== undefined) return Promise.resolve(fault);
    if (stored === undefined) {
      if (this.#count >= limits.countOfAll) return Promise.resolve('countOfAll');
      if (templates.size >= limits.count) return Promise.resolve('count');
      this.#count += 1;
    }
    this.#templates.set(app, templates.set(template.name, structuredClone(template)));
    return Promise.resolve(undefined);
  }

  override remove(app: number, name: string): Promise<boolean> {
    const isRemoved = this.#templates.get(app)?.delete(name) === true;
    if (isRemoved) this.#count -= 1;
    return Promise.resolve(isRemoved);
  }

  /** Drops the templates of a removed app. */
  forget(app: number): void {
    this.#count -= this.#templates.get(app)?.size ?? 0;
    this.#templates.delete(app);
  }
}
