import { PRIORITIES } from '../../protocol/notification.js';
console.log(PRIORITIES);
