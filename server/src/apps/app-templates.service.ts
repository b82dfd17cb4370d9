import {
  ADMIN_ROLE,
  type AppTemplate,
  type AppTemplateDraft,
  type AppTemplateList,
  type AppTemplateSummary,
  type TemplatePreview,
  TEMPLATES_MAX,
  TEMPLATES_OF_ALL_MAX,
} from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import type { Refusal } from '../http/refusal/refusal.js';
import { previewedDraft } from '../ingest/fitted-draft.js';
import { withoutUndefined } from '../ingest/json-fields.js';
import { faultsOfTexts, ownMessage } from '../ingest/own-templates/own-template.js';
import type { StoredApp } from '../repository/app-repository.js';
import type { ExpectedTemplate, TemplateFault, TemplateLimits } from '../repository/app-template-repository.js';
import { Store } from '../repository/store.js';
import { invalidRequest } from '../validation/invalid-request.js';
import {
  templateChanged,
  templateExists,
  templateOfReader,
  tooManyTemplates,
  unknownApp,
  unknownTemplate,
} from './apps-refusals.js';
import { AppsService } from './apps.service.js';

const LIMITS = { count: TEMPLATES_MAX, countOfAll: TEMPLATES_OF_ALL_MAX };
/** Others can't use up the templates of administrators. */
const LIMITS_OF_ADMIN = { count: TEMPLATES_MAX, countOfAll: Infinity };

/** Manages the templates of apps. Each is seen and changed by the owner of its app and by administrators. */
@Injectable()
export class AppTemplatesService {
  constructor(
    private readonly apps: AppsService,
    private readonly store: Store,
  ) {}

  /** @throws Refusal unknown_app | invalid_token */
  async list(id: string, by: string): Promise<AppTemplateList> {
    const app = await this.apps.find(id, by);
    const templates = await this.store.templates.list(app.id);
    return { items: templates.map(summaryOf) };
  }

  /** @throws Refusal unknown_template | unknown_app | invalid_token */
  async get(id: string, name: string, by: string): Promise<AppTemplate> {
    const app = await this.apps.find(id, by);
    const template = await this.store.templates.find(app.id, name);
    if (template === undefined) throw unknownTemplate();
    return template;
  }

  /**
   * Creates a template, or replaces the one of its name, if it is the expected one.
   * @throws Refusal invalid_request | template_exists | template_changed | too_many_templates | unknown_template |
   * unknown_app | invalid_token
   */
  async save(
    id: string,
    name: string,
    draft: AppTemplateDraft,
    by: string,
    expected?: ExpectedTemplate,
  ): Promise<AppTemplate> {
    const app = await this.#appFor(id, draft, by);
    const template = { name, ...withoutBlanks(draft), changedAt: nowOrLaterThan(expected) };
    const { roles } = await accountOf({ username: app.owner }, this.store.users);
    const limits = roles.includes(ADMIN_ROLE) ? LIMITS_OF_ADMIN : LIMITS;
    const fault = await this.store.templates.put(app.id, template, limits, expected);
    if (fault !== undefined) throw refusalOf(fault, name, limits);
    return template;
  }

  /** Renders a template against its example, and stores nothing. @throws Refusal invalid_request | unknown_app | invalid_token */
  async preview(id: string, draft: AppTemplateDraft, by: string): Promise<TemplatePreview> {
    const app = await this.#appFor(id, draft, by);
    const foreign = ownMessage(draft, draft.example, app.markdown === true);
    const previewed = previewedDraft(foreign, { name: app.name, app });
    const { title, message, priority, category, markdown, tags, url, key, data } = previewed;
    return { title, message, priority, category, markdown, ...withoutUndefined({ tags, url, key, data }) };
  }

  /** @throws Refusal unknown_template | unknown_app | invalid_token */
  async remove(id: string, name: string, by: string): Promise<void> {
    const app = await this.apps.find(id, by);
    if (!(await this.store.templates.remove(app.id, name))) throw unknownTemplate();
  }

  /** The app to which a template is given. @throws Refusal invalid_request | unknown_app | invalid_token */
  async #appFor(id: string, draft: AppTemplateDraft, by: string): Promise<StoredApp> {
    const app = await this.apps.find(id, by);
    if (app.scope === 'read') throw templateOfReader();
    const faults = faultsOfTexts(draft);
    if (faults.length > 0) throw invalidRequest(faults);
    return app;
  }
}

/** Two versions of a template never have the same instant, even if the second follows within a millisecond. */
function nowOrLaterThan(expected: ExpectedTemplate | undefined): string {
  const now = new Date();
  return (now.toISOString() === expected ? new Date(now.getTime() + 1) : now).toISOString();
}

function refusalOf(fault: TemplateFault, name: string, limits: TemplateLimits): Refusal {
  switch (fault) {
    case 'app':
      return unknownApp();
    case 'exists':
      return templateExists(name);
    case 'changed':
      return templateChanged();
    case 'removed':
      return unknownTemplate();
    default:
      return tooManyTemplates(limits[fault]);
  }
}

/** An optional text that is blank is absent. */
function withoutBlanks({ title, message, priority, tags, url, key, example }: AppTemplateDraft): AppTemplateDraft {
  const optional = { priority, tags, url, key };
  const given = Object.entries(optional).filter(([, text]) => text !== undefined && text.trim() !== '');
  return { title, message, ...(Object.fromEntries(given) as Partial<typeof optional>), example };
}

function summaryOf({ name, title, message, priority, tags, url, key, changedAt }: AppTemplate): AppTemplateSummary {
  return { name, title, message, ...withoutUndefined({ priority, tags, url, key }), changedAt };
}
