import { Component, inject } from '@angular/core';
import { DefaultGlobalConfig, TOAST_CONFIG, ToastrService } from 'ngx-toastr';
import { Announcer } from './announcer';
import { ArrivalAnnouncements } from './arrival-announcements';
import { DesktopNotifications } from './desktop-notifications';
import { OpenNotification } from './open-notification';
import { ToastFeed } from './toasts/toast-feed';

const TOASTS = { newestOnTop: false, disableTimeOut: true, tapToDismiss: false };

/** Shows and announces arrivals, including earlier ones, to the signed-in person. */
@Component({
  selector: 'app-alerts',
  template: '',
  providers: [
    { provide: TOAST_CONFIG, useValue: { default: DefaultGlobalConfig, config: TOASTS } },
    ToastrService,
    Announcer,
    ArrivalAnnouncements,
    DesktopNotifications,
    OpenNotification,
    ToastFeed,
  ],
})
export class Alerts {
  constructor() {
    inject(ArrivalAnnouncements);
    inject(ToastFeed);
  }
}
