import t from 'tap';
import { type Cell, cellNumber, cellText, headerLine, readCsv, rowLine } from '../../results/csv.js';
import { fc } from '../fast-check.js';

const column = (name: string) => ({ name, unit: '-', doc: name });

t.test('every number reads back as the same double', async (t) => {
  fc.assert(fc.property(fc.double(), (x) => Object.is(cellNumber(cellText(x)), x === 0 ? 0 : x)));
  t.equal(cellText(Number.NaN), '');
  t.equal(cellText(0.1), '0.1');
});

t.test('any text survives a file', async (t) => {
  const folder = t.testdir({});
  const { writeFileSync } = await import('node:fs');
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const columns = [column('a'), column('b')];
      const path = `${folder}/x.csv`;
      writeFileSync(path, headerLine(columns) + rowLine(columns, { a: `x${a}`, b }));
      const [row] = readCsv(path);
      return row.a === `x${a}` && row.b === b;
    }),
    { numRuns: 200 },
  );
});

t.test('lists are JSON, switches are words, and lines end in one line feed', async (t) => {
  const columns = [column('list'), column('on'), column('none')];
  t.equal(headerLine(columns), 'list,on,none\n');
  t.equal(rowLine(columns, { list: [1, 2.5], on: true, none: Number.NaN }), '"[1,2.5]",true,\n');
});

t.test('a row that lacks a column is an error that names it', async (t) => {
  t.throws(() => rowLine([column('a')], {} as Record<string, Cell>), /lacks its column "a"/);
});
