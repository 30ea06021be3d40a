/** A table of cells of text: a caption, heads of columns, and the first cell of each row as its head. */
import type { ComponentChildren } from 'preact';
import { Scroll } from './scroll.js';

export interface HeadCell {
  readonly title: ComponentChildren;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
}

export interface TextTableProps {
  /** What the table is, for those who reach it with a keyboard. */
  readonly label: string;
  readonly caption?: ComponentChildren;
  readonly head: readonly (HeadCell | string)[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** Addresses of the rows within the page. */
  readonly rowIds?: readonly string[];
  readonly className?: string;
}

export function TextTable({ label, caption, head, rows, rowIds, className }: TextTableProps) {
  const columns = head.map((cell): HeadCell => (typeof cell === 'string' ? { title: cell } : cell));
  const classOf = (i: number) => (columns[i]?.isNumber ? 'number' : undefined);
  return (
    <Scroll label={label}>
      <table class={className}>
        <caption>{caption ?? label}</caption>
        <thead>
          <tr>
            {columns.map(({ title }, i) => (
              <th key={i} scope="col" class={i === 0 ? 'sticky' : classOf(i)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, r) => (
            <tr key={r} id={rowIds?.[r]}>
              {cells.map((cell, i) =>
                i === 0 ? (
                  <th key={i} scope="row" class="sticky">
                    {cell}
                  </th>
                ) : (
                  <td key={i} class={classOf(i)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A head of numbers. */
export const numbers = (title: ComponentChildren): HeadCell => ({ title, isNumber: true });
