import { Spoken } from '#app/a11y/spoken';
import { Count } from '#app/i18n/count';
import { Face } from '#app/icon/face';
import { refusalOf } from '#app/refusal/refusal';
import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';
import { HeraldApi } from '@herald/client/api';
import type { Notification, PersonalReceipt, Receipts } from '@herald/protocol';
import { filter, interval } from 'rxjs';

/** Time between readings while the details are open. */
const REFRESH_MS = 5000;

/** Recipients in one state. */
interface StateOfSome {
  kind: 'read' | 'received' | 'waiting';
  name: string;
  count: number;
  /** Empty where receipts hold only numbers. */
  people: PersonalReceipt[];
}

/** Receipts of one notification: a line and a bar once it is in view, and kept up to date while its details are open. */
@Component({
  selector: 'app-receipts-view',
  imports: [Count, Face, Spoken],
  templateUrl: './receipts-view.html',
  styleUrl: './receipts-view.scss',
})
export class ReceiptsView {
  readonly #api = inject(HeraldApi);
  readonly notification = input.required<Notification>();
  readonly isOpen = input.required<boolean>();
  protected readonly id = computed(() => this.notification().id);
  protected readonly asksToConfirm = computed(() => this.notification().requiresAck === true);
  protected readonly receipts = signal<Receipts | null>(null);
  protected readonly problem = signal('');
  protected readonly states = computed(() => statesIn(this.receipts()));

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      if (!this.isOpen()) void this.load();
    });
    afterNextRender(() => seen.observe(element.parentElement ?? element));
    inject(DestroyRef).onDestroy(() => seen.disconnect());
    effect((onCleanup) => {
      if (!this.isOpen()) return;
      void this.load();
      const again = interval(REFRESH_MS)
        .pipe(filter(() => document.visibilityState === 'visible'))
        .subscribe(() => void this.load());
      onCleanup(() => again.unsubscribe());
    });
  }

  protected async load(): Promise<void> {
    try {
      this.receipts.set(await this.#api.receipts(this.id()));
      this.problem.set('');
    } catch (error) {
      this.problem.set(
        (await refusalOf(error, $localize`:@@receipts.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    }
  }

  /** The answers and the confirmation of a person, if they gave any. */
  protected inWords({ acted, answers = [], acknowledged }: PersonalReceipt): string {
    // All answers in order; the last one counts.
    const chosen =
      answers.length > 1 ? answers.map(({ label }) => label).join($localize`:@@receipts.then:, then `) : acted;
    return [
      ...(chosen === null ? [] : [$localize`:@@receipts.chose:chose ${chosen}:answer:`]),
      ...(acknowledged && this.asksToConfirm() ? [$localize`:@@receipts.confirmed:confirmed`] : []),
    ].join(', ');
  }
}

function statesIn(receipts: Receipts | null): StateOfSome[] {
  if (receipts === null) return [];
  const { recipients, delivered, read, people = [] } = receipts;
  const reached = Math.max(delivered, read);
  return [
    {
      kind: 'read',
      name: $localize`:@@receipts.read:Read`,
      count: read,
      people: people.filter((person) => person.read),
    },
    {
      kind: 'received',
      name: $localize`:@@receipts.received:Received, not read`,
      count: reached - read,
      people: people.filter((person) => person.delivered && !person.read),
    },
    {
      kind: 'waiting',
      name: $localize`:@@receipts.notYet:Not received yet`,
      count: recipients - reached,
      people: people.filter((person) => !person.delivered && !person.read),
    },
  ];
}
