import { describeUserRepository } from '../../../test/repository/user-repository.contract.js';
import { InMemoryUserRepository } from './in-memory-user-repository.js';

describeUserRepository('InMemoryUserRepository', () => new InMemoryUserRepository());
