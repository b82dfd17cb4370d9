import { ChipsField } from '#app/forms/chips-field';
import { channelInWords } from '#app/i18n/channel-words';
import { Component, computed, DestroyRef, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { HeraldApi } from '@herald/client/api';
import { EVERYONE, type Recipients } from '@herald/protocol';
import { catchError, debounce, EMPTY, from, startWith, Subject, switchMap, take, timer } from 'rxjs';
import { channelMeant, groupsOf, merged, personIn } from './recipient';

const TYPING_MS = 150;
const NOBODY: Recipients = { everyone: false, users: [], roles: [], topics: [] };

/**
 * Recipients of a notification as chips with suggestions. Starts with everyone for senders who may broadcast; the first
 * other recipient replaces it.
 */
@Component({
  selector: 'app-audience-field',
  imports: [ChipsField],
  template: `
    <app-chips-field
      [control]="control()"
      i18n-label="@@audience.to"
      label="To"
      i18n-chipsLabel="@@audience.label"
      chipsLabel="Recipients"
      [hint]="offered().everyone ? hintForAll : hintForSome()"
      [offers]="offers()"
      [inWords]="inWords"
      [personIn]="personIn"
      [meant]="meant"
      (typed)="ask($event)"
    />
  `,
})
export class AudienceField {
  /** Names of channels. */
  readonly control = input.required<FormControl<string[]>>();
  /** Hint for senders who may not broadcast. */
  readonly hintForSome = input($localize`:@@audience.hint.some:People by their names, or topics that you follow`);
  readonly #api = inject(HeraldApi);
  readonly #destroyed = inject(DestroyRef);
  readonly #asked = new Subject<string>();
  private readonly field = viewChild.required(ChipsField);
  readonly #part = signal('');
  protected readonly offered = signal(NOBODY);
  protected readonly offers = computed(() => groupsOf(this.offered(), this.#part()));
  protected readonly inWords = channelInWords;
  protected readonly personIn = personIn;
  /** All suggestions so far: the meaning of a word must not depend on the answer that came last. */
  #suggested = NOBODY;
  protected readonly meant = (word: string): string => channelMeant(word, this.#suggested);
  protected readonly hintForAll = $localize`:@@audience.hint.all:Everyone, people, roles or topics`;
  #hasBegun = false;

  constructor() {
    this.#asked
      .pipe(
        startWith(''),
        debounce((part) => timer(part === '' ? 0 : TYPING_MS)),
        // On an error the last suggestions stay; the next keystroke asks again.
        switchMap((part) => from(this.#api.recipients(part)).pipe(catchError(() => EMPTY))),
        takeUntilDestroyed(),
      )
      .subscribe((offered) => {
        this.offered.set(offered);
        this.#suggested = merged(this.#suggested, offered);
      });
    effect(() => {
      const { everyone } = this.offered();
      untracked(() => this.#begin(everyone));
    });
  }

  /** Adds the word that is still being typed. */
  commit(): void {
    this.field().commit();
  }

  /** Begins again, as on a new page. */
  restart(): void {
    this.control().reset([]);
    this.#hasBegun = false;
    this.#begin(this.offered().everyone);
  }

  protected ask(part: string): void {
    // Counts before the first answer too.
    if (part !== '') this.#hasBegun = true;
    this.#part.set(part);
    // Also on focus, since the possible recipients may have changed.
    this.#asked.next(part);
  }

  #begin(mayBroadcast: boolean): void {
    if (this.#hasBegun || this.control().dirty || !mayBroadcast) return;
    this.#hasBegun = true;
    this.control().setValue([EVERYONE]);
    this.control()
      .valueChanges.pipe(take(1), takeUntilDestroyed(this.#destroyed))
      .subscribe((channels) => {
        const named = channels.filter((channel) => channel !== EVERYONE);
        if (named.length > 0 && named.length < channels.length) this.control().setValue(named);
      });
  }
}
