import { LiveRegion } from '#app/a11y/live-region';
import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type ActivatedRouteSnapshot, NavigationEnd, Router } from '@angular/router';
import { filter, map, distinctUntilChanged, skip } from 'rxjs';

/**
 * Announces the title of each page after the first: screen readers announce a document's title but don't notice in-app
 * navigation.
 */
@Injectable({ providedIn: 'root' })
export class PageAnnouncements {
  constructor() {
    const router = inject(Router);
    const liveRegion = inject(LiveRegion);
    router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map(() => titleOf(router.routerState.snapshot.root)),
        distinctUntilChanged(),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe((title) => liveRegion.announce(title));
  }
}

function titleOf(route: ActivatedRouteSnapshot): string {
  return route.firstChild === null ? (route.title ?? '') : titleOf(route.firstChild);
}
