/** The name of a column or parameter, which may break after a "_" or "." and nowhere else. */
import { Fragment } from 'preact';

export const ColumnName = ({ name }: { readonly name: string }) => (
  <code>
    {name.split(/(?<=[_.])/).map((part, i) => (
      <Fragment key={part}>
        {i === 0 ? '' : <wbr />}
        {part}
      </Fragment>
    ))}
  </code>
);
