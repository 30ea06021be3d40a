/** Table 3, the paper beside ours, shaded by how far they are apart. */
import { Fragment } from 'preact';
import {
  agreementText,
  type ComparedRow,
  halfWidthsApart,
  isWide,
  isZeroInBoth,
  type MeanWithHalfWidth,
  PRINTED,
  type PrintedColumn,
  restingText,
  withHalfWidth,
} from '../../../results/comparison-table.js';
import type { PresetTable, Reproduction } from '../../../results/reproduction.js';
import type { Section } from '../page.js';
import { pairText } from '../policy-names.js';
import { Scroll } from '../scroll.js';
import { Stacked } from '../stacked.js';

/** Classes of shading, by the largest number of half-widths that they stand for. */
const SHADES = [
  { most: 1, name: 'near', text: 'within our interval' },
  { most: 2, name: 'off', text: 'up to 2 half-widths away' },
  { most: 4, name: 'far', text: 'up to 4' },
  { most: Number.POSITIVE_INFINITY, name: 'very-far', text: 'more' },
] as const;

/** An interval that holds the paper's value because it is wide. */
const WIDE_SHADE = 'wide';

/** The class of a distance in half-widths; none where there is no distance. @param wide whether our interval is. */
export const shadeOf = (apart: number | undefined, wide = false): string | undefined =>
  apart === undefined
    ? undefined
    : wide && apart <= 1
      ? WIDE_SHADE
      : SHADES.find(({ most }) => apart <= most)!.name;

/** Digits after the point that are enough for any distance. */
const MOST_DIGITS = 6;

/** "×1.3", with as many digits as the shade needs to be right by them; what else holds where our value has no spread. */
export function apartText(apart: number): string {
  if (!Number.isFinite(apart)) return 'no spread';
  if (apart >= 9.95) return `×${apart.toFixed(0)}`;
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const text = apart.toFixed(digits);
    if (shadeOf(Number(text)) === shadeOf(apart)) return `×${text}`;
  }
  return `×${apart.toFixed(MOST_DIGITS)}`;
}

interface MeanProps {
  readonly value: MeanWithHalfWidth;
  readonly digits: number;
  readonly factor?: number;
  readonly apart?: number | undefined;
  readonly wide?: boolean;
}

/** A mean, and in small print below it the half-width and how far the paper is from it. */
function Mean({ value, digits, factor, apart, wide = false }: MeanProps) {
  const [mean, ...halfWidth] = withHalfWidth(value, digits, factor).split(' ');
  const distance = apart === undefined ? [] : [`${apartText(apart)}${wide ? ' wide' : ''}`];
  return <Stacked value={mean!} below={[...halfWidth, ...distance]} />;
}

function MetricCells({ row, column }: { readonly row: ComparedRow; readonly column: PrintedColumn }) {
  const { metric, factor, digits } = column;
  const apart = isZeroInBoth(row, metric) ? undefined : halfWidthsApart(row, metric);
  const wide = isWide(row, metric);
  return (
    <>
      <td class="number paper">{(row.paper[metric] * factor).toFixed(digits)}</td>
      <td class={['number', shadeOf(apart, wide) ?? ''].join(' ').trim()}>
        <Mean value={row.ours[metric]} digits={digits} factor={factor} apart={apart} wide={wide} />
      </td>
    </>
  );
}

const Row = ({ row }: { readonly row: ComparedRow }) => (
  <tr>
    <th scope="row" class="sticky">
      {pairText(row.paper.migration_policy, row.paper.offloading_policy)}
    </th>
    {PRINTED.map((column) => (
      <MetricCells key={column.metric} row={row} column={column} />
    ))}
    <td class="number">
      <Mean value={row.rejected} digits={1} />
    </td>
    <td class="number">
      <Mean value={row.unservedOrLate} digits={1} />
    </td>
  </tr>
);

const columnTitle = ({ head }: PrintedColumn): string => {
  const [name, unit] = head.split('\n');
  return `${name} (${unit})`;
};

const Head = () => (
  <thead>
    <tr>
      <th scope="col" rowSpan={2} class="sticky">
        Migration + offloading
      </th>
      {PRINTED.map((column) => (
        <th key={column.metric} scope="colgroup" colSpan={2} class="paper">
          <a href={`#metric-${column.metric}`}>{columnTitle(column)}</a>
        </th>
      ))}
      <th scope="col" rowSpan={2} class="number">
        <a href="#metric-rejected_percent">rejected (%)</a>
      </th>
      <th scope="col" rowSpan={2} class="number">
        <a href="#metric-unserved_or_late_percent">unserved or late (%)</a>
      </th>
    </tr>
    <tr>
      {PRINTED.map(({ metric }) => (
        <Fragment key={metric}>
          <th scope="col" class="number paper">
            paper
          </th>
          <th scope="col" class="number">
            ours
          </th>
        </Fragment>
      ))}
    </tr>
  </thead>
);

const Legend = () => (
  <>
    <p class="prose">
      A cell of ours is shaded by the distance of the paper's value from our mean, in half-widths of our 95 %
      interval; the small number says it, so that ×0.4 lies well within the interval and ×3.0 three
      half-widths away. Where all our replications give one value and the paper another, there is no spread to
      measure by. The fewer and shorter the runs, the wider the intervals, and the more values lie within
      them: a half-width of more than half of our mean is marked as wide, and such a cell has no colour of
      agreement. Neither has one that is 0 in both.
    </p>
    <ul class="shades">
      {[...SHADES, { name: WIDE_SHADE, text: 'within our interval, but that is wide' }].map(
        ({ name, text }) => (
          <li key={name}>
            <span class={`shade ${name}`} aria-hidden="true" /> {text}
          </li>
        ),
      )}
    </ul>
  </>
);

/** How much of the agreement is owed to wide intervals. */
function wideText(rows: readonly ComparedRow[]): string {
  const inside = rows.flatMap((row) =>
    PRINTED.filter(({ metric }) => (halfWidthsApart(row, metric) ?? Number.POSITIVE_INFINITY) <= 1).map(
      ({ metric }) => isWide(row, metric),
    ),
  );
  const wide = inside.filter(Boolean).length;
  return wide === 0
    ? ''
    : `In ${wide} of these ${inside.length} cells our interval is wide, so that this says little.`;
}

function Preset({ preset, rows }: PresetTable) {
  const title = `Table 3 (W1, Zipf) under preset ${preset}`;
  if (rows === undefined || rows.length === 0)
    return (
      <>
        <h3>Preset {preset}</h3>
        <p class="note">Experiment table3 has not been run under this preset.</p>
      </>
    );
  const sizes = [...new Set(rows.map(({ paper }) => paper.t_max_s))];
  return (
    <>
      <h3>Preset {preset}</h3>
      <p class="prose">
        {agreementText(rows, '')} {wideText(rows)}
      </p>
      <Scroll label={title}>
        <table class="table3">
          <caption>
            {title}: the paper, and ours as {restingText(rows)}.
          </caption>
          <Head />
          {sizes.map((tMax) => (
            <tbody key={tMax}>
              <tr class="group">
                <th scope="rowgroup" colSpan={3 + 2 * PRINTED.length}>
                  <span>
                    T<sub>max</sub> = {tMax} s
                  </span>
                </th>
              </tr>
              {rows
                .filter(({ paper }) => paper.t_max_s === tMax)
                .map((row) => (
                  <Row key={`${row.paper.migration_policy} ${row.paper.offloading_policy}`} row={row} />
                ))}
            </tbody>
          ))}
        </table>
      </Scroll>
    </>
  );
}

/** Table 3 under both presets. */
export function table3Section({ tables }: Reproduction): Section {
  return {
    id: 'table3',
    title: 'Table 3, the paper beside ours',
    body: (
      <>
        <Legend />
        {tables.map((table) => (
          <Preset key={table.preset} {...table} />
        ))}
        <p class="prose soft">
          Penalty is a mean of completed requests, in tenths of a dollar as the paper prints it; late are SLO
          violations, of completed requests; moved are migrated data; P50 and P95 are of response times. The
          last two columns, of all arrivals, are not in the paper.
        </p>
      </>
    ),
  };
}
