import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { Dialogs } from '#app/dialog/dialogs';
import { Icon } from '#app/icon/icon';
import { forget } from '#app/platform/browser-storage';
import { ServerAddress } from '#app/platform/server-address';
import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { Component, computed, inject, Injector, input, numberAttribute, type OnInit, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { HeraldApi } from '@herald/client/api';
import type { AppTemplateSummary } from '@herald/protocol';
import { AppTemplatesApi } from './app-templates-api';
import type { Confirmation } from './confirm-dialog';
import { Copyable } from './copyable';
import { PendingResult } from './pending-result';
import { unsavedTemplateKey } from './unsaved-template';

const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };

/** List of the templates of an app. */
@Component({
  selector: 'app-templates-page',
  imports: [Copyable, Icon, MatButton, MatIconButton, Retry, RouterLink, Spoken],
  templateUrl: './templates-page.html',
  styleUrls: ['./apps-page.scss', './templates-page.scss'],
})
export class TemplatesPage implements OnInit {
  readonly #api = inject(HeraldApi);
  readonly #dialogs = inject(Dialogs);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  readonly #address = inject(ServerAddress);
  readonly #username = inject(Person).username;
  /** Id of the app, from the path. */
  readonly app = input.required({ transform: numberAttribute });
  readonly #templatesApi = computed(() => new AppTemplatesApi(this.#api, this.app()));
  protected readonly appName = signal('');
  /** By name; null before they are loaded. */
  protected readonly templates = signal<readonly AppTemplateSummary[] | null>(null);
  protected readonly problem = signal('');
  protected readonly isLoading = signal(false);

  ngOnInit(): void {
    void this.load();
  }

  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    this.problem.set('');
    try {
      const [{ name }, { items }] = await Promise.all([this.#api.app(this.app()), this.#templatesApi().list()]);
      this.appName.set(name);
      this.templates.set(items);
    } catch (error) {
      const unreachable = $localize`:@@apps.unreachable:The server can’t be reached. Try again in a moment.`;
      this.problem.set((await refusalOf(error, unreachable)).message);
    } finally {
      this.isLoading.set(false);
    }
  }

  protected addressOf(template: string): string {
    return this.#address.absolute(`/hooks/KEY/${template}`);
  }

  protected async remove(name: string, index: number, list: HTMLElement, heading: HTMLElement): Promise<void> {
    const data: Confirmation<boolean> = {
      title: $localize`:@@templates.removeTitle:Remove ${name}:name:?`,
      text: $localize`:@@templates.removeText:Webhooks to its address are refused at once. This can’t be undone.`,
      action: $localize`:@@apps.remove:Remove`,
      isFinal: true,
      unanswered: $localize`:@@templates.notRemoved:The server did not answer, so the template may still exist. Try again in a moment.`,
      work: () =>
        this.#templatesApi()
          .remove(name)
          .then(() => true),
      pending: new PendingResult(),
    };
    const load = () => import('./confirm-dialog').then((file) => file.ConfirmDialog);
    if ((await this.#dialogs.open(load, { ...DIALOG, injector: this.#injector, data })) !== true) return;
    forget(unsavedTemplateKey(this.#username, this.app(), name));
    this.templates.update((all) => all?.filter((one) => one.name !== name) ?? null);
    focusAfterRemoval(list, index, heading, this.#injector);
    this.#liveRegion.announce($localize`:@@apps.removed:Removed: ${name}:name:`);
  }
}
