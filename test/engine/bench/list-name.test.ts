import { expect, it } from 'vitest';
import { listName } from '../../../engine/bench/job.js';

it.each([
  ['lobby.csv', 'lobby'],
  ['/home/anna/orders/受付 2階.csv', '受付 2階'],
  ['C:\\orders\\Acme v1.2.CSV', 'Acme v1.2'],
  ['.csv', '.csv'],
  ['', ''],
])('a list is called as its file is, without folder and ending: %j', (file, name) => {
  expect(listName(file)).toBe(name);
});
