import { describeScheduledRepository } from '../../../test/repository/scheduled-repository.contract.js';
import { InMemoryScheduledRepository } from './in-memory-scheduled-repository.js';

describeScheduledRepository('InMemoryScheduledRepository', () => new InMemoryScheduledRepository());
