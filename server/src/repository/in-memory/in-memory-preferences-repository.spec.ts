import { describePreferencesRepository } from '../../../test/repository/preferences-repository.contract.js';
import { InMemoryPreferencesRepository } from './in-memory-preferences-repository.js';

describePreferencesRepository('InMemoryPreferencesRepository', () => new InMemoryPreferencesRepository());
